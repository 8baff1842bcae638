// SPDX-License-Identifier: Apache-2.0

import RomeNova

extension Method {
  /// Interfaces of instances.
  static let virtualInterfaces: [Method] = [
    Method("virtual_interface_create", NovaDatabase.virtualInterfaceCreate, "values"),
    Method("virtual_interface_update", NovaDatabase.virtualInterfaceUpdate, "address", "values"),
    Method("virtual_interface_get", NovaDatabase.virtualInterfaceGet, "vif_id"),
    Method("virtual_interface_get_by_address", NovaDatabase.virtualInterfaceGetByAddress, "address"),
    Method("virtual_interface_get_by_uuid", NovaDatabase.virtualInterfaceGetByUUID, "vif_uuid"),
    Method(
      "virtual_interface_get_by_instance", NovaDatabase.virtualInterfaceGetByInstance,
      .named("instance_id", "instance_uuid")),
    Method(
      "virtual_interface_get_by_instance_and_network", NovaDatabase.virtualInterfaceGetByInstanceAndNetwork,
      .named("instance_id", "instance_uuid"), .named("network_id")),
    Method(
      "virtual_interface_delete_by_instance", NovaDatabase.virtualInterfaceDeleteByInstance,
      .named("instance_id", "instance_uuid")),
    Method("virtual_interface_delete", NovaDatabase.virtualInterfaceDelete, "id"),
    Method("virtual_interface_get_all", NovaDatabase.virtualInterfaceGetAll),
  ]
}
