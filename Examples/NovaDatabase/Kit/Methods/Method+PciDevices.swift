// SPDX-License-Identifier: Apache-2.0

import RomeNova

extension Method {
  /// PCI devices.
  static let pciDevices: [Method] = [
    Method("pci_device_get_by_addr", NovaDatabase.pciDeviceGetByAddr, "node_id", "dev_addr"),
    Method("pci_device_get_by_id", NovaDatabase.pciDeviceGetByID, "id"),
    Method("pci_device_get_all_by_node", NovaDatabase.pciDeviceGetAllByNode, "node_id"),
    Method("pci_device_get_all_by_instance_uuid", NovaDatabase.pciDeviceGetAllByInstanceUUID, "instance_uuid"),
    Method("pci_device_get_all_by_parent_addr", NovaDatabase.pciDeviceGetAllByParentAddr, "node_id", "parent_addr"),
    Method("pci_device_destroy", NovaDatabase.pciDeviceDestroy, "node_id", "address"),
    Method(
      "pci_device_update", NovaDatabase.pciDeviceUpdate, .named("node_id"), .named("address"), .named("value", "values")
    ),
  ]
}
