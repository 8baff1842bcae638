// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `reservations`.
@Entity(
  "reservations", mixins: .timestamps, .softDelete(.id), indexes: .index("deleted", "expire"), .index("project_id"),
  .index("user_id", "deleted"), .index("uuid"))
public final class Reservation: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The UUID of the row.
  public var uuid: String
  public var usageID: Int
  /// The project that it belongs to.
  public var projectID: String?
  /// The user that it belongs to.
  public var userID: String?
  /// The name of the resource that is counted.
  public var resource: String?
  public var delta: Int
  public var expire: Date?
}
