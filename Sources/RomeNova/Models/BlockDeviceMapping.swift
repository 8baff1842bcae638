// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `block_device_mapping`.
@Entity(
  "block_device_mapping", mixins: .timestamps, .softDelete(.id), indexes: .index("instance_uuid", "device_name"),
  .index("instance_uuid", "volume_id"), .index("snapshot_id"), .index("volume_id"))
public final class BlockDeviceMapping: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The UUID of the instance that it belongs to.
  public var instanceUUID: String?
  public var sourceType: String?
  public var destinationType: String?
  public var guestFormat: String?
  public var deviceType: String?
  public var diskBus: String?
  public var bootIndex: Int?
  public var deviceName: String?
  public var deleteOnTermination: Bool? = false
  public var snapshotID: String?
  public var volumeID: String?
  public var volumeSize: Int?
  public var imageID: String?
  public var noDevice: Bool?
  public var connectionInfo: String?
  public var tag: String?
  /// The UUID of the row.
  public var uuid: String?
  public var volumeType: String?
  public var attachmentID: String?
}
