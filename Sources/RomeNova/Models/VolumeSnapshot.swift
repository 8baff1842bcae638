// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A snapshot of a volume. Cinder keeps them now; the table is there for what old releases left in it.
@Entity("snapshots", mixins: .timestamps)
public final class VolumeSnapshot: NovaModel {
  /// `Snapshot`.
  public static let modelName = "Snapshot"

  /// The UUID of the snapshot.
  @PrimaryKey public var id: String
  /// The user who made it.
  public var userID: String?
  /// The project that it belongs to.
  public var projectID: String?
  /// The UUID of the volume.
  public var volumeID: String
  /// How far it is, such as `available`.
  public var status: String?
  /// How much of it is there, such as `100%`.
  public var progress: String?
  /// The size of the volume in gibibytes.
  public var volumeSize: Int?
  /// When it was asked for.
  public var scheduledAt: Date?
  /// The name that the user gave it.
  public var displayName: String?
  /// What the user said of it.
  public var displayDescription: String?
  /// When it was soft-deleted; nil while it is alive.
  public var deletedAt: Date?
  /// Its own UUID once it is soft-deleted.
  public var deleted: String?
}
