// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A group of instances that policies place together or apart: a server group.
@Entity(
  "instance_groups", mixins: .timestamps, .softDelete(.id), indexes: .unique("uuid", "deleted"),
  .index("project_id", "user_id", "deleted"))
public final class InstanceGroup: NovaProjectOwned {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The user that it belongs to.
  public var userID: String?
  /// The project that it belongs to.
  public var projectID: String?
  /// The UUID of the row.
  public var uuid: String
  /// The name.
  public var name: String?
}
