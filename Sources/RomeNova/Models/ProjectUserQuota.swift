// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// The limit of a resource for a user within a project: a row of `project_user_quotas`.
@Entity(
  "project_user_quotas", mixins: .timestamps, .softDelete(.id),
  indexes: .unique("user_id", "project_id", "resource", "deleted"), .index("project_id", "deleted"))
public final class ProjectUserQuota: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The project that the limit is for.
  public var projectID: String
  /// The user that the limit is for.
  public var userID: String
  /// The name of the resource that is limited.
  public var resource: String
  /// The greatest number that is allowed; -1 for no limit.
  public var hardLimit: Int?
}
