// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `security_groups`.
@Entity("security_groups", mixins: .timestamps, .softDelete(.id), indexes: .unique("project_id", "name", "deleted"))
public final class SecurityGroup: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The name.
  public var name: String?
  public var description: String?
  /// The user that it belongs to.
  public var userID: String?
  /// The project that it belongs to.
  public var projectID: String?
}
