// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `certificates`.
@Entity(
  "certificates", mixins: .timestamps, .softDelete(.id), indexes: .index("project_id", "deleted"),
  .index("user_id", "deleted"))
public final class Certificate: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The user that it belongs to.
  public var userID: String?
  /// The project that it belongs to.
  public var projectID: String?
  public var fileName: String?
}
