// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `instance_group_member`.
@Entity("instance_group_member", mixins: .timestamps, .softDelete(.id), indexes: .index("instance_id"))
public final class InstanceGroupMember: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  public var instanceID: String?
  public var groupID: Int
}
