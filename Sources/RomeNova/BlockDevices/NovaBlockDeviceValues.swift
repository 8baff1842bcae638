// SPDX-License-Identifier: Apache-2.0

/// A block device as callers describe it: columns of ``BlockDeviceMapping``, and what only the legacy format has.
///
/// ```swift
/// let volume = NovaBlockDeviceValues {
///   $0.instanceUUID = uuid
///   $0.deviceName = "/dev/vdb"
///   $0.volumeID = volume
/// }
/// let swap = NovaBlockDeviceValues(virtualName: "swap") { $0.instanceUUID = uuid }
/// ```
///
/// The legacy format is that of the EC2 interface. It does not say what a device is made of and where it is: that follows from
/// its virtual name, its snapshot and its volume.
public struct NovaBlockDeviceValues: Hashable, Sendable {
  /// The columns.
  public var columns: NovaValues<BlockDeviceMapping>
  /// What the device is in the legacy format, when it is no volume: `swap`, or `ephemeral` with a number.
  public var virtualName: String?
  /// Whether the description has members that are no columns, such as a virtual name. Only one that has none can be taken for
  /// either format.
  public var hasOtherMembers: Bool

  /// Makes a description.
  ///
  /// - Parameters:
  ///   - columns: The columns.
  ///   - virtualName: What the device is in the legacy format, when it is no volume.
  ///   - hasOtherMembers: Whether the description has members that are no columns, beside the virtual name.
  public init(
    columns: NovaValues<BlockDeviceMapping>, virtualName: String? = nil, hasOtherMembers: Bool = false
  ) {
    self.columns = columns
    self.virtualName = virtualName
    self.hasOtherMembers = hasOtherMembers || virtualName != nil
  }

  /// Makes a description.
  ///
  /// - Parameters:
  ///   - virtualName: What the device is in the legacy format, when it is no volume.
  ///   - assign: Assigns columns.
  public init(virtualName: String? = nil, _ assign: (inout NovaValues<BlockDeviceMapping>) -> Void) {
    self.init(columns: NovaValues(assign), virtualName: virtualName)
  }
}
