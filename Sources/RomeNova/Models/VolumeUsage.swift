// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// How much a volume has been read and written: since it was attached, and in earlier attachments.
@Entity("volume_usage_cache", mixins: .timestamps, .softDelete(.id), indexes: .index("volume_id"))
public final class VolumeUsage: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The UUID of the volume.
  public var volumeID: String
  /// The UUID of the instance that has the volume, or had it last.
  public var instanceUUID: String?
  /// The project of the instance.
  public var projectID: String?
  /// The user of the instance.
  public var userID: String?
  /// The availability zone of the instance.
  public var availabilityZone: String?
  /// When the totals were changed last.
  public var totLastRefreshed: Date?
  /// The read requests of earlier attachments.
  public var totReads: Int64? = 0
  /// The bytes that were read in earlier attachments.
  public var totReadBytes: Int64? = 0
  /// The write requests of earlier attachments.
  public var totWrites: Int64? = 0
  /// The bytes that were written in earlier attachments.
  public var totWriteBytes: Int64? = 0
  /// When the counters of the attachment were read last.
  public var currLastRefreshed: Date?
  /// The read requests of the attachment, as the hypervisor counts them.
  public var currReads: Int64? = 0
  /// The bytes that were read in the attachment.
  public var currReadBytes: Int64? = 0
  /// The write requests of the attachment.
  public var currWrites: Int64? = 0
  /// The bytes that were written in the attachment.
  public var currWriteBytes: Int64? = 0
}
