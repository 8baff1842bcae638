// SPDX-License-Identifier: Apache-2.0

/// The entities that a session holds, by table and primary key: a row is at most one object. References are weak, so
/// entities that nobody uses are freed; the session keeps those with unsaved changes.
struct IdentityMap {
  private struct Reference {
    weak var entity: (any Entity)?
  }

  private var tables: [ObjectIdentifier: [Key: Reference]] = [:]
  private var count = 0
  /// The number of references at which the dead ones are swept.
  private var threshold = 1024

  /// The entity of a row; nil when the session holds none.
  func entity(_ schema: EntitySchema, _ key: Key) -> (any Entity)? {
    tables[ObjectIdentifier(schema)]?[key]?.entity
  }

  /// Adds the entity of a row, instead of the one that was there.
  mutating func insert(_ entity: any Entity, _ schema: EntitySchema, _ key: Key) {
    if tables[ObjectIdentifier(schema), default: [:]].updateValue(Reference(entity: entity), forKey: key) == nil {
      count += 1
      if count >= threshold { sweep() }
    }
  }

  /// Makes room for the entities of as many rows of a table, so that it is made once.
  mutating func reserve(_ rows: Int, of schema: EntitySchema) {
    let table = ObjectIdentifier(schema)
    // What is reserved is at least doubled, as appending does, or many small batches would move the map each time.
    guard rows > 8, let held = tables[table] else {
      if rows > 8 { tables[table] = Dictionary(minimumCapacity: rows) }
      return
    }
    if held.count + rows > held.capacity { tables[table]?.reserveCapacity(max(held.count + rows, held.capacity * 2)) }
  }

  /// Forgets the entity of a row, unless the row has another entity by now.
  mutating func remove(_ entity: any Entity, _ key: Key) {
    let table = ObjectIdentifier(entity.entityState.schema)
    guard let reference = tables[table]?[key], reference.entity == nil || reference.entity === entity else { return }
    tables[table]?[key] = nil
    count -= 1
  }

  /// The entities that are alive.
  var entities: [any Entity] {
    tables.values.flatMap { $0.values.compactMap(\.entity) }
  }

  /// Forgets all entities.
  mutating func removeAll() {
    tables = [:]
    count = 0
    threshold = 1024
  }

  private mutating func sweep() {
    tables = tables.mapValues { references in references.filter { $0.value.entity != nil } }
    count = tables.values.reduce(0) { $0 + $1.count }
    threshold = max(1024, count * 2)
  }
}
