// SPDX-License-Identifier: Apache-2.0

extension RomeSession {
  /// Takes back all changes of the unit of work.
  ///
  /// - Returns: The entities that had rows before and were changed.
  @discardableResult
  func rollBackUnit() -> [any Entity] {
    misuse = nil
    for entity in queue { entity.entityState.isQueued = false }
    queue = []
    var changed: [any Entity] = []
    for level in touched.reversed() { changed += restore(level) }
    touched = []
    anchor(changed + loadedPending)
    unit.buffer = WriteBuffer()
    forgetLoads()
    return changed
  }

  /// Lets go of the entities that others led to.
  func releaseReached() {
    let entities = reached
    reached = []
    anchor(entities)
    // What was changed before it was attached waits for the next flush.
    for entity in queue { holdRelated(of: entity.entityState) }
  }

  /// Lets entities that the session does not hold any more keep it alive.
  func anchor(_ entities: [any Entity]) {
    for entity in entities {
      let state = entity.entityState
      if state.session === self, !state.isQueued, !touched.contains(where: { $0.holds(entity) }) {
        state.join(self, anchored: true)
      }
    }
  }

  /// Makes the next query load the held entities again. Those that were loaded from rows which were taken back get a
  /// version that no row has: writing one before it is loaded again is a conflict.
  func forgetLoads() {
    for entity in identity.entities + loadedPending {
      let state = entity.entityState
      state.loadedIn = -1
      guard state.isStaged, let key = state.key, let row = state.row else { continue }
      if unit.buffer.row(state.schema.address(key))?.bytes.map({ $0[...] }) != row.bytes { state.version = .pending }
    }
  }

  /// Gives entities the state back that they had.
  @discardableResult
  func restore(_ level: TouchedEntities) -> [any Entity] {
    var changed: [any Entity] = []
    queue.removeAll { entity in
      guard level.holds(entity) else { return false }
      entity.entityState.isQueued = false
      return true
    }
    for (entity, saved) in level.entities {
      let state = entity.entityState
      if let key = state.key, saved.found == nil { identity.remove(entity, key) }
      state.restore(saved)
      noteChange(of: state.schema.table)
      switch state.status {
      case .transient, .detached:
        state.leaveSession()
      case .pending:
        enqueue(entity)
      case .persistent:
        state.join(self, anchored: false)
        if let key = state.key { identity.insert(entity, state.schema, key) }
        if !state.changed.isEmpty { enqueue(entity) }
        changed.append(entity)
      case .deleted:
        enqueue(entity)
      }
    }
    return changed
  }

  /// Loads the rows of entities that a failed attempt has changed, so that the next one starts from what is in the store.
  /// Entities whose rows are gone are detached.
  func reload(_ entities: [any Entity]) async throws(RomeError) {
    let states = entities.map(\.entityState).filter { $0.status == .persistent && $0.key != nil }
    let addresses = states.compactMap { state in state.key.map { state.schema.address($0) } }
    if addresses.isEmpty { return }
    try await unit.beginStatement()
    let rows = try await unit.read(addresses)
    for (state, row) in zip(states, rows) {
      guard let key = state.key else { continue }
      if let row {
        try state.load(state.schema.found(key, row), version: row.version)
        state.loadedIn = unitNumber
      } else {
        if let entity = state.entity { identity.remove(entity, key) }
        state.status = .detached
        state.leaveSession()
      }
    }
  }
}
