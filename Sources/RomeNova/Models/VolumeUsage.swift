// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `volume_usage_cache`.
@Entity("volume_usage_cache", mixins: .timestamps, .softDelete(.id))
public final class VolumeUsage: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  public var volumeID: String
  /// The UUID of the instance that it belongs to.
  public var instanceUUID: String?
  /// The project that it belongs to.
  public var projectID: String?
  /// The user that it belongs to.
  public var userID: String?
  /// The availability zone.
  public var availabilityZone: String?
  public var totLastRefreshed: Date?
  public var totReads: Int64? = 0
  public var totReadBytes: Int64? = 0
  public var totWrites: Int64? = 0
  public var totWriteBytes: Int64? = 0
  public var currLastRefreshed: Date?
  public var currReads: Int64? = 0
  public var currReadBytes: Int64? = 0
  public var currWrites: Int64? = 0
  public var currWriteBytes: Int64? = 0
}
