// SPDX-License-Identifier: Apache-2.0

/// The entities that a session holds, by table and primary key: a row is at most one object.
struct IdentityMap {
  private var tables: [ObjectIdentifier: IdentityTable] = [:]

  /// The entities of a table, for who looks for many of them.
  mutating func table(of schema: EntitySchema) -> IdentityTable {
    let id = ObjectIdentifier(schema)
    if let known = tables[id] { return known }
    let table = IdentityTable()
    tables[id] = table
    return table
  }

  /// The entity of a row; nil when the session holds none.
  func entity(_ schema: EntitySchema, _ key: Key) -> (any Entity)? {
    tables[ObjectIdentifier(schema)]?.entity(key)
  }

  /// Adds the entity of a row, instead of the one that was there.
  mutating func insert(_ entity: any Entity, _ schema: EntitySchema, _ key: Key) {
    table(of: schema).insert(entity, key)
  }

  /// Forgets the entity of a row, unless the row has another entity by now.
  func remove(_ entity: any Entity, _ key: Key) {
    tables[ObjectIdentifier(entity.entityState.schema)]?.remove(entity, key)
  }

  /// The entities that are alive.
  var entities: [any Entity] { tables.values.flatMap(\.entities) }
}
