// SPDX-License-Identifier: Apache-2.0

import Rome

extension GlanceDatabase {
  /// Makes a property in a namespace. Who sees the namespace may.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - namespaceName: The namespace.
  ///   - propertyDict: `name`, which is required; `json_schema`. Times, the namespace and unknown names are ignored.
  /// - Returns: The property.
  /// - Throws: `metadefNamespaceNotFound`; `metadefForbidden`; `metadefDuplicateProperty` when the name is in use; `invalid` for
  ///   characters that Glance refuses; `rpc` for values of a wrong type.
  public func metadefPropertyCreate(
    _ context: GlanceContext, namespaceName: String, propertyDict: [String: GlanceValue]
  ) async throws(GlanceError) -> MetadefPropertyRecord {
    try await createChild(MetadefProperty.self, context, namespaceName: namespaceName, values: propertyDict)
  }

  /// The property of a name.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - namespaceName: The namespace.
  ///   - propertyName: The name.
  /// - Returns: The property.
  /// - Throws: `metadefNamespaceNotFound`; `metadefForbidden`; `metadefPropertyNotFound`.
  public func metadefPropertyGet(
    _ context: GlanceContext, namespaceName: String, propertyName: String
  ) async throws(GlanceError) -> MetadefPropertyRecord {
    try await getChild(MetadefProperty.self, context, namespaceName: namespaceName, name: propertyName)
  }

  /// All properties of a namespace.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - namespaceName: The namespace.
  /// - Returns: The properties by their names.
  /// - Throws: `metadefNamespaceNotFound`; `metadefForbidden`.
  public func metadefPropertyGetAll(
    _ context: GlanceContext, namespaceName: String
  ) async throws(GlanceError) -> [MetadefPropertyRecord] {
    try await getAllChildren(MetadefProperty.self, context, namespaceName: namespaceName)
  }

  /// Changes a property of a namespace.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - namespaceName: The namespace.
  ///   - propertyID: The number of the property, which must be one of the namespace.
  ///   - propertyDict: The columns to change. The number, the namespace, times and unknown names are ignored.
  /// - Returns: The property as it is then.
  /// - Throws: `metadefNamespaceNotFound`; `metadefForbidden`; `metadefPropertyNotFound`; `metadefDuplicateProperty` when the
  ///   name is in use; `invalid` for characters that Glance refuses; `rpc` for values of a wrong type.
  public func metadefPropertyUpdate(
    _ context: GlanceContext, namespaceName: String, propertyID: Int, propertyDict: [String: GlanceValue]
  ) async throws(GlanceError) -> MetadefPropertyRecord {
    try await updateChild(
      MetadefProperty.self, context, namespaceName: namespaceName, id: propertyID, values: propertyDict)
  }

  /// Removes a property of a namespace.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - namespaceName: The namespace.
  ///   - propertyName: The name.
  /// - Returns: The property as it was.
  /// - Throws: `metadefNamespaceNotFound`; `metadefForbidden`; `metadefPropertyNotFound`.
  @discardableResult
  public func metadefPropertyDelete(
    _ context: GlanceContext, namespaceName: String, propertyName: String
  ) async throws(GlanceError) -> MetadefPropertyRecord {
    try await deleteChild(MetadefProperty.self, context, namespaceName: namespaceName, name: propertyName)
  }

  /// Removes all properties of a namespace.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - namespaceName: The namespace.
  /// - Returns: How many there were.
  /// - Throws: `metadefNamespaceNotFound`; `metadefForbidden`.
  @discardableResult
  public func metadefPropertyDeleteNamespaceContent(
    _ context: GlanceContext, namespaceName: String
  ) async throws(GlanceError) -> Int {
    try await deleteChildren(MetadefProperty.self, context, namespaceName: namespaceName)
  }

  /// How many properties a namespace has.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - namespaceName: The namespace.
  /// - Returns: The number.
  /// - Throws: `metadefNamespaceNotFound`; `metadefForbidden`.
  public func metadefPropertyCount(
    _ context: GlanceContext, namespaceName: String
  ) async throws(GlanceError) -> Int {
    try await countChildren(MetadefProperty.self, context, namespaceName: namespaceName)
  }
}
