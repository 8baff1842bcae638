// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `virtual_interfaces`: an interface of an instance in a network.
@Entity(
  "virtual_interfaces", mixins: .timestamps, .softDelete(.id), indexes: .unique("address", "deleted"),
  .index("instance_uuid"), .index("uuid"))
public final class VirtualInterface: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The MAC address.
  public var address: String?
  /// The number of the network.
  public var networkID: Int?
  /// The UUID of the instance.
  public var instanceUUID: String?
  /// The UUID of the row.
  public var uuid: String?
  /// The name by which the user finds the interface. Mitaka does not have it.
  public var tag: String?
}
