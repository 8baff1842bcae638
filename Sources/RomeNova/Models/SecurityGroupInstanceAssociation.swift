// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `security_group_instance_association`.
@Entity("security_group_instance_association", mixins: .timestamps, .softDelete(.id), indexes: .index("instance_uuid"))
public final class SecurityGroupInstanceAssociation: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  public var securityGroupID: Int?
  /// The UUID of the instance that it belongs to.
  public var instanceUUID: String?
}
