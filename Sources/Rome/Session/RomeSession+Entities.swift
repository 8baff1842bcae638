// SPDX-License-Identifier: Apache-2.0

extension RomeSession {
  /// Adds a new entity, which the next flush inserts. Entities that its relationships lead to are added with it.
  ///
  /// An entity that belongs to the session already stays as it is. A detached one is attached again, with the changes
  /// that it has; its version is checked at the commit.
  ///
  /// Misuse is an error of the next flush, so that adding needs no `try`: an entity that belongs to another session, that
  /// was deleted, or of whose row the session holds another entity (`invalidState`).
  ///
  /// - Parameter entity: The entity.
  public func add(_ entity: any Entity) {
    do {
      try addChecked(entity)
    } catch {
      noteMisuse(error)
    }
  }

  private func addChecked(_ entity: any Entity) throws(RomeError) {
    let state = entity.entityState
    state.remember(entity)
    switch state.status {
    case .pending, .persistent:
      guard state.session == nil || state.session === self else {
        throw RomeError(.invalidState, "the entity belongs to another session", entity: state.schema.table)
      }
      if state.session === self { return }
      try attach(entity)
    case .detached:
      try attach(entity)
    case .deleted:
      throw RomeError(.invalidState, "the entity was deleted", entity: state.schema.table)
    case .transient:
      touch(entity)
      state.status = .pending
      state.join(self, anchored: false)
      holdRelated(of: state)
      noteChange(of: state.schema.table)
      enqueue(entity)
    }
    for related in state.related.values {
      for other in related.entities where other.entityState.status == .transient { add(other) }
    }
  }

  /// Adds new entities, in their order.
  ///
  /// - Parameter entities: The entities.
  public func addAll(_ entities: [any Entity]) {
    for entity in entities { add(entity) }
  }

  /// Deletes an entity: the next flush stages the deletion of its row, and what its foreign keys say of other rows. An
  /// entity that was added and not flushed is just taken out again.
  ///
  /// An entity that does not belong to the session is an error of the next flush (`invalidState`).
  ///
  /// - Parameter entity: The entity.
  public func delete(_ entity: any Entity) {
    let state = entity.entityState
    switch state.status {
    case .deleted where state.session === self:
      return
    case .pending where state.session === self:
      touch(entity)
      state.status = .transient
      state.leaveSession()
    case .persistent where state.session === self:
      touch(entity)
      state.status = .deleted
      noteChange(of: state.schema.table)
      enqueue(entity)
    default:
      noteMisuse(
        RomeError(.invalidState, "the entity does not belong to the session", entity: state.schema.table))
    }
  }

  /// Soft-deletes an entity: its `deleted` column gets the primary key or `true`, as its type says, and `deleted_at` the
  /// time. Its row stays, and queries that do not ask for deleted rows leave it out. Foreign keys are not followed.
  ///
  /// - Parameter entity: An entity that has a column with the role ``ColumnRole/deleted``.
  /// - Throws: ``RomeError`` with the code `invalidState` when it has none, or no row yet.
  public func softDelete(_ entity: any Entity) throws(RomeError) {
    let state = entity.entityState
    guard let deleted = state.schema.position(of: .deleted), state.status == .persistent, state.session === self else {
      throw RomeError(
        .invalidState, "the entity has no column with the role 'deleted', or no row in the session",
        entity: state.schema.table)
    }
    switch state.schema.columns[deleted].type {
    case .bool: state.set(.bool(true), at: deleted)
    default: state.set(state.value(at: state.schema.primaryKey[0]), at: deleted)
    }
    if let time = state.schema.position(of: .deletedAt) { state.set(clock().value, at: time) }
  }

  private func noteMisuse(_ error: RomeError) {
    if misuse == nil { misuse = error }
  }

  /// Lets go of an entity: its unsaved changes are not committed with the session, and it is detached. What was flushed
  /// of it stays staged.
  public func expunge(_ entity: any Entity) {
    let state = entity.entityState
    guard state.session === self else { return }
    queue.removeAll { $0 === entity }
    state.isQueued = false
    if let key = state.key { identity.remove(entity, key) }
    state.status = state.status == .pending ? .transient : .detached
    state.leaveSession()
  }

  /// Drops what the session knows of an entity's row and its unsaved changes: the next query that finds the row loads it
  /// again, also when its version is the same.
  public func expire(_ entity: any Entity) {
    let state = entity.entityState
    guard state.session === self, state.status == .persistent else { return }
    if state.isQueued { queue.removeAll { $0 === entity } }
    state.isQueued = false
    state.discardChanges()
    state.loadedIn = -1
  }

  /// Expires all entities of the session.
  public func expireAll() {
    for entity in identity.entities { expire(entity) }
  }

  /// Loads the rows of entities again, all in one round trip, and drops unsaved changes of them.
  ///
  /// - Parameter entities: Entities of the session.
  /// - Throws: ``RomeError`` with the code `notFound` when a row is gone, `invalidState` when an entity does not belong to
  ///   the session.
  public func refresh(_ entities: any Entity...) async throws(RomeError) {
    try await refresh(entities)
  }

  /// Loads the rows of entities again, all in one round trip, and drops unsaved changes of them.
  ///
  /// - Parameter entities: Entities of the session.
  /// - Throws: As for several entities.
  public func refresh(_ entities: [any Entity]) async throws(RomeError) {
    var addresses: [RowAddress] = []
    for entity in entities {
      let state = entity.entityState
      guard state.session === self, state.status == .persistent, let key = state.key else {
        throw RomeError(.invalidState, "the entity has no row in the session", entity: state.schema.table)
      }
      addresses.append(state.schema.address(key))
      expire(entity)
    }
    try await unit.beginStatement()
    let rows = try await unit.read(addresses)
    for (entity, row) in zip(entities, rows) {
      let state = entity.entityState
      guard let row, let key = state.key else {
        throw RomeError(.notFound, "the row of the entity is gone", entity: state.schema.table, key: state.key)
      }
      try state.load(state.schema.found(key, row), version: row.version)
      state.loadedIn = unitNumber
      if row.version == .pending {
        state.isStaged = true
        holdUntilEnd(entity)
      }
    }
  }

  /// Keeps the state of an entity for a rollback, before it changes for the first time in the unit of work.
  func touch(_ entity: any Entity) {
    letGo(of: entity)
    if touched.isEmpty { touched.append(TouchedEntities()) }
    touched[touched.count - 1].note(entity)
  }

  /// Keeps an entity that the session holds from holding the session, itself or by what it leads to.
  func letGo(of entity: any Entity) {
    let state = entity.entityState
    guard state.isAnchored else { return }
    state.join(self, anchored: false)
    holdRelated(of: state)
  }

  /// Puts an entity into the queue of the next flush.
  func enqueue(_ entity: any Entity) {
    let state = entity.entityState
    if state.isQueued { return }
    state.isQueued = true
    queue.append(entity)
  }

  /// Called before a value of an entity of the session changes.
  func willChange(_ entity: any Entity) {
    touch(entity)
    noteChange(of: entity.entityState.schema.table)
    enqueue(entity)
  }

  private func attach(_ entity: any Entity) throws(RomeError) {
    let state = entity.entityState
    guard let key = state.key, state.row != nil else {
      throw RomeError(.invalidState, "the entity has no row", entity: state.schema.table)
    }
    if let held = identity.entity(state.schema, key), held !== entity {
      throw RomeError(
        .invalidState, "the session holds another entity of the row", entity: state.schema.table, key: key)
    }
    touch(entity)
    identity.insert(entity, state.schema, key)
    state.join(self, anchored: false)
    state.status = .persistent
    holdRelated(of: state)
    if !state.changed.isEmpty { enqueue(entity) }
  }
}
