// SPDX-License-Identifier: Apache-2.0

/// The entities that a session holds, by table and primary key: a row is at most one object.
struct IdentityMap {
  /// In the order in which they came: there are few, and a search by address is over before a hash is made.
  private var tables: [(schema: ObjectIdentifier, entities: IdentityTable)] = []

  /// The entities of a table, for who looks for many of them.
  mutating func table(of schema: EntitySchema) -> IdentityTable {
    if let known = known(schema) { return known }
    let table = IdentityTable()
    tables.append((ObjectIdentifier(schema), table))
    return table
  }

  private func known(_ schema: EntitySchema) -> IdentityTable? {
    let id = ObjectIdentifier(schema)
    return tables.firstIndex { $0.schema == id }.map { tables[$0].entities }
  }

  /// The entity of a row; nil when the session holds none.
  func entity(_ schema: EntitySchema, _ key: Key) -> (any Entity)? {
    known(schema)?.entity(key)
  }

  /// Adds the entity of a row, instead of the one that was there.
  mutating func insert(_ entity: any Entity, _ schema: EntitySchema, _ key: Key) {
    table(of: schema).insert(entity, key)
  }

  /// Forgets the entity of a row, unless the row has another entity by now.
  func remove(_ entity: any Entity, _ key: Key) {
    known(entity.entityState.schema)?.remove(entity, key)
  }

  /// The entities that are alive.
  var entities: [any Entity] { tables.flatMap(\.entities.entities) }
}
