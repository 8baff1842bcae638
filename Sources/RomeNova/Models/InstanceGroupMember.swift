// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A member of a group of instances.
@Entity(
  "instance_group_member", mixins: .timestamps, .softDelete(.id), indexes: .index("instance_id", "deleted"),
  .index("group_id", "deleted", "instance_id"))
public final class InstanceGroupMember: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The UUID of the instance.
  public var instanceID: String?
  /// The number of the group.
  public var groupID: Int
}
