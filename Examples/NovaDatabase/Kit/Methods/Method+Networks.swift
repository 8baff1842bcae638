// SPDX-License-Identifier: Apache-2.0

import RomeNova

extension Method {
  /// Networks.
  static let networks: [Method] = [
    Method(
      "network_associate", NovaDatabase.networkAssociate, .named("project_id"), .optional("network_id", or: nil),
      .optional("force", or: false)),
    Method("network_count_reserved_ips", NovaDatabase.networkCountReservedIPs, "network_id"),
    Method("network_create_safe", NovaDatabase.networkCreateSafe, "values"),
    Method("network_delete_safe", NovaDatabase.networkDeleteSafe, "network_id"),
    Method(
      "network_disassociate", NovaDatabase.networkDisassociate, .named("network_id"),
      .optional("disassociate_host", or: true), .optional("disassociate_project", or: true)),
    Method("network_get", NovaDatabase.networkGet, .named("network_id"), .optional("project_only", or: .ownOrNone)),
    Method("network_get_all", NovaDatabase.networkGetAll, .optional("project_only", or: .ownOrNone)),
    Method(
      "network_get_all_by_uuids", NovaDatabase.networkGetAllByUUIDs, .named("network_uuids"),
      .optional("project_only", or: .ownOrNone)),
    Method(
      "network_in_use_on_host", NovaDatabase.networkInUseOnHost, .named("network_id"), .optional("host", or: nil)),
    Method(
      "network_get_associated_fixed_ips", NovaDatabase.networkGetAssociatedFixedIPs, .named("network_id"),
      .optional("host", or: nil)),
    Method("network_get_by_uuid", NovaDatabase.networkGetByUUID, "uuid"),
    Method("network_get_by_cidr", NovaDatabase.networkGetByCIDR, "cidr"),
    Method("network_get_all_by_host", NovaDatabase.networkGetAllByHost, "host"),
    Method("network_set_host", NovaDatabase.networkSetHost, "network_id", "host_id"),
    Method("network_update", NovaDatabase.networkUpdate, "network_id", "values"),
    Method(
      "project_get_networks", NovaDatabase.projectGetNetworks, .named("project_id"),
      .optional("associate", or: true)),
  ]
}
