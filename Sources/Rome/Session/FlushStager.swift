// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Stages rows for one flush, in the session's buffer. Each stager ends by ``finish()`` or ``rollBack()``, and must be alone in that
/// time: the calls of a session do not overlap.
struct FlushStager {
  let session: RomeSession
  /// The unit of work, in whose buffer the rows are staged.
  private let unit: Transaction
  /// Where the buffer was before.
  private let mark: Int
  /// The entities whose rows are inserted or updated; those whose values are what they were are not staged.
  private(set) var written: [(entity: any Entity, key: Key, row: EncodedRow, isStaged: Bool)] = []
  /// The rows that are deleted.
  private(set) var deleted: [DeletedRow] = []
  /// Deleted rows whose referring rows were not looked for yet.
  private var unfollowed: [DeletedRow] = []
  /// Rows whose columns that others refer to got new values.
  private var moved: [(schema: EntitySchema, old: EncodedRow, changed: PositionSet)] = []
  private let now: Date

  init(session: RomeSession) {
    self.session = session
    unit = session.unit
    mark = unit.buffer.mark()
    now = session.clock()
  }

  /// Keeps what was staged, provided that no two staged rows have the same unique values.
  func finish() throws(RomeError) {
    try unit.buffer.checkStagedUniqueness()
    unit.buffer.release()
  }

  /// Takes back what was staged.
  func rollBack() {
    unit.buffer.rollBack(to: mark)
  }

  /// Stages the change of an entity.
  mutating func stage(_ entity: any Entity) throws(RomeError) {
    let state = entity.entityState
    switch state.status {
    case .pending: try insert(entity)
    case .persistent: try update(entity)
    case .deleted: try delete(entity)
    case .transient, .detached: break
    }
  }

  private mutating func insert(_ entity: any Entity) throws(RomeError) {
    let state = entity.entityState
    let schema = state.schema
    for position in schema.insertionTimes where state.value(at: position).isNull { state.set(now.value, at: position) }
    let isNew = state.row == nil && state.values.count == schema.columns.count
    let values = isNew ? state.values : schema.columns.indices.map { state.value(at: $0) }
    for position in schema.requiredColumns where values[position].isNull {
      throw nullViolation(schema, position, nil)
    }
    guard let key = schema.key(of: { values[$0] }) else {
      throw RomeError(.notNullViolation, "the primary key has no value", entity: schema.table)
    }
    let binding = try session.binding(schema)
    if let held = session.identity.entity(schema, key), held !== entity, held.entityState.status == .persistent {
      throw RomeError(.duplicatePrimaryKey, "the session holds a row with this key", entity: schema.table, key: key)
    }
    let row = try unit.buffer.insert(binding, key: key, values: values, isAllocated: state.hasAllocatedKey)
    written.append((entity, key, row, true))
  }

  private mutating func update(_ entity: any Entity) throws(RomeError) {
    let state = entity.entityState
    let schema = state.schema
    guard let old = state.row, let key = state.key, !state.changed.isEmpty else { return }
    if state.changed.containsAny(of: schema.primaryKey), schema.key(of: { state.value(at: $0) }) != key {
      throw RomeError(.invalidState, "a primary key can't be changed", entity: schema.table, key: key)
    }
    var row = ChangedRow(old, columnCount: schema.columns.count)
    for position in schema.columns.indices where state.changed.contains(position) {
      let value = state.value(at: position)
      if value != old[position] { row[position] = value }
    }
    if row.changed.isEmpty { return try note(entity, key) }
    touchTimestamp(schema, &row)
    let new = try update(schema, key: key, version: state.version, row)
    written.append((entity, key, new, true))
  }

  /// Stages new values of some columns of a row that a query found.
  mutating func update(_ schema: EntitySchema, _ found: FoundRow, _ new: [Int: Value]) throws(RomeError) {
    var row = ChangedRow(found.row, columnCount: schema.columns.count)
    for (position, value) in new where found.row[position] != value {
      if schema.primaryKey.contains(position) {
        throw RomeError(.invalidState, "a primary key can't be changed", entity: schema.table, key: found.key)
      }
      row[position] = value
    }
    if row.changed.isEmpty { return }
    // As SQLAlchemy's: an update that names the column decides about it, also by leaving it as it is.
    let named = schema.position(of: ColumnRole.updatedAt).map { new[$0] != nil } ?? true
    if !named { touchTimestamp(schema, &row) }
    try update(schema, key: found.key, version: found.version, row)
    session.noteChange(of: schema.table)
    if let held = session.identity.entity(schema, found.key) {
      session.touch(held)
      try note(held, found.key)
    }
  }

  private func touchTimestamp(_ schema: EntitySchema, _ row: inout ChangedRow) {
    for position in schema.changeTimes where !row.changed.contains(position) { row[position] = now.value }
  }

  /// Stages new values of a row.
  ///
  /// - Returns: The row.
  @discardableResult
  private mutating func update(
    _ schema: EntitySchema, key: Key, version: Revision?, _ row: ChangedRow
  ) throws(RomeError) -> EncodedRow {
    for position in schema.requiredColumns where !row.isCopied(position) && row[position].isNull {
      throw nullViolation(schema, position, key)
    }
    if let staged = unit.buffer.row(schema.address(key)), staged.bytes == nil {
      throw RomeError(.conflict, "the row was deleted in the same transaction", entity: schema.table, key: key)
    }
    try checkIsStaged(schema, key, row.old)
    return try update(session.binding(schema), key: key, version: version, row)
  }

  @discardableResult
  private mutating func update(
    _ binding: TableBinding, key: Key, version: Revision?, _ row: ChangedRow
  ) throws(RomeError) -> EncodedRow {
    let references = session.view.references(to: binding.schema.table)
    if references.contains(where: { row.changed.containsAny(of: $0.targetColumns) }) {
      moved.append((binding.schema, row.old, row.changed))
    }
    return try unit.buffer.update(binding, key: key, version: version, row)
  }

  /// Refuses to write over a staged row that is not the one which the change was made to: its index entries would be lost.
  private func checkIsStaged(_ schema: EntitySchema, _ key: Key, _ old: EncodedRow) throws(RomeError) {
    guard let staged = unit.buffer.row(schema.address(key))?.bytes else { return }
    if staged[...] != old.bytes {
      throw RomeError(.conflict, "the row was changed in the same transaction", entity: schema.table, key: key)
    }
  }

  private mutating func delete(_ entity: any Entity) throws(RomeError) {
    let state = entity.entityState
    guard let key = state.key, let row = state.row else { return }
    try delete(state.schema, key: key, row: row, version: state.version, entity: entity)
  }

  /// Stages the deletion of a row. What refers to it is looked for in ``followDeletions()``.
  mutating func delete(
    _ schema: EntitySchema, key: Key, row: EncodedRow, version: Revision?, entity: (any Entity)?
  ) throws(RomeError) {
    try checkIsStaged(schema, key, row)
    try delete(session.binding(schema), key: key, row: row, version: version, entity: entity)
  }

  private mutating func delete(
    _ binding: TableBinding, key: Key, row: EncodedRow, version: Revision?, entity: (any Entity)?
  ) {
    if let staged = unit.buffer.row(binding.schema.address(key)), staged.bytes == nil { return }
    unit.buffer.delete(binding, key: key, old: row, version: version)
    session.noteChange(of: binding.schema.table)
    let held = entity ?? session.identity.entity(binding.schema, key)
    let found = DeletedRow(schema: binding.schema, key: key, row: row, entity: held)
    deleted.append(found)
    unfollowed.append(found)
  }

  private func nullViolation(_ schema: EntitySchema, _ position: Int, _ key: Key?) -> RomeError {
    RomeError(
      .notNullViolation, "the column has no value", entity: schema.table, column: schema.columns[position].name,
      key: key)
  }

  private mutating func note(_ entity: any Entity, _ key: Key) throws(RomeError) {
    let schema = entity.entityState.schema
    guard let bytes = unit.buffer.row(schema.address(key))?.bytes else {
      // Nothing was staged for an entity whose values are what they were.
      if let row = entity.entityState.row { written.append((entity, key, row, false)) }
      return
    }
    written.append((entity, key, try schema.decode(bytes, key: key), true))
  }

  /// Whether rows may refer to what was staged, so that ``followDeletions()`` has something to do.
  var mustFollow: Bool { !unfollowed.isEmpty || !moved.isEmpty }

  /// Does for the rows that refer to deleted ones what their foreign keys say, level by level: one round trip for each.
  mutating func followDeletions() async throws(RomeError) {
    while mustFollow {
      let level = unfollowed
      let changes = moved
      unfollowed = []
      moved = []
      var searches: [(key: ReferencingKey, scan: Scan, mustBeNone: Bool)] = []
      for row in level {
        for key in session.view.references(to: row.schema.table) {
          let values = key.targetColumns.map { row.row[$0] }
          if values.contains(where: \.isNull) { continue }
          searches.append((key, key.scan(for: values), key.onDelete == .restrict))
        }
      }
      for change in changes {
        for key in session.view.references(to: change.schema.table)
        where change.changed.containsAny(of: key.targetColumns) {
          let values = key.targetColumns.map { change.old[$0] }
          if values.contains(where: \.isNull) { continue }
          searches.append((key, key.scan(for: values), true))
        }
      }
      if !searches.isEmpty { try await follow(searches) }
    }
  }

  private mutating func follow(
    _ searches: [(key: ReferencingKey, scan: Scan, mustBeNone: Bool)]
  )
    async throws(RomeError)
  {
    try await unit.beginStatement()
    for search in searches {
      if let index = search.key.index, let table = session.view.records[search.key.binding.schema.table],
        table.indexes.contains(where: { $0.name == index.name && !$0.isReadable })
      {
        throw RomeError(
          .invalidState, "the index of a foreign key is not built yet: run buildIndexes() first",
          entity: table.table, index: index.name)
      }
    }
    var pending = searches.map { (key: $0.key, scan: $0.scan, mustBeNone: $0.mustBeNone) }
    while !pending.isEmpty {
      let pages = try await unit.scan(pending.map(\.scan), guarding: true)
      var rest: [(key: ReferencingKey, scan: Scan, mustBeNone: Bool)] = []
      for (search, page) in zip(pending, pages) {
        if search.mustBeNone, !page.entries.isEmpty {
          let schema = search.key.binding.schema
          throw RomeError(
            .restrictViolation, "other rows refer to the row", entity: schema.table,
            column: schema.columns[search.key.columns[0]].name)
        }
        for (entry, row) in zip(page.entries, page.rows) {
          if let row { try apply(search.key, entry.rowKey, row) }
        }
        if page.isTruncated, let last = page.entries.last {
          rest.append((search.key, search.scan.resumed(after: last), search.mustBeNone))
        }
      }
      pending = rest
    }
  }

  private mutating func apply(_ reference: ReferencingKey, _ key: Key, _ found: StoredRow) throws(RomeError) {
    let binding = reference.binding
    let schema = binding.schema
    if let staged = unit.buffer.row(schema.address(key)), staged.bytes == nil { return }
    // Another foreign key of the same row may have changed it in this flush.
    let staged = unit.buffer.row(schema.address(key))?.bytes
    let row = try schema.decode(staged.map { StoredRow(version: .pending, bytes: $0) } ?? found, key: key)
    switch reference.onDelete {
    case .restrict: break
    case .cascade:
      delete(binding, key: key, row: row, version: found.version, entity: nil)
    case .setNull:
      var changed = ChangedRow(row, columnCount: schema.columns.count)
      for position in reference.columns {
        guard schema.columns[position].isNullable else {
          throw RomeError(
            .notNullViolation, "the foreign key sets a column NULL that can't be", entity: schema.table,
            column: schema.columns[position].name, key: key)
        }
        changed[position] = .null
      }
      session.noteChange(of: schema.table)
      try update(binding, key: key, version: found.version, changed)
      if let held = session.identity.entity(schema, key) {
        session.touch(held)
        try note(held, key)
      }
    }
  }
}
