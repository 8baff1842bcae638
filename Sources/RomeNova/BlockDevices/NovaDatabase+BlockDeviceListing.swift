// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// The block devices of some instances.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for an anonymous caller.
  public func blockDeviceMappingGetAllByInstanceUUIDs(
    _ context: NovaContext, instanceUUIDs: [String]
  ) async throws(NovaError) -> [NovaRow<BlockDeviceMapping>] {
    try context.require()
    if instanceUUIDs.isEmpty { return [] }
    return try await reading(context) { call in
      try await call.query(BlockDeviceMapping.self).filter(BlockDeviceMapping.instanceUUID.in(instanceUUIDs)).rows()
    }
  }

  /// The block devices of an instance.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for an anonymous caller.
  public func blockDeviceMappingGetAllByInstance(
    _ context: NovaContext, instanceUUID: String
  ) async throws(NovaError) -> [NovaRow<BlockDeviceMapping>] {
    try context.require()
    return try await reading(context) { call in
      try await call.query(BlockDeviceMapping.self).filter(BlockDeviceMapping.instanceUUID == instanceUUID).rows()
    }
  }

  /// The block devices that are a volume; several where it is attached to several instances.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - volumeID: The UUID of the volume.
  ///   - columnsToJoin: What is loaded with the devices.
  /// - Throws: ``NovaError/Code/forbidden`` for an anonymous caller.
  public func blockDeviceMappingGetAllByVolumeID(
    _ context: NovaContext, volumeID: String, columnsToJoin: [NovaBlockDeviceRelation]? = nil
  ) async throws(NovaError) -> [NovaRow<BlockDeviceMapping>] {
    try context.require()
    return try await reading(context) { call in
      var devices = try await call.query(BlockDeviceMapping.self)
        .filter(BlockDeviceMapping.volumeID == volumeID).rows()
      try await call.load(columnsToJoin, into: &devices)
      return devices
    }
  }

  /// The block device of an instance that is a volume, the first one if there are several; nil when there is none.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - volumeID: The UUID of the volume.
  ///   - instanceUUID: The UUID of the instance.
  ///   - columnsToJoin: What is loaded with the device.
  /// - Throws: ``NovaError/Code/forbidden`` for an anonymous caller.
  public func blockDeviceMappingGetByInstanceAndVolumeID(
    _ context: NovaContext, volumeID: String, instanceUUID: String, columnsToJoin: [NovaBlockDeviceRelation]? = nil
  ) async throws(NovaError) -> NovaRow<BlockDeviceMapping>? {
    try context.require()
    return try await reading(context) { call in
      var devices = try await call.query(BlockDeviceMapping.self)
        .filter(BlockDeviceMapping.volumeID == volumeID, BlockDeviceMapping.instanceUUID == instanceUUID)
        .limit(1).rows()
      try await call.load(columnsToJoin, into: &devices)
      return devices.first
    }
  }
}

extension NovaCall {
  fileprivate func load(
    _ relations: [NovaBlockDeviceRelation]?, into devices: inout [NovaRow<BlockDeviceMapping>]
  ) async throws {
    guard let relations, relations.contains(.instance) else { return }
    try await session.load(BlockDeviceMapping.instance, into: &devices)
  }
}
