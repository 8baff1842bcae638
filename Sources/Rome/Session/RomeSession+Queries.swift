// SPDX-License-Identifier: Apache-2.0

/// What the query engine needs to know of the session for one query.
struct QueryContext {
  /// What to read through. Pending changes of entities are flushed into it.
  let reader: any RecordReader
  /// What the store can do.
  let capabilities: StoreCapabilities
  /// The tables as the session knows them.
  let view: CatalogView

  /// The ways to the rows of a table: its primary key, then the indexes that are complete, so that they may answer queries.
  func ways(to schema: EntitySchema) -> [IndexReference] {
    view.binding(schema)?.ways ?? [IndexReference(primaryKeyOf: schema)]
  }
}

extension RomeSession {
  /// Prepares a query over tables: checks their schemas once for each store, flushes pending changes (autoflush).
  func beginQuery(over schemas: [EntitySchema]) async throws(RomeError) -> QueryContext {
    if Task.isCancelled { throw RomeError(.cancelled, "the task was cancelled") }
    // Calls that would do nothing are left out: each asynchronous one costs as much as a look at a row.
    if !knows(schemas) { try await bind(schemas) }
    let view = view
    if autoflush, !queue.isEmpty || misuse != nil { try await flush() }
    try await unit.beginStatement()
    return QueryContext(reader: unit, capabilities: store.capabilities, view: view)
  }

  /// The entity of a row: the one that the session holds already, else a new one. An entity without unsaved changes takes
  /// over the row; one with changes keeps them and its version, which the commit checks.
  func entity<E: Entity>(_ type: E.Type, of found: FoundRow) throws(RomeError) -> E {
    let schema = E.schema
    let table = identity.table(of: schema)
    table.makeRoom(for: 1)
    return try entity(type, schema, of: found, table, at: table.place(of: found.key))
  }

  /// The entities of rows, each as ``entity(_:of:)`` says.
  func entities<E: Entity>(_ type: E.Type, of rows: FoundRows) throws(RomeError) -> [E] {
    let schema = E.schema
    let table = identity.table(of: schema)
    table.makeRoom(for: rows.count)
    var entities: [E] = []
    entities.reserveCapacity(rows.count)
    while let row = rows.next() {
      let place = table.place(of: row.key)
      entities.append(try entity(type, schema, of: consume row, table, at: place))
    }
    return entities
  }

  /// The same, with the schema and the place in the identity map at hand. Inlined, so that what the row refers to is moved into
  /// the entity.
  @inline(__always)
  func entity<E: Entity>(
    _ type: E.Type, _ schema: EntitySchema, of found: consuming FoundRow, _ table: IdentityTable,
    at place: IdentityTable.Place
  ) throws(RomeError) -> E {
    if let held = table.entity(found.key, at: place) {
      return try entity(type, schema, of: found, table, at: place, held: held)
    }
    let isPending = found.isPending
    let version = isPending ? baseVersion(of: found, schema) : found.version
    let state = try EntityState(schema: schema, consume found, version: version, session: self)
    state.loadedIn = unitNumber
    let entity = E(entityState: state)
    table.insert(entity, state.key ?? .first, at: place)
    if isPending {
      state.isStaged = true
      holdUntilEnd(entity)
    }
    return entity
  }

  /// The entity of a row of which the session holds one.
  private func entity<E: Entity>(
    _ type: E.Type, _ schema: EntitySchema, of found: FoundRow, _ table: IdentityTable, at place: IdentityTable.Place,
    held: any Entity
  ) throws(RomeError) -> E {
    guard let entity = held as? E else {
      // Another class with the same schema: this one takes its place.
      table.remove(held, found.key)
      return try self.entity(type, schema, of: found, table, at: place)
    }
    let state = entity.entityState
    guard state.changed.isEmpty, state.status == .persistent else { return entity }
    if state.loadedIn == -1 || found.isNewer(than: state.version) {
      try state.load(found, version: baseVersion(of: found, schema))
      state.isStaged = found.isPending
    }
    state.loadedIn = unitNumber
    if found.isPending { holdUntilEnd(entity) }
    return entity
  }

  /// Holds an entity that was loaded from a staged row until the unit of work ends. It must not hold the session in turn, or a
  /// session that is given up with changes would never be freed.
  func holdUntilEnd(_ entity: any Entity) {
    loadedPending.append(entity)
    letGo(of: entity)
  }

  /// The version of the row in the store, whose staged successor may have been found. A row that a stream found among the
  /// staged ones of a unit of work that has ended gets a version that no row has.
  private func baseVersion(of found: FoundRow, _ schema: EntitySchema) -> Revision? {
    guard found.isPending else { return found.version }
    guard let staged = unit.buffer.row(schema.address(found.key)), staged.bytes != nil else { return .pending }
    return staged.base
  }

  /// The entity of a row that the session holds and has read in this unit of work, so that it need not be read again.
  func heldEntity<E: Entity>(_ type: E.Type, key: Key) -> E? {
    current(type, identity.entity(E.schema, key))
  }

  /// The entity, when its row was read in this unit of work, so that it need not be read again.
  func current<E: Entity>(_ type: E.Type, _ held: (any Entity)?) -> E? {
    guard let held = held as? E, held.entityState.loadedIn == unitNumber, held.entityState.status == .persistent else {
      return nil
    }
    return held
  }

  /// Stages new values for columns of rows that a bulk update found. Constraints, indexes, timestamps and entities that
  /// the session holds are kept in step. Nothing is committed.
  func stageUpdate(
    _ schema: EntitySchema, _ changes: [(row: FoundRow, values: [Int: Value])]
  )
    async throws(RomeError)
  {
    try await stage { stager throws(RomeError) in
      for change in changes {
        try stager.update(schema, change.row, change.values)
      }
    }
  }

  /// Stages the deletion of rows that a bulk delete found, with what their foreign keys say. Nothing is committed.
  func stageDelete(_ schema: EntitySchema, _ rows: [FoundRow]) async throws(RomeError) {
    try await stage { stager throws(RomeError) in
      for row in rows {
        try stager.delete(schema, key: row.key, row: row.row, version: row.version, entity: nil)
      }
    }
  }

  private func stage(_ changes: (inout FlushStager) throws(RomeError) -> Void) async throws(RomeError) {
    var stager = FlushStager(session: self)
    do throws(RomeError) {
      try changes(&stager)
      try await stager.followDeletions()
      if let unsaved = stager.written.first(where: { $0.entity.entityState.isQueued }) {
        throw RomeError(
          .invalidState, "an entity that the statement changes has changes of its own: flush first",
          entity: unsaved.entity.entityState.schema.table, key: unsaved.key)
      }
      try stager.finish()
    } catch {
      stager.rollBack()
      throw error
    }
    try adopt(stager)
  }
}

extension FoundRow {
  /// Whether the row was staged by this session and not committed.
  var isPending: Bool { version == nil || version == .pending }

  /// Whether the row is a later one than that of the version. A stream that began before a commit finds earlier ones.
  func isNewer(than known: Revision?) -> Bool {
    guard let version, !isPending else { return false }
    guard let known else { return true }
    return known < version
  }
}
