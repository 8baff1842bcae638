// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A PCI device of a compute node that instances can have.
@Entity(
  "pci_devices", mixins: .timestamps, .softDelete(.id), indexes: .unique("compute_node_id", "address", "deleted"),
  .index("compute_node_id", "parent_addr", "deleted"), .index("instance_uuid", "deleted"))
public final class PciDevice: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The number of the compute node.
  public var computeNodeID: Int
  /// The address on the bus, such as `0000:0f:08.7`.
  public var address: String
  /// The number of the vendor, in hexadecimal digits.
  public var vendorID: String
  /// The number of the product, in hexadecimal digits.
  public var productID: String
  /// The kind of the device: `type-PCI`, `type-PF` or `type-VF`.
  public var devType: String
  /// The name of the device on the host.
  public var devID: String?
  /// The label of devices that are alike.
  public var label: String
  /// What is with it, such as `available`, `claimed` or `allocated`.
  public var status: String
  /// The request that it is claimed for.
  public var requestID: String?
  /// What else is known of it, as JSON.
  public var extraInfo: String?
  /// The UUID of the instance that has it.
  public var instanceUUID: String?
  /// The number of the NUMA cell that it is near to.
  public var numaNode: Int?
  /// The address of the device that it is a function of.
  public var parentAddr: String?
  /// The UUID of the row; Train has it.
  public var uuid: String?
}
