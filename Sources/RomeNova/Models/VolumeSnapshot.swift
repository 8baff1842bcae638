// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `snapshots`.
@Entity("snapshots", mixins: .timestamps)
public final class VolumeSnapshot: NovaModel {
  public static let modelName = "Snapshot"

  /// The number of the row, which the store gives.
  @PrimaryKey public var id: String
  /// The user that it belongs to.
  public var userID: String?
  /// The project that it belongs to.
  public var projectID: String?
  public var volumeID: String
  public var status: String?
  public var progress: String?
  public var volumeSize: Int?
  public var scheduledAt: Date?
  public var displayName: String?
  public var displayDescription: String?
  public var deletedAt: Date?
  public var deleted: String?
}
