// SPDX-License-Identifier: Apache-2.0

/// The entities of one table that a session holds, by primary key. References are weak, so entities that nobody uses are
/// freed; the session keeps those with unsaved changes.
///
/// Each row that a query finds is looked up here. What the table is made of is accessed in this file only, and no access calls
/// what could make another; so it is not checked for overlapping accesses at run time.
final class IdentityTable {
  /// Where the entity of a row is, or will be: its key is searched for once.
  struct Place {
    fileprivate let index: Int
    /// The number of sweeps before: each moves the entities, so that a place that was kept for long is none any more.
    fileprivate let sweeps: Int
  }

  /// What is known of a row.
  private struct Slot {
    weak var entity: (any Entity)?
    /// The last request that has asked for the row.
    var request = 0
  }

  @exclusivity(unchecked) private var indices: [Key: Int] = [:]
  @exclusivity(unchecked) private var slots: [Slot] = []
  /// The number of slots at which those without an entity are swept.
  @exclusivity(unchecked) private var threshold = 1024
  @exclusivity(unchecked) private var sweeps = 0
  @exclusivity(unchecked) private var requests = 0

  /// The number of rows that are known, those whose entities are gone included.
  var slotCount: Int { slots.count }

  /// The entity of a row; nil when the session holds none.
  func entity(_ key: Key) -> (any Entity)? { indices[key].flatMap { slots[$0].entity } }

  /// The place of a row; see ``makeRoom(for:)``.
  func place(of key: Key) -> Place {
    let index = Self.look(&indices[key, default: slots.count])
    if index == slots.count { slots.append(Slot()) }
    return Place(index: index, sweeps: sweeps)
  }

  private static func look(_ index: inout Int) -> Int { index }

  /// The entity at the place of a row.
  func entity(_ key: Key, at place: Place) -> (any Entity)? {
    place.sweeps == sweeps ? slots[place.index].entity : entity(key)
  }

  /// Adds the entity of a row, instead of the one that was there.
  func insert(_ entity: any Entity, _ key: Key, at place: Place) {
    let place = place.sweeps == sweeps ? place : self.place(of: key)
    slots[place.index].entity = entity
  }

  /// Adds the entity of a row, instead of the one that was there.
  func insert(_ entity: any Entity, _ key: Key) {
    makeRoom(for: 1)
    insert(entity, key, at: place(of: key))
  }

  /// Begins to ask for rows, each of which shall be read once.
  func beginRequest() -> Int {
    requests += 1
    return requests
  }

  /// Whether the request has not asked for the row before. Only for a place that was just found.
  func isFirst(_ place: Place, in request: Int) -> Bool {
    defer { slots[place.index].request = request }
    return slots[place.index].request != request
  }

  /// Makes room for as many rows more, and forgets those whose entities are gone. Called before places are found, which would
  /// be lost with it.
  func makeRoom(for rows: Int) {
    let needed = slots.count + rows
    if needed > threshold { sweep(for: rows) }
    // What is reserved is at least doubled, as appending does, or many small batches would move the map each time.
    if rows > 8, needed > slots.capacity {
      let capacity = max(needed, slots.capacity * 2)
      indices.reserveCapacity(capacity)
      slots.reserveCapacity(capacity)
    }
  }

  /// Forgets the entity of a row, unless the row has another entity by now.
  func remove(_ entity: any Entity, _ key: Key) {
    guard let index = indices[key] else { return }
    if slots[index].entity === entity { slots[index].entity = nil }
  }

  /// The entities that are alive.
  var entities: [any Entity] { slots.compactMap(\.entity) }

  private func sweep(for rows: Int) {
    sweeps += 1
    var aliveIndices: [Key: Int] = [:]
    var alive: [Slot] = []
    for (key, index) in indices where slots[index].entity != nil {
      aliveIndices[key] = alive.count
      alive.append(slots[index])
    }
    indices = aliveIndices
    slots = alive
    threshold = max(1024, (slots.count + rows) * 2)
  }
}

/// An entity that lives as long as others hold it.
struct WeakEntity {
  weak var entity: (any Entity)?
}
