// SPDX-License-Identifier: Apache-2.0

import Rome

extension GlanceDatabase {
  /// Associates a namespace with a resource type, which is made when there is none of the name. Who sees the namespace may.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - namespaceName: The namespace.
  ///   - values: `name`, that of the resource type; `properties_target` and `prefix`. All three are required, but the latter
  ///     two may be null. Others are ignored.
  /// - Returns: The association.
  /// - Throws: `metadefNamespaceNotFound`; `metadefForbidden`; `metadefDuplicateResourceTypeAssociation`; `keyError` when a
  ///   value is missing; `rpc` for values of a wrong type.
  public func metadefResourceTypeAssociationCreate(
    _ context: GlanceContext, namespaceName: String, values: [String: GlanceValue]
  ) async throws(GlanceError) -> MetadefAssociationRecord {
    func value(_ name: String) throws(GlanceError) -> GlanceValue {
      guard let value = values[name] else { throw GlanceError(.keyError, "'\(name)'") }
      return value
    }
    let duplicate = GlanceError(
      .metadefDuplicateResourceTypeAssociation,
      "The metadata definition resource-type association of "
        + "resource-type=\(values["name"]?.stringValue ?? "") to namespace=\(namespaceName) already exists.")
    return try await transaction(
      translating: { $0.isTaken(in: MetadefAssociation.self) ? duplicate : nil }
    ) { session in
      let namespace = try await session.namespace(namespaceName, for: context)
      let name = try value("name").requiredText("name")
      let propertiesTarget = try value("properties_target").text("properties_target")
      let prefix = try value("prefix").text("prefix")
      let now = clock.now()
      let found = try await session.query(MetadefResourceType.self).filter(MetadefResourceType.name == name).first()
      let type = found ?? MetadefResourceType(name: name, createdAt: now, updatedAt: now)
      if found == nil {
        session.add(type)
        try await session.flush()
      }
      let association = MetadefAssociation(
        resourceTypeID: type.id ?? 0, namespaceID: namespace.number, propertiesTarget: propertiesTarget,
        prefix: prefix, createdAt: now, updatedAt: now)
      session.add(association)
      return MetadefAssociationRecord(association, resourceType: name)
    }
  }

  /// The association of a namespace with a resource type.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - namespaceName: The namespace.
  ///   - resourceTypeName: The name of the resource type.
  /// - Returns: The association.
  /// - Throws: `metadefNamespaceNotFound`; `metadefForbidden`; `metadefResourceTypeNotFound`;
  ///   `metadefResourceTypeAssociationNotFound`.
  public func metadefResourceTypeAssociationGet(
    _ context: GlanceContext, namespaceName: String, resourceTypeName: String
  ) async throws(GlanceError) -> MetadefAssociationRecord {
    try await reading { session in
      let association = try await session.association(namespaceName, resourceTypeName, for: context)
      return MetadefAssociationRecord(association, resourceType: resourceTypeName)
    }
  }

  /// Removes the association of a namespace with a resource type. The resource type stays.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - namespaceName: The namespace.
  ///   - resourceTypeName: The name of the resource type.
  /// - Returns: The association as it was.
  /// - Throws: `metadefNamespaceNotFound`; `metadefForbidden`; `metadefResourceTypeNotFound`;
  ///   `metadefResourceTypeAssociationNotFound`.
  @discardableResult
  public func metadefResourceTypeAssociationDelete(
    _ context: GlanceContext, namespaceName: String, resourceTypeName: String
  ) async throws(GlanceError) -> MetadefAssociationRecord {
    try await transaction { session in
      let association = try await session.association(namespaceName, resourceTypeName, for: context)
      let record = MetadefAssociationRecord(association, resourceType: resourceTypeName)
      session.delete(association)
      return record
    }
  }

  /// All associations of a namespace.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - namespaceName: The namespace.
  /// - Returns: The associations in the order in which they were made.
  /// - Throws: `metadefNamespaceNotFound`; `metadefForbidden`.
  public func metadefResourceTypeAssociationGetAllByNamespace(
    _ context: GlanceContext, namespaceName: String
  ) async throws(GlanceError) -> [MetadefAssociationRecord] {
    try await reading { session in
      let namespace = try await session.namespace(namespaceName, for: context)
      let found = try await session.query(MetadefAssociation.self).join(MetadefAssociation.resourceType)
        .filter(MetadefAssociation.namespaceID == namespace.number).order(
          by: MetadefAssociation.createdAt, MetadefAssociation.resourceTypeID
        ).all()
      return found.map { MetadefAssociationRecord($0, resourceType: $1.name) }
    }
  }
}

extension RomeSession {
  /// The association of a namespace that the caller sees with a resource type.
  fileprivate func association(
    _ namespaceName: String, _ resourceTypeName: String, for context: GlanceContext
  ) async throws -> MetadefAssociation {
    let namespace = try await namespace(namespaceName, for: context)
    let type = try await resourceType(resourceTypeName)
    guard let found = try await get(MetadefAssociation.self, type.id, namespace.number) else {
      throw GlanceError(
        .metadefResourceTypeAssociationNotFound,
        "The metadata definition resource-type association of resource-type=\(resourceTypeName) to "
          + "namespace=\(namespaceName), was not found.")
    }
    return found
  }
}
