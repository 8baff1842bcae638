// SPDX-License-Identifier: Apache-2.0

extension NovaBlockDeviceValues {
  /// The columns to write.
  ///
  /// - Parameters:
  ///   - legacy: Whether the description may be one in the legacy format.
  ///   - isUpdate: Whether a row may be there already: then a description that can be taken for either format is taken as it is,
  ///     so that what it does not say keeps its value.
  ///   - options: The options of Nova's configuration.
  /// - Throws: ``NovaError/Code/invalidBDMFormat``.
  func row(legacy: Bool, isUpdate: Bool, _ options: NovaOptions) throws(NovaError) -> NovaValues<BlockDeviceMapping> {
    if !legacy || (isUpdate && !hasOtherMembers) { return columns }
    return try translated(options)
  }

  /// The columns of a description in the legacy format.
  ///
  /// All columns are assigned that the format can say something about, with nil where it does not; the others keep their values.
  private func translated(_ options: NovaOptions) throws(NovaError) -> NovaValues<BlockDeviceMapping> {
    var result = columns
    result.remove(BlockDeviceMapping.bootIndex)
    result.remove(BlockDeviceMapping.diskBus)
    result.remove(BlockDeviceMapping.deviceType)
    result.remove(BlockDeviceMapping.guestFormat)
    result.imageID = nil
    result.tag = nil
    result.volumeType = nil
    result.sourceType = nil
    result.destinationType = nil
    // What is not assigned reads as nil.
    result.snapshotID = columns.snapshotID
    result.volumeID = columns.volumeID
    result.volumeSize = columns.volumeSize
    result.connectionInfo = columns.connectionInfo
    result.noDevice = columns.noDevice
    result.deleteOnTermination = columns.deleteOnTermination ?? false
    if let virtualName, Self.isBlank(virtualName) {
      result.sourceType = "blank"
      result.destinationType = "local"
      result.guestFormat = virtualName == "swap" ? "swap" : options.defaultEphemeralFormat
      result.deleteOnTermination = true
    } else if columns.snapshotID.isGiven {
      result.sourceType = "snapshot"
      result.destinationType = "volume"
    } else if columns.volumeID.isGiven {
      result.sourceType = "volume"
      result.destinationType = "volume"
    } else if columns.noDevice != true {
      throw NovaError(.invalidBDMFormat, ["details": "Unrecognized legacy format."])
    }
    if columns.noDevice != true { try Self.check(columns) }
    result.deviceName = columns.deviceName.map { Self.path($0) }
    return result
  }

  /// Whether a virtual name is one of an empty local disk.
  private static func isBlank(_ virtualName: String) -> Bool {
    virtualName == "swap" || virtualName.wholeMatch(of: /ephemeral(0|[1-9][0-9]*)/) != nil
  }

  private static func check(_ columns: NovaValues<BlockDeviceMapping>) throws(NovaError) {
    if let name = columns.deviceName {
      guard 1...255 ~= name.unicodeScalars.count else {
        throw NovaError(.invalidBDMFormat, ["details": "Device name empty or too long."])
      }
      if name.contains(" ") {
        throw NovaError(.invalidBDMFormat, ["details": "Device name contains spaces."])
      }
    }
    if let size = columns.volumeSize, size < 0 {
      throw NovaError(.invalidBDMFormat, ["details": "Invalid volume_size."])
    }
  }

  /// The path of a device in the instance: `/dev/vdb` for `vdb`.
  private static func path(_ name: String) -> String {
    name.isEmpty || name.hasPrefix("/dev/") ? name : "/dev/\(name)"
  }
}

extension String? {
  /// Whether there is a text that is not empty.
  fileprivate var isGiven: Bool { self?.isEmpty == false }
}
