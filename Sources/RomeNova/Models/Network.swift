// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `networks`: a network of instances that Nova itself runs, with its addresses, its gateway, and the host that runs
/// its services.
@Entity(
  "networks", mixins: .timestamps, .softDelete(.id), indexes: .unique("vlan", "deleted"), .index("cidr"),
  .index("cidr_v6"), .index("host"), .index("project_id", "deleted"), .index("uuid"))
public final class Network: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The name of the network.
  public var label: String?
  /// Whether the configuration of the network is written into the disks of instances.
  public var injected: Bool? = false
  /// The range of its IPv4 addresses.
  public var cidr: NovaCIDR?
  /// The range of its IPv6 addresses.
  public var cidrV6: NovaCIDR?
  /// Whether each host runs the services of the network for its own instances.
  public var multiHost: Bool? = false
  /// The IPv6 address of the gateway.
  public var gatewayV6: NovaAddress?
  /// The mask of its IPv6 addresses.
  public var netmaskV6: NovaAddress?
  /// The mask of its IPv4 addresses.
  public var netmask: NovaAddress?
  /// The bridge that the interfaces of instances are plugged into.
  public var bridge: String?
  /// The interface of the host that the bridge is on.
  public var bridgeInterface: String?
  /// The IPv4 address of the gateway.
  public var gateway: NovaAddress?
  /// The broadcast address.
  public var broadcast: NovaAddress?
  /// The address of the first name server.
  public var dns1: NovaAddress?
  /// The address of the second name server.
  public var dns2: NovaAddress?
  /// The tag of the VLAN.
  public var vlan: Int?
  /// The address at which the VPN of the project is reached from outside.
  public var vpnPublicAddress: NovaAddress?
  /// The port at which the VPN of the project is reached from outside.
  public var vpnPublicPort: Int?
  /// The address of the VPN inside the network.
  public var vpnPrivateAddress: NovaAddress?
  /// The first address that DHCP hands out.
  public var dhcpStart: NovaAddress?
  /// The bandwidth of its interfaces, in megabits per second.
  public var rxtxBase: Int?
  /// The project that it belongs to; nil while it is free.
  public var projectID: String?
  /// Its place among the networks of an instance, the smallest first.
  public var priority: Int?
  /// The host that runs its services; nil until one does.
  public var host: String?
  /// The UUID of the row.
  public var uuid: String?
  /// The size of its largest packet, in bytes.
  public var mtu: Int?
  /// The address of the DHCP server.
  public var dhcpServer: NovaAddress?
  /// Whether DHCP hands out its addresses.
  public var enableDHCP: Bool? = true
  /// Whether the gateways of all hosts have the same address.
  public var shareAddress: Bool? = false
}

extension Network: NovaProjectOwned {}
