// SPDX-License-Identifier: Apache-2.0

import RomeNova

extension Method {
  /// Fixed addresses.
  static let fixedIPs: [Method] = [
    Method(
      "fixed_ip_associate", NovaDatabase.fixedIPAssociate, .named("address"), .named("instance_uuid"),
      .optional("network_id", or: nil), .optional("reserved", or: false), .optional("virtual_interface_id", or: nil)),
    Method(
      "fixed_ip_associate_pool", NovaDatabase.fixedIPAssociatePool, .named("network_id"),
      .optional("instance_uuid", or: nil), .optional("host", or: nil), .optional("virtual_interface_id", or: nil)),
    Method("fixed_ip_create", NovaDatabase.fixedIPCreate, "values"),
    Method("fixed_ip_bulk_create", NovaDatabase.fixedIPBulkCreate, "ips"),
    Method("fixed_ip_disassociate", NovaDatabase.fixedIPDisassociate, "address"),
    Method("fixed_ip_disassociate_all_by_timeout", NovaDatabase.fixedIPDisassociateAllByTimeout, "host", "time"),
    Method("fixed_ip_get", NovaDatabase.fixedIPGet, .named("id"), .optional("get_network", or: false)),
    Method("fixed_ip_get_all", NovaDatabase.fixedIPGetAll),
    Method(
      "fixed_ip_get_by_address", NovaDatabase.fixedIPGetByAddress, .named("address"),
      .optional("columns_to_join", or: FixedIPJoins())),
    Method("fixed_ip_get_by_floating_address", NovaDatabase.fixedIPGetByFloatingAddress, "floating_address"),
    Method("fixed_ip_get_by_instance", NovaDatabase.fixedIPGetByInstance, "instance_uuid"),
    Method("fixed_ip_get_by_host", NovaDatabase.fixedIPGetByHost, "host"),
    Method(
      "fixed_ip_get_by_network_host", NovaDatabase.fixedIPGetByNetworkHost, .named("network_id", "network_uuid"),
      .named("host")),
    Method("fixed_ips_by_virtual_interface", NovaDatabase.fixedIPsByVirtualInterface, "vif_id"),
    Method("fixed_ip_update", NovaDatabase.fixedIPUpdate, "address", "values"),
  ]
}
