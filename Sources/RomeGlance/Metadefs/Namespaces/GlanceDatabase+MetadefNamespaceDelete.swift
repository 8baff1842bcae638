// SPDX-License-Identifier: Apache-2.0

import Rome

extension GlanceDatabase {
  /// Removes a namespace with all that is in it: objects, properties, tags, and the associations, but no resource type. Who
  /// sees it may.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - namespaceName: The name.
  /// - Returns: The namespace as it was.
  /// - Throws: `metadefNamespaceNotFound`; `metadefForbidden` when the caller may not see it.
  @discardableResult
  public func metadefNamespaceDelete(
    _ context: GlanceContext, namespaceName: String
  ) async throws(GlanceError) -> MetadefNamespaceRecord {
    try await transaction { session in
      let namespace = try await session.namespace(namespaceName, for: context)
      let record = MetadefNamespaceRecord(namespace)
      // The foreign keys of what is in it take the rest with it.
      session.delete(namespace)
      return record
    }
  }
}
