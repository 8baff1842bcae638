// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A rule that the group `default` of a new project begins with: a row of `security_group_default_rules`.
@Entity("security_group_default_rules", mixins: .timestamps, .softDelete(.id))
public final class SecurityGroupIngressDefaultRule: NovaModel {
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
