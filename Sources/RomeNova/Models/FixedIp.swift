// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `fixed_ips`.
@Entity(
  "fixed_ips", mixins: .timestamps, .softDelete(.id), indexes: .unique("address", "deleted"),
  .index("address", "reserved", "network_id", "deleted"), .index("deleted", "allocated", "updated_at"), .index("host"),
  .index("instance_uuid"), .index("network_id", "host", "deleted"), .index("virtual_interface_id"))
public final class FixedIp: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The address.
  public var address: NovaAddress?
  /// The number of the network.
  public var networkID: Int?
  public var virtualInterfaceID: Int?
  /// The UUID of the instance that it belongs to.
  public var instanceUUID: String?
  public var allocated: Bool? = false
  public var leased: Bool? = false
  public var reserved: Bool? = false
  /// The name of the host.
  public var host: String?
}
