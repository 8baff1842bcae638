// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `pci_devices`.
@Entity(
  "pci_devices", mixins: .timestamps, .softDelete(.id), indexes: .unique("compute_node_id", "address", "deleted"),
  .index("compute_node_id", "deleted"), .index("compute_node_id", "parent_addr", "deleted"),
  .index("instance_uuid", "deleted"))
public final class PciDevice: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  public var computeNodeID: Int
  /// The address.
  public var address: String
  public var vendorID: String
  public var productID: String
  public var devType: String
  public var devID: String?
  public var label: String
  public var status: String
  public var requestID: String?
  public var extraInfo: String?
  /// The UUID of the instance that it belongs to.
  public var instanceUUID: String?
  public var numaNode: Int?
  public var parentAddr: String?
  /// The UUID of the row.
  public var uuid: String?
}
