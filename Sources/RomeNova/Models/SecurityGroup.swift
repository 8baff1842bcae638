// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A set of rules about what may reach the instances in it: a row of `security_groups`.
@Entity("security_groups", mixins: .timestamps, .softDelete(.id), indexes: .unique("project_id", "name", "deleted"))
public final class SecurityGroup: NovaProjectOwned {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The name, of which a project has one live group.
  public var name: String?
  /// What the group is for.
  public var description: String?
  /// The user who made the group.
  public var userID: String?
  /// The project that the group belongs to.
  public var projectID: String?
}
