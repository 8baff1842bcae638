// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// How much of a resource a user of a project, or the project as a whole, has and has reserved: a row of `quota_usages`.
@Entity("quota_usages", mixins: .timestamps, .softDelete(.id), indexes: .index("project_id", "deleted", "resource"))
public final class QuotaUsage: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The project that uses the resource.
  public var projectID: String?
  /// The user who uses the resource; nil for a resource that is counted for the project as a whole.
  public var userID: String?
  /// The name of the resource.
  public var resource: String
  /// How much is in use. Less than 0 means that something was counted wrong; the next reservation counts it again.
  public var inUse: Int
  /// How much is reserved, and not in use yet.
  public var reserved: Int
  /// After how many further reservations the usage is counted again; nil for never.
  public var untilRefresh: Int?
}

extension QuotaUsage {
  /// The property `total`: what is in use and what is reserved.
  public static func properties(of row: NovaRow<QuotaUsage>, _ options: NovaOptions) -> [String: NovaField] {
    ["total": NovaField(row.inUse + row.reserved)]
  }
}
