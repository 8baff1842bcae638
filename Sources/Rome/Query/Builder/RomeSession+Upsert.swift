// SPDX-License-Identifier: Apache-2.0

extension RomeSession {
  /// Adds a new entity, or, when there is a row with the same values in unique columns, gives that the values of the new
  /// one. One round trip.
  ///
  /// ```swift
  /// let book = try await session.upsert(Book(isbn: "1", title: "Foundation"), on: Book.isbn)
  /// ```
  ///
  /// The row is looked for in the store and among what the session has staged, and the outcome is that of one unit of work:
  /// when somebody else inserts such a row before the commit, that throws, and a transaction which runs again finds it.
  ///
  /// - Parameters:
  ///   - entity: A new entity that belongs to no session.
  ///   - columns: Columns that have a unique index together, or are the primary key.
  /// - Returns: The entity of the row: the new one where there was none, else that of the row, with the columns that were set
  ///   in the new one (its defaults are set, too). The primary key, and the time at which the row was created, stay.
  /// - Throws: ``RomeError/Code/invalidState`` for an entity that is not new, ``RomeError/Code/invalidQuery`` for columns
  ///   without a unique index, what ``flush()`` throws, and the failures of reading.
  @discardableResult
  public func upsert<E: Entity, each T: ColumnValue>(
    _ entity: E, on columns: repeat Column<E, each T>
  )
    async throws(RomeError) -> E
  {
    var positions: [Int] = []
    repeat positions.append((each columns).position)
    return try await upsert(entity, positions)
  }

  private func upsert<E: Entity>(_ entity: E, _ columns: [Int]) async throws(RomeError) -> E {
    let schema = E.schema
    let state = entity.entityState
    guard state.status == .transient else {
      throw RomeError(.invalidState, "only a new entity can be added or update a row", entity: schema.table)
    }
    // The row is looked for in the order of the index.
    let ordered: [Int]
    if Set(columns) == Set(schema.primaryKey) {
      ordered = schema.primaryKey
    } else if let index = schema.indexes.first(where: { $0.isUnique && Set($0.columns) == Set(columns) }) {
      ordered = index.columns
    } else {
      throw RomeError(.invalidQuery, "the columns have no unique index together", entity: schema.table)
    }
    try await flush()
    // Columns of relationships have their values once these are resolved.
    try state.resolveAssignedIfKnown()
    let values = ordered.map { state.value(at: $0) }
    let found =
      values.contains(where: \.isNull) ? nil : try await rows(of: schema, where: ordered, equal: [values]).first?.first
    guard let found else {
      add(entity)
      return entity
    }
    let existing = try self.entity(E.self, of: found)
    existing.entityState.take(from: state)
    return existing
  }
}

extension EntityState {
  /// Gives the columns of assigned relationships the keys that are known already.
  fileprivate func resolveAssignedIfKnown() throws(RomeError) {
    for assigned in related.values where assigned.isAssigned {
      if assigned.entities.first?.entityState.key == nil { return }
    }
    try resolveAssigned()
  }

  /// Takes over what was set in a new entity of the same row.
  fileprivate func take(from new: EntityState) {
    for (position, column) in schema.columns.enumerated() where new.changed.contains(position) {
      if schema.primaryKey.contains(position) || column.role == .createdAt { continue }
      let value = new.value(at: position)
      if value == self.value(at: position) { continue }
      set(value, at: position)
      if let decoded = column.decode(value) { remember(decoded, at: position) }
    }
    if let session, let entity {
      for (name, assigned) in new.related where assigned.isAssigned {
        session.willChange(entity)
        relate(name, assigned)
      }
    }
  }
}
