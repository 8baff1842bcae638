// SPDX-License-Identifier: Apache-2.0

import Rome

/// Resource types belong to no namespace, and no rights are checked.
extension GlanceDatabase {
  /// Makes a resource type.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - values: `name`, which is required; `protected`. Times and unknown names are ignored.
  /// - Returns: The resource type.
  /// - Throws: `metadefDuplicateResourceType` when the name is in use; `rpc` for values of a wrong type.
  public func metadefResourceTypeCreate(
    _ context: GlanceContext, values: [String: GlanceValue]
  ) async throws(GlanceError) -> MetadefResourceTypeRecord {
    let name = try (values["name"] ?? .null).requiredText("name")
    let protected = try values["protected"]?.boolean("protected") ?? false
    let id = try values["id"]?.rowNumber()
    let duplicate = GlanceError(
      .metadefDuplicateResourceType, "A metadata definition resource-type with name=\(name) already exists.")
    return try await transaction(
      translating: { $0.isTaken(in: MetadefResourceType.self) ? duplicate : nil }
    ) { session in
      let now = clock.now()
      let type = MetadefResourceType(name: name, protected: protected, createdAt: now, updatedAt: now)
      if let id { type.id = id }
      session.add(type)
      try await session.flush()
      return MetadefResourceTypeRecord(type)
    }
  }

  /// The resource type of a name.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - resourceTypeName: The name.
  /// - Returns: The resource type.
  /// - Throws: `metadefResourceTypeNotFound`.
  public func metadefResourceTypeGet(
    _ context: GlanceContext, resourceTypeName: String
  ) async throws(GlanceError) -> MetadefResourceTypeRecord {
    try await reading { session in MetadefResourceTypeRecord(try await session.resourceType(resourceTypeName)) }
  }

  /// All resource types.
  ///
  /// - Parameter context: The caller.
  /// - Returns: The resource types by their numbers.
  /// - Throws: `rpc` when the store fails.
  public func metadefResourceTypeGetAll(
    _ context: GlanceContext
  ) async throws(GlanceError) -> [MetadefResourceTypeRecord] {
    try await listing { session in
      try await session.query(MetadefResourceType.self).order(by: MetadefResourceType.id).all()
        .map { MetadefResourceTypeRecord($0) }
    }
  }

  /// Removes a resource type.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - resourceTypeName: The name.
  /// - Returns: The resource type as it was.
  /// - Throws: `metadefResourceTypeNotFound`; `protectedMetadefResourceTypeSystemDelete` when it is protected;
  ///   `metadefIntegrityError` when a namespace is associated with it.
  @discardableResult
  public func metadefResourceTypeDelete(
    _ context: GlanceContext, resourceTypeName: String
  ) async throws(GlanceError) -> MetadefResourceTypeRecord {
    let inUse = GlanceError(
      .metadefIntegrityError,
      "The metadata definition resource-type with name=\(resourceTypeName) not deleted. Other records still refer to it."
    )
    return try await transaction(translating: { $0.code == .restrictViolation ? inUse : nil }) { session in
      let type = try await session.resourceType(resourceTypeName)
      if type.protected {
        throw GlanceError(
          .protectedMetadefResourceTypeSystemDelete,
          "Metadata definition resource-type \(resourceTypeName) is a seeded-system type and cannot be deleted.")
      }
      let record = MetadefResourceTypeRecord(type)
      session.delete(type)
      return record
    }
  }
}

extension RomeSession {
  /// The resource type that a caller asks for by its name.
  ///
  /// - Throws: `metadefResourceTypeNotFound`.
  func resourceType(_ name: String) async throws -> MetadefResourceType {
    guard let found = try await query(MetadefResourceType.self).filter(MetadefResourceType.name == name).first() else {
      throw GlanceError(
        .metadefResourceTypeNotFound, "The metadata definition resource-type with name=\(name), was not found.")
    }
    return found
  }
}
