// SPDX-License-Identifier: Apache-2.0

import Rome

extension GlanceDatabase {
  /// Makes a tag in a namespace. Who sees the namespace may.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - namespaceName: The namespace.
  ///   - tagDict: `name`, which is required. Times, the namespace and unknown names are ignored.
  /// - Returns: The tag.
  /// - Throws: `metadefNamespaceNotFound`; `metadefForbidden`; `metadefDuplicateTag` when the name is in use; `invalid` for
  ///   characters that Glance refuses; `rpc` for values of a wrong type.
  public func metadefTagCreate(
    _ context: GlanceContext, namespaceName: String, tagDict: [String: GlanceValue]
  ) async throws(GlanceError) -> MetadefTagRecord {
    try await createChild(MetadefTag.self, context, namespaceName: namespaceName, values: tagDict)
  }

  /// The tag of a name.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - namespaceName: The namespace.
  ///   - name: The name.
  /// - Returns: The tag.
  /// - Throws: `metadefNamespaceNotFound`; `metadefForbidden`; `metadefTagNotFound`.
  public func metadefTagGet(
    _ context: GlanceContext, namespaceName: String, name: String
  ) async throws(GlanceError) -> MetadefTagRecord {
    try await getChild(MetadefTag.self, context, namespaceName: namespaceName, name: name)
  }

  /// Changes a tag of a namespace.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - namespaceName: The namespace.
  ///   - id: The number of the tag, which must be one of the namespace.
  ///   - tagDict: The new `name`. The number, the namespace, times and unknown names are ignored.
  /// - Returns: The tag as it is then.
  /// - Throws: `metadefNamespaceNotFound`; `metadefForbidden`; `metadefTagNotFound`; `metadefDuplicateTag` when the name is
  ///   in use; `invalid` for characters that Glance refuses; `rpc` for values of a wrong type.
  public func metadefTagUpdate(
    _ context: GlanceContext, namespaceName: String, id: Int, tagDict: [String: GlanceValue]
  ) async throws(GlanceError) -> MetadefTagRecord {
    try await updateChild(MetadefTag.self, context, namespaceName: namespaceName, id: id, values: tagDict)
  }

  /// Removes a tag of a namespace.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - namespaceName: The namespace.
  ///   - name: The name.
  /// - Returns: The tag as it was.
  /// - Throws: `metadefNamespaceNotFound`; `metadefForbidden`; `metadefTagNotFound`.
  @discardableResult
  public func metadefTagDelete(
    _ context: GlanceContext, namespaceName: String, name: String
  ) async throws(GlanceError) -> MetadefTagRecord {
    try await deleteChild(MetadefTag.self, context, namespaceName: namespaceName, name: name)
  }

  /// Removes all tags of a namespace.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - namespaceName: The namespace.
  /// - Returns: How many there were.
  /// - Throws: `metadefNamespaceNotFound`; `metadefForbidden`.
  @discardableResult
  public func metadefTagDeleteNamespaceContent(
    _ context: GlanceContext, namespaceName: String
  ) async throws(GlanceError) -> Int {
    try await deleteChildren(MetadefTag.self, context, namespaceName: namespaceName)
  }

  /// How many tags a namespace has.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - namespaceName: The namespace.
  /// - Returns: The number.
  /// - Throws: `metadefNamespaceNotFound`; `metadefForbidden`.
  public func metadefTagCount(
    _ context: GlanceContext, namespaceName: String
  ) async throws(GlanceError) -> Int {
    try await countChildren(MetadefTag.self, context, namespaceName: namespaceName)
  }
}
