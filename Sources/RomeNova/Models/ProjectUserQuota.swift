// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `project_user_quotas`.
@Entity(
  "project_user_quotas", mixins: .timestamps, .softDelete(.id),
  indexes: .unique("user_id", "project_id", "resource", "deleted"), .index("project_id", "deleted"),
  .index("user_id", "deleted"))
public final class ProjectUserQuota: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The project that it belongs to.
  public var projectID: String
  /// The user that it belongs to.
  public var userID: String
  /// The name of the resource that is counted.
  public var resource: String
  /// The greatest number that is allowed; -1 for no limit.
  public var hardLimit: Int?
}
