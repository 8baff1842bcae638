// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome

extension NovaDatabase {
  /// Adds a block device to an instance.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - values: The device. Without a UUID it gets one; Nova has UUIDs of devices since Pike.
  ///   - legacy: Whether it is described in the legacy format.
  /// - Returns: The row.
  /// - Throws: ``NovaError/Code/forbidden`` for an anonymous caller; ``NovaError/Code/invalidBDMFormat`` when the description can't be
  ///   translated; ``NovaError/Code/invalidUUID``.
  public func blockDeviceMappingCreate(
    _ context: NovaContext, values: NovaBlockDeviceValues, legacy: Bool = true
  ) async throws(NovaError) -> NovaRow<BlockDeviceMapping> {
    try context.require()
    let columns = try values.row(legacy: legacy, isUpdate: false, options).withUUID()
    return try await transaction(context) { call in NovaRow(try await call.insert(columns)) }
  }

  /// Changes a block device.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - id: The number of the row.
  ///   - values: What is changed.
  ///   - legacy: Whether it may be described in the legacy format: it is when it has members that are no columns.
  /// - Returns: The row; nil when there is none.
  /// - Throws: ``NovaError/Code/forbidden`` for an anonymous caller; ``NovaError/Code/invalidBDMFormat`` when the description can't be
  ///   translated.
  public func blockDeviceMappingUpdate(
    _ context: NovaContext, id: Int, values: NovaBlockDeviceValues, legacy: Bool = true
  ) async throws(NovaError) -> NovaRow<BlockDeviceMapping>? {
    try context.require()
    let columns = try values.row(legacy: legacy, isUpdate: true, options)
    return try await transaction(context) { call in
      guard let device = try await call.query(BlockDeviceMapping.self).filter(BlockDeviceMapping.id == id).first()
      else { return nil }
      device.updatedAt = call.now
      try await call.update(device, columns)
      return NovaRow(device)
    }
  }

  /// Changes the block device of an instance that has the UUID or else the name, or adds one. A device without a name yet is
  /// always a new one. However many callers do that at the same time, an instance has one device of a name.
  ///
  /// An instance has one swap device: a new one soft-deletes those before.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - values: The device. Nova finds it by its UUID since Pike.
  ///   - legacy: Whether it may be described in the legacy format: it is when it has members that are no columns.
  /// - Returns: The row.
  /// - Throws: ``NovaError/Code/invalidBDMFormat`` when the description can't be translated; ``NovaError/Code/invalidUUID``.
  public func blockDeviceMappingUpdateOrCreate(
    _ context: NovaContext, values: NovaBlockDeviceValues, legacy: Bool = true
  ) async throws(NovaError) -> NovaRow<BlockDeviceMapping> {
    var columns = try values.row(legacy: legacy, isUpdate: true, options)
    let created = try columns.withUUID()
    // A device keeps its UUID when none is given.
    if columns.uuid?.isEmpty != false { columns.remove(BlockDeviceMapping.uuid) }
    return try await transaction(context) { [columns] call in
      let device: BlockDeviceMapping
      if let found = try await call.device(like: columns) {
        device = found
        try await call.update(device, columns)
      } else {
        device = try await call.insert(created)
      }
      if columns.isSwap {
        try await call.query(BlockDeviceMapping.self)
          .filter(
            BlockDeviceMapping.instanceUUID == columns.instanceUUID, BlockDeviceMapping.sourceType == "blank",
            BlockDeviceMapping.guestFormat == "swap", BlockDeviceMapping.id != device.id
          ).softDelete()
      }
      return NovaRow(device)
    }
  }
}

extension NovaCall {
  /// The device of an instance that has the UUID of the values, or else their name.
  fileprivate func device(like values: NovaValues<BlockDeviceMapping>) async throws -> BlockDeviceMapping? {
    let devices = query(BlockDeviceMapping.self).filter(BlockDeviceMapping.instanceUUID == values.instanceUUID)
    if let uuid = values.uuid, let device = try await devices.filter(BlockDeviceMapping.uuid == uuid).first() {
      return device
    }
    guard let name = values.deviceName, !name.isEmpty else { return nil }
    return try await devices.filter(BlockDeviceMapping.deviceName == name).byKey().first()
  }
}

extension NovaValues<BlockDeviceMapping> {
  /// Whether the device is swap space.
  fileprivate var isSwap: Bool {
    self.sourceType == "blank" && self.destinationType == "local" && self.guestFormat == "swap"
  }

  /// The same values with a UUID.
  ///
  /// - Throws: ``NovaError/Code/invalidUUID`` when they have one that is none.
  fileprivate func withUUID() throws(NovaError) -> NovaValues<BlockDeviceMapping> {
    var copy = self
    guard let uuid = copy.uuid, !uuid.isEmpty else {
      copy.uuid = UUID().uuidString.lowercased()
      return copy
    }
    guard uuid.isUUID else { throw NovaError(.invalidUUID, ["uuid": .string(uuid)]) }
    return copy
  }
}
