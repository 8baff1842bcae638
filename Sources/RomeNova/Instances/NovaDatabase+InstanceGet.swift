// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// An instance by its UUID, with its info cache, its security groups and their rules, and what the caller asks for.
  ///
  /// - Parameters:
  ///   - context: Who calls. A user sees the instances of the project only.
  ///   - uuid: The UUID.
  ///   - joins: What else is loaded; nil for both kinds of metadata.
  /// - Throws: ``NovaError/Code/forbidden``, ``NovaError/Code/instanceNotFound``.
  public func instanceGetByUUID(
    _ context: NovaContext, uuid: String, joins: InstanceJoins? = nil
  ) async throws(NovaError) -> NovaRow<Instance> {
    try context.require()
    return try await reading(context) { call in
      var row = NovaRow(try await call.instance(uuid))
      try await call.load(joins, into: &row)
      return row
    }
  }

  /// An instance by its number, with its info cache, its security groups and their rules, and what the caller asks for.
  ///
  /// - Parameters:
  ///   - context: Who calls. A user sees the instances of the project only.
  ///   - id: The number.
  ///   - joins: What else is loaded; nil for both kinds of metadata.
  /// - Throws: ``NovaError/Code/forbidden``, ``NovaError/Code/instanceNotFound``.
  public func instanceGet(
    _ context: NovaContext, id: Int, joins: InstanceJoins? = nil
  ) async throws(NovaError) -> NovaRow<Instance> {
    try context.require()
    return try await reading(context) { call in
      guard let instance = try await call.projectQuery(Instance.self).filter(Instance.id == id).first() else {
        throw NovaError(.instanceNotFound, ["instance_id": NovaField(id)])
      }
      var row = NovaRow(instance)
      try await call.load(joins, into: &row)
      return row
    }
  }
}

extension NovaCall {
  /// An instance that the caller sees.
  ///
  /// - Throws: ``NovaError/Code/instanceNotFound``.
  func instance(_ uuid: String) async throws -> Instance {
    guard let instance = try await projectQuery(Instance.self).filter(Instance.uuid == uuid).first() else {
      throw NovaError(.instanceNotFound, ["instance_id": .string(uuid)])
    }
    return instance
  }

  /// Checks that there is a live instance that the caller sees.
  ///
  /// - Throws: ``NovaError/Code/instanceNotFound``.
  func requireInstance(_ uuid: String) async throws {
    let instance = projectQuery(Instance.self, readDeleted: .no).filter(Instance.uuid == uuid)
    guard try await instance.exists() else { throw NovaError(.instanceNotFound, ["instance_id": .string(uuid)]) }
  }

  /// Checks that a text is a UUID.
  ///
  /// - Throws: ``NovaError/Code/invalidUUID``.
  func requireUUID(_ text: String) throws(NovaError) {
    guard text.isUUID else { throw NovaError(.invalidUUID, ["uuid": .string(text)]) }
  }
}
