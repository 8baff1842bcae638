// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// Something that may reach all instances, whatever their security groups say: a row of `provider_fw_rules`.
@Entity("provider_fw_rules", mixins: .timestamps, .softDelete(.id))
public final class ProviderFirewallRule: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The protocol: `tcp`, `udp` or `icmp`.
  public var `protocol`: String?
  /// The first port, or the ICMP type.
  public var fromPort: Int?
  /// The last port, or the ICMP code.
  public var toPort: Int?
  /// The network that the rule lets in.
  public var cidr: NovaCIDR?
}
