// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// The metadata that the user gave to an instance.
  ///
  /// - Throws: ``NovaError/Code/forbidden``.
  public func instanceMetadataGet(
    _ context: NovaContext, instanceUUID: String
  ) async throws(NovaError) -> [String: String?] {
    try context.require()
    return try await reading(context) { call in
      try await call.items(call.query(InstanceMetadata.self, readDeleted: .no), of: instanceUUID)
    }
  }

  /// Soft-deletes a key of the metadata that the user gave to an instance.
  ///
  /// - Throws: ``NovaError/Code/forbidden``.
  public func instanceMetadataDelete(
    _ context: NovaContext, instanceUUID: String, key: String
  ) async throws(NovaError) {
    try context.require()
    try await transaction(context) { call in
      try await call.query(InstanceMetadata.self, readDeleted: .no)
        .filter(InstanceMetadata.instanceUUID == instanceUUID, InstanceMetadata.key == key).softDelete()
    }
  }

  /// Sets keys of the metadata that the user gave to an instance.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - instanceUUID: The UUID of the instance.
  ///   - metadata: The values by key.
  ///   - delete: Whether all other keys are soft-deleted.
  /// - Returns: `metadata`.
  /// - Throws: ``NovaError/Code/forbidden``.
  @discardableResult
  public func instanceMetadataUpdate(
    _ context: NovaContext, instanceUUID: String, metadata: [String: String?], delete: Bool
  ) async throws(NovaError) -> [String: String?] {
    try context.require()
    try await transaction(context) { call in
      let items = call.query(InstanceMetadata.self, readDeleted: .no)
      try await call.setItems(items, of: instanceUUID, to: metadata, deletesOthers: delete)
    }
    return metadata
  }
}
