// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `fixed_ips`: an address inside of a network, which an instance or a host has, or nobody.
///
/// The index `ix_free` holds the free addresses of a network in the order in which they are handed out: those first that nobody
/// has had for the longest time. It also finds the addresses of a network that instances have.
@Entity(
  "fixed_ips", mixins: .timestamps, .softDelete(.id), indexes: .unique("address", "deleted"),
  .index("network_id", "deleted", "instance_uuid", "host", "reserved", "leased", "updated_at", name: "ix_free"),
  .index("network_id", "deleted", "reserved"), .index("allocated", "deleted", "instance_uuid", "updated_at"),
  .index("host", "network_id", "deleted"), .index("instance_uuid"), .index("virtual_interface_id"))
public final class FixedIp: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The address.
  public var address: NovaAddress?
  /// The number of the network; nil for an address that any network may take.
  public var networkID: Int?
  /// The number of the interface that has the address.
  public var virtualInterfaceID: Int?
  /// The UUID of the instance that has the address.
  public var instanceUUID: String?
  /// Whether the address is in use: an instance may keep one for a while that it does not use any more.
  public var allocated: Bool? = false
  /// Whether DHCP has handed the address out.
  public var leased: Bool? = false
  /// Whether the address is kept out of the pool, such as that of the gateway.
  public var reserved: Bool? = false
  /// The name of the host that has the address itself.
  public var host: String?
}
