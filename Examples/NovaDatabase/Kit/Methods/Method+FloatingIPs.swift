// SPDX-License-Identifier: Apache-2.0

import RomeNova

extension Method {
  /// Floating addresses.
  static let floatingIPs: [Method] = [
    Method("floating_ip_get", NovaDatabase.floatingIPGet, "id"),
    Method("floating_ip_get_pools", NovaDatabase.floatingIPGetPools),
    Method(
      "floating_ip_allocate_address", NovaDatabase.floatingIPAllocateAddress, .named("project_id"), .named("pool"),
      .optional("auto_assigned", or: false)),
    Method(
      "floating_ip_bulk_create", NovaDatabase.floatingIPBulkCreate, .named("ips"), .optional("want_result", or: true)),
    Method("floating_ip_bulk_destroy", NovaDatabase.floatingIPBulkDestroy, "ips"),
    Method("floating_ip_create", NovaDatabase.floatingIPCreate, "values"),
    Method("floating_ip_deallocate", NovaDatabase.floatingIPDeallocate, "address"),
    Method("floating_ip_destroy", NovaDatabase.floatingIPDestroy, "address"),
    Method("floating_ip_disassociate", NovaDatabase.floatingIPDisassociate, "address"),
    Method(
      "floating_ip_fixed_ip_associate", NovaDatabase.floatingIPFixedIPAssociate, "floating_address", "fixed_address",
      "host"),
    Method("floating_ip_get_all", NovaDatabase.floatingIPGetAll),
    Method("floating_ip_get_all_by_host", NovaDatabase.floatingIPGetAllByHost, "host"),
    Method("floating_ip_get_all_by_project", NovaDatabase.floatingIPGetAllByProject, "project_id"),
    Method("floating_ip_get_by_address", NovaDatabase.floatingIPGetByAddress, "address"),
    Method("floating_ip_get_by_fixed_address", NovaDatabase.floatingIPGetByFixedAddress, "fixed_address"),
    Method("floating_ip_get_by_fixed_ip_id", NovaDatabase.floatingIPGetByFixedIPID, "fixed_ip_id"),
    Method("floating_ip_update", NovaDatabase.floatingIPUpdate, "address", "values"),
  ]
}
