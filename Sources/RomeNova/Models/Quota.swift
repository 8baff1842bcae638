// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// The limit of a resource in a project: a row of `quotas`.
@Entity("quotas", mixins: .timestamps, .softDelete(.id), indexes: .unique("project_id", "resource", "deleted"))
public final class Quota: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The project that the limit is for.
  public var projectID: String?
  /// The name of the resource that is limited.
  public var resource: String
  /// The greatest number that is allowed; -1 for no limit.
  public var hardLimit: Int?
}
