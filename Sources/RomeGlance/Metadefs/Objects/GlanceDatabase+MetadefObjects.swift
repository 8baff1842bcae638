// SPDX-License-Identifier: Apache-2.0

import Rome

extension GlanceDatabase {
  /// Makes an object in a namespace. Who sees the namespace may.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - namespaceName: The namespace.
  ///   - objectDict: `name`, which is required; `description`, `required`, `json_schema`. Times, the namespace and unknown names are ignored.
  /// - Returns: The object.
  /// - Throws: `metadefNamespaceNotFound`; `metadefForbidden`; `metadefDuplicateObject` when the name is in use; `invalid` for
  ///   characters that Glance refuses; `rpc` for values of a wrong type.
  public func metadefObjectCreate(
    _ context: GlanceContext, namespaceName: String, objectDict: [String: GlanceValue]
  ) async throws(GlanceError) -> MetadefObjectRecord {
    try await createChild(MetadefObject.self, context, namespaceName: namespaceName, values: objectDict)
  }

  /// The object of a name.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - namespaceName: The namespace.
  ///   - objectName: The name.
  /// - Returns: The object.
  /// - Throws: `metadefNamespaceNotFound`; `metadefForbidden`; `metadefObjectNotFound`.
  public func metadefObjectGet(
    _ context: GlanceContext, namespaceName: String, objectName: String
  ) async throws(GlanceError) -> MetadefObjectRecord {
    try await getChild(MetadefObject.self, context, namespaceName: namespaceName, name: objectName)
  }

  /// All objects of a namespace.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - namespaceName: The namespace.
  /// - Returns: The objects by their names.
  /// - Throws: `metadefNamespaceNotFound`; `metadefForbidden`.
  public func metadefObjectGetAll(
    _ context: GlanceContext, namespaceName: String
  ) async throws(GlanceError) -> [MetadefObjectRecord] {
    try await getAllChildren(MetadefObject.self, context, namespaceName: namespaceName)
  }

  /// Changes an object of a namespace.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - namespaceName: The namespace.
  ///   - objectID: The number of the object, which must be one of the namespace.
  ///   - objectDict: The columns to change. The number, the namespace, times and unknown names are ignored.
  /// - Returns: The object as it is then.
  /// - Throws: `metadefNamespaceNotFound`; `metadefForbidden`; `metadefObjectNotFound`; `metadefDuplicateObject` when the
  ///   name is in use; `invalid` for characters that Glance refuses; `rpc` for values of a wrong type.
  public func metadefObjectUpdate(
    _ context: GlanceContext, namespaceName: String, objectID: Int, objectDict: [String: GlanceValue]
  ) async throws(GlanceError) -> MetadefObjectRecord {
    try await updateChild(
      MetadefObject.self, context, namespaceName: namespaceName, id: objectID, values: objectDict)
  }

  /// Removes an object of a namespace.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - namespaceName: The namespace.
  ///   - objectName: The name.
  /// - Returns: The object as it was.
  /// - Throws: `metadefNamespaceNotFound`; `metadefForbidden`; `metadefObjectNotFound`.
  @discardableResult
  public func metadefObjectDelete(
    _ context: GlanceContext, namespaceName: String, objectName: String
  ) async throws(GlanceError) -> MetadefObjectRecord {
    try await deleteChild(MetadefObject.self, context, namespaceName: namespaceName, name: objectName)
  }

  /// Removes all objects of a namespace.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - namespaceName: The namespace.
  /// - Returns: How many there were.
  /// - Throws: `metadefNamespaceNotFound`; `metadefForbidden`.
  @discardableResult
  public func metadefObjectDeleteNamespaceContent(
    _ context: GlanceContext, namespaceName: String
  ) async throws(GlanceError) -> Int {
    try await deleteChildren(MetadefObject.self, context, namespaceName: namespaceName)
  }

  /// How many objects a namespace has.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - namespaceName: The namespace.
  /// - Returns: The number.
  /// - Throws: `metadefNamespaceNotFound`; `metadefForbidden`.
  public func metadefObjectCount(
    _ context: GlanceContext, namespaceName: String
  ) async throws(GlanceError) -> Int {
    try await countChildren(MetadefObject.self, context, namespaceName: namespaceName)
  }
}
