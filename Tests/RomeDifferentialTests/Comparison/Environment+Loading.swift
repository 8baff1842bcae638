// SPDX-License-Identifier: Apache-2.0

@testable import Rome

extension Environment {
  /// Commits the rows of a data set.
  static func load(_ data: DataSet, into store: any Store, _ entities: [any Entity.Type]) async throws {
    let session = RomeSession(store)
    for (type, rows) in zip(entities, data.rows) {
      for row in rows { insert(type, row, in: session) }
    }
    try await session.commit()
  }

  /// Makes the changes of a data set in a session, some of them flushed and some not.
  static func change(_ data: DataSet, in session: RomeSession) async throws {
    var isDeleting = false
    for change in data.changes {
      switch change {
      case .update(let table, let key, let column, let value):
        try await find(indexedEntities[table], key, in: session)?.set(value, of: Tables.all[table].columns[column].name)
      case .delete(let table, let key):
        if !isDeleting { try await session.flush() }
        isDeleting = true
        // A foreign key may have deleted the row already.
        if let entity = try await find(indexedEntities[table], key, in: session) { session.delete(entity) }
      case .insert(let table, let row): insert(indexedEntities[table], row, in: session)
      }
    }
  }

  private static func insert(_ type: any Entity.Type, _ row: [Value], in session: RomeSession) {
    let entity = type.init(entityState: EntityState(of: type))
    for (position, value) in row.enumerated() { entity.entityState.set(value, at: position) }
    session.add(entity)
  }

  private static func find<E: Entity>(
    _ type: E.Type, _ key: [Value], in session: RomeSession
  ) async throws
    -> (any Entity)?
  {
    let rows = try await session.rows(of: E.schema, where: E.schema.primaryKey, equal: [key])
    guard let row = rows.first?.first else { return nil }
    return try session.entity(type, of: row)
  }
}
