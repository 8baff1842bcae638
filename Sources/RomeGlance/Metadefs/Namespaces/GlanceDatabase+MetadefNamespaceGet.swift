// SPDX-License-Identifier: Apache-2.0

import Rome

extension GlanceDatabase {
  /// The namespace of a name.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - namespaceName: The name.
  /// - Returns: The namespace.
  /// - Throws: `metadefNamespaceNotFound`; `metadefForbidden` when the caller may not see it.
  public func metadefNamespaceGet(
    _ context: GlanceContext, namespaceName: String
  ) async throws(GlanceError) -> MetadefNamespaceRecord {
    try await reading { session in
      MetadefNamespaceRecord(try await session.namespace(namespaceName, for: context))
    }
  }
}
