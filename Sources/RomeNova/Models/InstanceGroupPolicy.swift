// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A policy of a group of instances, such as `affinity`.
@Entity(
  "instance_group_policy", mixins: .timestamps, .softDelete(.id), indexes: .index("group_id", "deleted", "policy"))
public final class InstanceGroupPolicy: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The name of the policy.
  public var policy: String?
  /// The number of the group.
  public var groupID: Int
}
