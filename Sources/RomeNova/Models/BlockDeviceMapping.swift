// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A block device of an instance: what it is made of, and under which name the instance sees it.
@Entity(
  "block_device_mapping", mixins: .timestamps, .softDelete(.id), indexes: .unique("uuid"),
  .index("instance_uuid", "device_name"), .index("volume_id"))
public final class BlockDeviceMapping: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The UUID of the instance that has the device.
  public var instanceUUID: String?
  /// What the device is made of: `image`, `volume`, `snapshot`, or `blank`.
  public var sourceType: String?
  /// Where the device is: `local`, on the host, or `volume`.
  public var destinationType: String?
  /// How the device is formatted for the instance, such as `ext4`; `swap` for swap space.
  public var guestFormat: String?
  /// What kind of device the instance sees: `disk`, `cdrom`, `floppy`, or `lun`.
  public var deviceType: String?
  /// The bus that the device is attached to, such as `virtio`.
  public var diskBus: String?
  /// The place of the device in the order of booting, from 0; negative or nil when the instance does not boot of it.
  public var bootIndex: Int?
  /// The name that the instance sees, such as `/dev/vda`; nil before one is chosen.
  public var deviceName: String?
  /// Whether the volume is deleted with the instance.
  public var deleteOnTermination: Bool? = false
  /// The UUID of the snapshot that the volume is made of.
  public var snapshotID: String?
  /// The UUID of the volume.
  public var volumeID: String?
  /// The size in gibibytes.
  public var volumeSize: Int?
  /// The UUID of the image that the device is made of.
  public var imageID: String?
  /// Whether a device that the image describes is left out.
  public var noDevice: Bool?
  /// How the volume is reached, as JSON.
  public var connectionInfo: String?
  /// The name that the user gave the device. Nova has it since Newton.
  public var tag: String?
  /// The UUID of the row. Nova has it since Pike.
  public var uuid: String?
  /// The type of the volume that is made. Nova has it since Stein.
  public var volumeType: String?
  /// The UUID of the volume's attachment. Nova has it since Pike.
  public var attachmentID: String?
}
