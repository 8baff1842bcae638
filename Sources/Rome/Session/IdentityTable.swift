// SPDX-License-Identifier: Apache-2.0

/// The entities of one table that a session holds, by primary key. References are weak, so entities that nobody uses are
/// freed; the session keeps those with unsaved changes.
///
/// Each row that a query finds is looked up here. What the table is made of is accessed in this file only, and not while an
/// entity is made, which `isMaking` sees to; so it is not checked for overlapping accesses at run time.
final class IdentityTable {
  @exclusivity(unchecked) private var references: [Key: WeakEntity] = [:]
  /// The number of references at which the dead ones are swept.
  @exclusivity(unchecked) private var threshold = 1024
  /// Whether an entity is being made. An initialiser written by hand may set a property: its entity is not held yet.
  @exclusivity(unchecked) private var isMaking = false

  /// The entity of a row; nil when the session holds none.
  func entity(_ key: Key) -> (any Entity)? { isMaking ? nil : references[key]?.entity }

  /// The entity of a row; where the session holds none, the one that the closure makes, which is added. The row is looked up
  /// once for both.
  ///
  /// - Parameter make: Makes the entity. It must not add or remove one.
  func entity(_ key: Key, orMade make: () throws(RomeError) -> any Entity) throws(RomeError) -> any Entity {
    if references.count >= threshold { sweep() }
    isMaking = true
    defer { isMaking = false }
    return try references[key, default: WeakEntity()].held(orMade: make)
  }

  /// Adds the entity of a row, instead of the one that was there.
  func insert(_ entity: any Entity, _ key: Key) {
    if references.count >= threshold { sweep() }
    references[key] = WeakEntity(entity: entity)
  }

  /// Makes room for the entities of as many rows, so that it is made once.
  func reserve(_ rows: Int) {
    let needed = references.count + rows
    // What is reserved is at least doubled, as appending does, or many small batches would move the map each time.
    if rows > 8, needed > references.capacity { references.reserveCapacity(max(needed, references.capacity * 2)) }
  }

  /// Forgets the entity of a row, unless the row has another entity by now.
  func remove(_ entity: any Entity, _ key: Key) {
    guard let reference = references[key], reference.entity == nil || reference.entity === entity else { return }
    references[key] = nil
  }

  /// The entities that are alive.
  var entities: [any Entity] { references.values.compactMap(\.entity) }

  private func sweep() {
    references = references.filter { $0.value.entity != nil }
    threshold = max(1024, references.count * 2)
  }
}

/// An entity that lives as long as others hold it.
struct WeakEntity {
  weak var entity: (any Entity)?

  /// The entity; where it is gone, the one that the closure makes, which is remembered.
  fileprivate mutating func held(orMade make: () throws(RomeError) -> any Entity) throws(RomeError) -> any Entity {
    if let entity { return entity }
    let made = try make()
    entity = made
    return made
  }
}
