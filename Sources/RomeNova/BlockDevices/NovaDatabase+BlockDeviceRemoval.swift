// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// Soft-deletes a block device, if it is there.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for an anonymous caller.
  public func blockDeviceMappingDestroy(_ context: NovaContext, id: Int) async throws(NovaError) {
    try await destroyDevices(context, where: BlockDeviceMapping.id == id)
  }

  /// Soft-deletes the block devices of an instance that are a volume.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for an anonymous caller.
  public func blockDeviceMappingDestroyByInstanceAndVolume(
    _ context: NovaContext, instanceUUID: String, volumeID: String
  ) async throws(NovaError) {
    try await destroyDevices(
      context, where: BlockDeviceMapping.instanceUUID == instanceUUID && BlockDeviceMapping.volumeID == volumeID)
  }

  /// Soft-deletes the block device of an instance with a name.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for an anonymous caller.
  public func blockDeviceMappingDestroyByInstanceAndDevice(
    _ context: NovaContext, instanceUUID: String, deviceName: String
  ) async throws(NovaError) {
    try await destroyDevices(
      context, where: BlockDeviceMapping.instanceUUID == instanceUUID && BlockDeviceMapping.deviceName == deviceName)
  }

  private func destroyDevices(_ context: NovaContext, where condition: Condition) async throws(NovaError) {
    try context.require()
    try await transaction(context) { call in
      try await call.query(BlockDeviceMapping.self).filter(condition).softDelete()
    }
  }
}
