// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `quota_usages`.
@Entity(
  "quota_usages", mixins: .timestamps, .softDelete(.id), indexes: .index("project_id"), .index("user_id", "deleted"))
public final class QuotaUsage: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The project that it belongs to.
  public var projectID: String?
  /// The user that it belongs to.
  public var userID: String?
  /// The name of the resource that is counted.
  public var resource: String
  public var inUse: Int
  public var reserved: Int
  public var untilRefresh: Int?
}
