// SPDX-License-Identifier: Apache-2.0

import RomeNova

extension Method {
  /// Domains of names.
  static let dnsDomains: [Method] = [
    Method("dnsdomain_get", NovaDatabase.dnsDomainGet, "fqdomain"),
    Method("dnsdomain_get_all", NovaDatabase.dnsDomainGetAll),
    Method("dnsdomain_register_for_zone", NovaDatabase.dnsDomainRegisterForZone, "fqdomain", "zone"),
    Method("dnsdomain_register_for_project", NovaDatabase.dnsDomainRegisterForProject, "fqdomain", "project"),
    Method("dnsdomain_unregister", NovaDatabase.dnsDomainUnregister, "fqdomain"),
  ]
}
