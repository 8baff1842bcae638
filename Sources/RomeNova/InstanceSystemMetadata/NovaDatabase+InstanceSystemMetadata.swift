// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// The metadata that Nova itself gave to an instance. The context decides whether that of a deleted instance is seen.
  ///
  /// - Throws: ``NovaError/Code/forbidden``.
  public func instanceSystemMetadataGet(
    _ context: NovaContext, instanceUUID: String
  ) async throws(NovaError) -> [String: String?] {
    try context.require()
    return try await reading(context) { call in
      try await call.items(call.query(InstanceSystemMetadata.self), of: instanceUUID)
    }
  }

  /// Sets keys of the metadata that Nova itself gave to an instance.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - instanceUUID: The UUID of the instance.
  ///   - metadata: The values by key.
  ///   - delete: Whether all other keys are soft-deleted.
  /// - Returns: `metadata`.
  /// - Throws: ``NovaError/Code/forbidden``.
  @discardableResult
  public func instanceSystemMetadataUpdate(
    _ context: NovaContext, instanceUUID: String, metadata: [String: String?], delete: Bool
  ) async throws(NovaError) -> [String: String?] {
    try context.require()
    try await transaction(context) { call in
      let items = call.query(InstanceSystemMetadata.self)
      try await call.setItems(items, of: instanceUUID, to: metadata, deletesOthers: delete)
    }
    return metadata
  }
}
