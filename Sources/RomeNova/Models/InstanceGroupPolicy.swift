// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `instance_group_policy`.
@Entity("instance_group_policy", mixins: .timestamps, .softDelete(.id), indexes: .index("policy"))
public final class InstanceGroupPolicy: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  public var policy: String?
  public var groupID: Int
}
