// SPDX-License-Identifier: Apache-2.0

import Rome

extension GlanceDatabase {
  /// Changes a namespace. Who sees it may.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - namespaceID: The number of the namespace.
  ///   - namespaceDict: The columns to change. The number, times and unknown names are ignored.
  /// - Returns: The namespace as it is then.
  /// - Throws: `metadefNamespaceNotFound`; `metadefForbidden` when the caller may not see it; `metadefDuplicateNamespace`
  ///   when the name is in use; `invalid` for characters that Glance refuses; `rpc` for values of a wrong type.
  public func metadefNamespaceUpdate(
    _ context: GlanceContext, namespaceID: Int, namespaceDict: [String: GlanceValue]
  ) async throws(GlanceError) -> MetadefNamespaceRecord {
    try FourByteCharacters.refuse(in: namespaceDict)
    let duplicate = GlanceError(
      .metadefDuplicateNamespace,
      "Invalid update. It would result in a duplicate metadata definition namespace with the same name of "
        + (namespaceDict["namespace"]?.stringValue ?? ""))
    return try await transaction(translating: { $0.isTaken(in: MetadefNamespace.self) ? duplicate : nil }) { session in
      let namespace = try await session.namespace(id: namespaceID, for: context)
      let before = namespace.toDictionary()
      try MetadefNamespaceAttributes(namespaceDict).apply(to: namespace)
      if namespace.toDictionary() != before { namespace.updatedAt = clock.now() }
      return MetadefNamespaceRecord(namespace)
    }
  }
}
