// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// A migration by its number, deleted ones too.
  ///
  /// - Throws: ``NovaError/Code/migrationNotFound``.
  public func migrationGet(_ context: NovaContext, id: Int) async throws(NovaError) -> NovaRow<Migration> {
    try await reading(context) { call in NovaRow(try await call.migration(id)) }
  }

  /// A migration by its UUID, deleted ones too. Nova has it since Pike.
  ///
  /// - Throws: ``NovaError/Code/migrationNotFound``.
  public func migrationGetByUUID(_ context: NovaContext, uuid: String) async throws(NovaError) -> NovaRow<Migration> {
    try await reading(context) { call in
      guard let migration = try await call.migration(uuid: uuid) else {
        throw NovaError(.migrationNotFound, ["migration_id": .string(uuid)])
      }
      return NovaRow(migration)
    }
  }

  /// A migration of an instance by its number.
  ///
  /// - Throws: ``NovaError/Code/migrationNotFoundForInstance``.
  public func migrationGetByIDAndInstance(
    _ context: NovaContext, id: Int, instanceUUID: String
  ) async throws(NovaError) -> NovaRow<Migration> {
    try await reading(context) { call in
      let found = call.query(Migration.self).filter(Migration.id == id, Migration.instanceUUID == instanceUUID)
      guard let migration = try await found.first() else {
        throw NovaError(
          .migrationNotFoundForInstance, ["migration_id": NovaField(id), "instance_id": .string(instanceUUID)])
      }
      return NovaRow(migration)
    }
  }

  /// The first migration of an instance that has a status, deleted ones too.
  ///
  /// - Throws: ``NovaError/Code/migrationNotFoundByStatus``.
  public func migrationGetByInstanceAndStatus(
    _ context: NovaContext, instanceUUID: String, status: String
  ) async throws(NovaError) -> NovaRow<Migration> {
    try await reading(context) { call in
      let found = call.query(Migration.self, readDeleted: .yes)
        .filter(Migration.instanceUUID == instanceUUID, Migration.status == status)
      guard let migration = try await found.byKey().first() else {
        throw NovaError(
          .migrationNotFoundByStatus, ["instance_id": .string(instanceUUID), "status": .string(status)])
      }
      return NovaRow(migration)
    }
  }

  /// Adds a migration.
  ///
  /// - Throws: ``NovaError/Code/dbDuplicateEntry`` when a migration has that UUID.
  public func migrationCreate(
    _ context: NovaContext, values: NovaValues<Migration>
  ) async throws(NovaError) -> NovaRow<Migration> {
    try await transaction(context) { error in
      error.duplicateEntry(in: Migration.self)
    } _: { call in
      NovaRow(try await call.insert(values))
    }
  }

  /// Changes a migration, deleted ones too.
  ///
  /// - Throws: ``NovaError/Code/migrationNotFound``.
  public func migrationUpdate(
    _ context: NovaContext, id: Int, values: NovaValues<Migration>
  ) async throws(NovaError) -> NovaRow<Migration> {
    try await transaction(context) { call in
      let migration = try await call.migration(id)
      try await call.update(migration, values)
      return NovaRow(migration)
    }
  }
}

extension NovaCall {
  /// A migration by its UUID, deleted ones too.
  func migration(uuid: String) async throws -> Migration? {
    try await query(Migration.self, readDeleted: .yes).filter(Migration.uuid == uuid).first()
  }

  /// A migration by its number, deleted ones too.
  fileprivate func migration(_ id: Int) async throws -> Migration {
    guard let migration = try await query(Migration.self, readDeleted: .yes).filter(Migration.id == id).first() else {
      throw NovaError(.migrationNotFound, ["migration_id": NovaField(id)])
    }
    return migration
  }
}
