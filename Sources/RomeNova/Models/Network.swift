// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `networks`.
@Entity(
  "networks", mixins: .timestamps, .softDelete(.id), indexes: .unique("vlan", "deleted"), .index("bridge", "deleted"),
  .index("cidr_v6"), .index("host"), .index("project_id", "deleted"), .index("uuid", "project_id", "deleted"))
public final class Network: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  public var label: String?
  public var injected: Bool? = false
  /// The network that the rule lets in.
  public var cidr: NovaCIDR?
  public var cidrV6: NovaCIDR?
  public var multiHost: Bool? = false
  public var gatewayV6: NovaAddress?
  public var netmaskV6: NovaAddress?
  public var netmask: NovaAddress?
  public var bridge: String?
  public var bridgeInterface: String?
  public var gateway: NovaAddress?
  public var broadcast: NovaAddress?
  public var dns1: NovaAddress?
  public var dns2: NovaAddress?
  public var vlan: Int?
  public var vpnPublicAddress: NovaAddress?
  public var vpnPublicPort: Int?
  public var vpnPrivateAddress: NovaAddress?
  public var dhcpStart: NovaAddress?
  public var rxtxBase: Int?
  /// The project that it belongs to.
  public var projectID: String?
  public var priority: Int?
  /// The name of the host.
  public var host: String?
  /// The UUID of the row.
  public var uuid: String?
  public var mtu: Int?
  public var dhcpServer: NovaAddress?
  public var enableDHCP: Bool? = true
  public var shareAddress: Bool? = false
}
