// SPDX-License-Identifier: Apache-2.0

/// What an entity knows of one of its relationships.
struct RelatedEntities {
  /// One of the entities.
  private struct Slot {
    weak var entity: (any Entity)?
    /// The same; nil when it is not held.
    var held: (any Entity)?
  }

  /// The columns that hold the key of a to-one relationship: when they change, this is out of date.
  var columns: [Int]
  /// Whether the columns take the key of the entity at the next flush, because it was assigned.
  var isAssigned: Bool
  /// What ``RomeSession/stamp(of:)`` said of the tables when the entities were loaded; nil when that does not matter.
  var stamp: [Int]?
  private var slots: [Slot]

  init(entities: [any Entity], columns: [Int], isAssigned: Bool, stamp: [Int]? = nil) {
    slots = entities.map { Slot(entity: $0, held: $0) }
    self.columns = columns
    self.isAssigned = isAssigned
    self.stamp = stamp
  }

  /// The entities, when they are loaded or were assigned; at most one for a to-one relationship.
  var entities: [any Entity] { slots.compactMap(\.entity) }

  /// The entities that live at least as long as the one that knows them.
  var heldEntities: [any Entity] { slots.compactMap(\.held) }

  /// Whether none of the entities is gone, so that they need not be loaded again.
  var isComplete: Bool { slots.allSatisfy { $0.entity != nil } }

  /// Holds some of the entities no more: the way back of a relationship, which would keep both of its ends alive for ever.
  mutating func letGo(of states: [EntityState]) {
    let others = Set(states.map { ObjectIdentifier($0) })
    for position in slots.indices {
      guard let held = slots[position].held, others.contains(ObjectIdentifier(held.entityState)) else { continue }
      slots[position].held = nil
    }
  }
}

extension [String: RelatedEntities] {
  /// Forgets the loaded entities whose key was in the changed column.
  mutating func removeStale(after position: Int, in schema: EntitySchema) {
    if isEmpty { return }
    self = filter { !$0.value.columns.contains(position) }
  }
}

extension EntityState {
  /// Notes where a relationship leads.
  ///
  /// An entity holds those that it leads to, as long as that makes no circle: they would never be freed, nor would their session.
  /// So each of them is deeper than those that hold it. What would lead up again is remembered without being held, and loaded
  /// again should it be gone. Only assigned entities are held in any case, until a flush has made their rows.
  func relate(_ name: String, _ entities: RelatedEntities) {
    related[name] = nil
    var entities = entities
    let upward = goDown(to: entities.entities.map(\.entityState))
    if !upward.isEmpty, !entities.isAssigned { entities.letGo(of: upward) }
    for entity in entities.heldEntities { entity.entityState.isHeldByEntity = true }
    related[name] = entities
    // What the session holds must not hold the session, by no detour.
    if !isAnchored, let session { session.holdRelated(of: self) }
  }

  /// Makes the entity less deep than those that it shall hold, where that is possible without looking further.
  ///
  /// - Returns: Those for which it is not.
  private func goDown(to targets: [EntityState]) -> [EntityState] {
    var upward = targets.filter { $0 === self || ($0.depth <= depth && $0.holdsEntities) }
    if !isHeldByEntity, let least = upward.filter({ $0 !== self }).map(\.depth).min() {
      depth = least - 1
      upward = upward.filter { $0 === self }
    }
    for target in targets where target.depth <= depth && !target.holdsEntities && target !== self {
      target.depth = depth + 1
    }
    return upward
  }

  private var holdsEntities: Bool { related.values.contains { !$0.heldEntities.isEmpty } }

  /// Goes back to the relationships that were known at an earlier time.
  func restoreRelated(_ saved: [String: RelatedEntities]) {
    related = [:]
    for (name, entities) in saved { relate(name, entities) }
  }
}

extension RomeSession {
  /// Holds what an entity leads to that the session holds, until the unit of work ends. Otherwise each of them would keep the
  /// session alive, and the session the entity.
  func holdRelated(of state: EntityState) {
    if state.related.isEmpty { return }
    var seen: Set<ObjectIdentifier> = []
    var open = [state]
    while let next = open.popLast() {
      for entity in next.related.values.flatMap(\.heldEntities) {
        let other = entity.entityState
        if other.isAnchored, other.session === self {
          other.join(self, anchored: false)
          reached.append(entity)
        } else if other.session != nil || !seen.insert(ObjectIdentifier(other)).inserted {
          // What leads on from here is held already.
          continue
        }
        open.append(other)
      }
    }
  }
}
