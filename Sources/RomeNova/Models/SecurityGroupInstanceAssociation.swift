// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// That an instance is in a security group: a row of `security_group_instance_association`.
@Entity(
  "security_group_instance_association", mixins: .timestamps, .softDelete(.id), indexes: .index("instance_uuid"),
  .index("security_group_id"))
public final class SecurityGroupInstanceAssociation: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The number of the security group.
  public var securityGroupID: Int?
  /// The UUID of the instance.
  public var instanceUUID: String?
}
