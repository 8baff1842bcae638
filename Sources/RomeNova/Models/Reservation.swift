// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A part of a resource that somebody is about to use, or to give back: a row of `reservations`.
@Entity(
  "reservations", mixins: .timestamps, .softDelete(.id), indexes: .index("deleted", "expire"),
  .index("project_id", "deleted"), .index("uuid"))
public final class Reservation: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The UUID of the reservation.
  public var uuid: String
  /// The number of the usage that the reservation counts into.
  public var usageID: Int
  /// The project that the reservation is for.
  public var projectID: String?
  /// The user that the reservation is for.
  public var userID: String?
  /// The name of the resource.
  public var resource: String?
  /// How much the use grows by; less than 0 when it shrinks.
  public var delta: Int
  /// When the reservation lapses; nil for never.
  public var expire: Date?
}
