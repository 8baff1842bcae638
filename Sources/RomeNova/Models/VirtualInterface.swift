// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `virtual_interfaces`.
@Entity(
  "virtual_interfaces", mixins: .timestamps, .softDelete(.id), indexes: .unique("address", "deleted"),
  .index("instance_uuid"), .index("network_id"), .index("uuid"))
public final class VirtualInterface: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The address.
  public var address: String?
  /// The number of the network.
  public var networkID: Int?
  /// The UUID of the instance that it belongs to.
  public var instanceUUID: String?
  /// The UUID of the row.
  public var uuid: String?
  public var tag: String?
}
