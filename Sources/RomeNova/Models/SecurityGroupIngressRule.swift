// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// Something that may reach the instances of a security group: a row of `security_group_rules`.
@Entity(
  "security_group_rules", mixins: .timestamps, .softDelete(.id), indexes: .index("parent_group_id", "deleted"),
  .index("group_id", "deleted"))
public final class SecurityGroupIngressRule: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The number of the group that the rule is of.
  public var parentGroupID: Int?
  /// The protocol: `tcp`, `udp` or `icmp`.
  public var `protocol`: String?
  /// The first port, or the ICMP type.
  public var fromPort: Int?
  /// The last port, or the ICMP code.
  public var toPort: Int?
  /// The network that the rule lets in.
  public var cidr: NovaCIDR?
  /// The number of the group whose instances the rule lets in.
  public var groupID: Int?
}
