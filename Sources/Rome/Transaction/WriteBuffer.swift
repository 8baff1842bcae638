// SPDX-License-Identifier: Apache-2.0

/// The writes that a unit of work has staged and not yet committed.
///
/// A flush that fails and a savepoint take back what was staged since their ``mark()``. While one is open, a journal keeps what each
/// change replaced; a copy of the buffer would cost each flush as much as all that was staged before.
struct WriteBuffer {
  typealias Row = StagedTable.Row
  typealias Entry = StagedTable.Entry

  /// A row that a foreign key of a staged row needs.
  struct Reference: Hashable {
    let address: RowAddress
    let foreignKey: Int
  }

  /// What a foreign key refers to.
  enum Target {
    /// A row by its primary key.
    case row(RowAddress)
    /// A row by the columns of a unique index.
    case entry(KeySpace, [UInt8])
    /// Nothing: the table that is referred to was never used, or has no such unique index.
    case none
  }

  /// What is staged, by table.
  private(set) var tables = NameMap<StagedTable>()
  private(set) var references: [Reference: (binding: TableBinding, values: [Value])] = [:]
  /// The values of unique indexes that were staged since the last look for duplicates.
  private var stagedUnique: [(space: KeySpace, columns: [UInt8])] = []

  /// What a change replaced.
  private enum Replaced {
    case row(RowAddress, Row?)
    case entry(KeySpace, Key, Entry?)
    case reference(Reference, (binding: TableBinding, values: [Value])?)
    case explicitID(String, Int64?)
  }

  /// What the changes since the first open mark of a buffer that held something replaced.
  private var journal: [Replaced] = []
  /// How many of the open marks need the journal. The others, the outer ones, are of an empty buffer.
  private var journalMarks = 0

  var isEmpty: Bool { tables.entries.indices.allSatisfy { tables.entries[$0].value.rows.isEmpty } }
  /// The number of staged rows.
  var rowCount: Int { tables.entries.indices.reduce(0) { $0 + tables.entries[$1].value.rows.count } }
  /// The number of staged entries of indexes.
  var entryCount: Int { tables.entries.indices.reduce(0) { $0 + tables.entries[$1].value.entryCount } }

  /// Calls the closure with the tables in which explicit ids were staged, and the greatest of them.
  func forEachExplicitID(_ body: (String, Int64) -> Void) {
    for table in tables.entries.indices {
      if let id = tables.entries[table].value.explicitID { body(tables.entries[table].name, id) }
    }
  }

  /// Whether staged writes may change the answer to a scan.
  func touches(_ scan: Scan) -> Bool {
    guard let table = tables.position(of: scan.space.table) else { return false }
    return !tables.entries[table].value.rows.isEmpty || entries(in: scan.space)?.isEmpty == false
  }

  /// The staged rows of a table; nil when none ever was.
  func rows(of table: String) -> SortedBuffer<Row>? {
    tables.position(of: table).map { tables.entries[$0].value.rows }
  }

  /// The staged entries of an index; nil when none ever was.
  func entries(in space: KeySpace) -> SortedBuffer<Entry>? {
    guard let name = space.index, let table = tables.position(of: space.table),
      let index = tables.entries[table].value.indexes.position(of: name)
    else { return nil }
    return tables.entries[table].value.indexes.entries[index].value.entries
  }

  /// The staged state of a row; nil when it is not staged.
  func row(_ address: RowAddress) -> Row? {
    if tables.isEmpty { return nil }
    return tables.position(of: address.table).flatMap { tables.entries[$0].value.rows[address.key] }
  }

  /// Stages the insertion of a row.
  ///
  /// - Returns: The row.
  mutating func insert(
    _ binding: TableBinding, key: Key, values: [Value], isAllocated: Bool
  ) throws(RomeError) -> EncodedRow {
    let schema = binding.schema
    let table = tables.position(of: schema.table, orAdding: StagedTable(indexCount: binding.indexes.count))
    let existing = tables.entries[table].value.rows[key]
    if let existing, existing.bytes != nil {
      throw RomeError(.duplicatePrimaryKey, "the transaction has a row with this key", entity: schema.table, key: key)
    }
    let bytes = RowFormat.encode(values)
    let row = try schema.decode(bytes, key: key)
    set(Row(base: existing?.base, bytes: bytes, isAllocated: isAllocated && existing == nil), at: key, in: table)
    for index in binding.indexes.indices { put(binding.indexes[index], key, row, in: table) }
    refer(binding, key, row)
    if schema.allocatesPrimaryKey, !isAllocated, case .int(let id) = values[schema.primaryKey[0]] {
      setExplicitID(max(id, tables.entries[table].value.explicitID ?? id), in: table)
    }
    return row
  }

  /// Stages new values of a row. Only the indexes whose columns changed are touched.
  ///
  /// - Returns: The row.
  @discardableResult
  mutating func update(
    _ binding: TableBinding, key: Key, version: Revision?, _ change: ChangedRow
  ) throws(RomeError) -> EncodedRow {
    let schema = binding.schema
    let bytes = RowFormat.encode(change)
    let row = try schema.decode(bytes, key: key)
    let table = tables.position(of: schema.table, orAdding: StagedTable(indexCount: binding.indexes.count))
    stage(bytes, at: key, version, in: table)
    for index in binding.indexes.indices where change.changed.containsAny(of: binding.indexes[index].columns) {
      remove(binding.indexes[index], key, change.old, in: table)
      put(binding.indexes[index], key, row, in: table)
    }
    if schema.foreignKeys.contains(where: { change.changed.containsAny(of: $0.columns) }) { refer(binding, key, row) }
    return row
  }

  /// Stages the deletion of a row.
  mutating func delete(_ binding: TableBinding, key: Key, old: EncodedRow, version: Revision?) {
    let schema = binding.schema
    let table = tables.position(of: schema.table, orAdding: StagedTable(indexCount: binding.indexes.count))
    stage(nil, at: key, version, in: table)
    for index in binding.indexes.indices { remove(binding.indexes[index], key, old, in: table) }
    for foreignKey in schema.foreignKeys.indices {
      set(nil, for: Reference(address: schema.address(key), foreignKey: foreignKey))
    }
  }

  /// Stages other bytes of a row, or its deletion. What it is based on is known from the first time that it is staged.
  private mutating func stage(_ bytes: [UInt8]?, at key: Key, _ version: Revision?, in table: Int) {
    if var staged = tables.entries[table].value.rows[key] {
      staged.bytes = bytes
      set(staged, at: key, in: table)
    } else {
      set(Row(base: version, bytes: bytes), at: key, in: table)
    }
  }

  private mutating func put(_ index: EntitySchema.Index, _ key: Key, _ row: EncodedRow, in table: Int) {
    let entry = index.entry(for: key, of: row)
    let place = change(entry.key, in: index.space, of: table) { old in
      Entry(columnsLength: entry.columnsLength, wasStored: old?.wasStored ?? false, isPresent: true)
    }
    if index.isUnique, !index.hasNull(in: row) {
      tables.entries[table].value.indexes.entries[place].value.mustBeUnique = true
      stagedUnique.append((index.space, Array(entry.columns)))
    }
  }

  private mutating func remove(_ index: EntitySchema.Index, _ key: Key, _ row: EncodedRow, in table: Int) {
    let entry = index.entry(for: key, of: row)
    change(entry.key, in: index.space, of: table) { old in
      // An entry that the store never had leaves no trace.
      old?.wasStored ?? true ? Entry(columnsLength: entry.columnsLength, wasStored: true, isPresent: false) : nil
    }
  }

  private mutating func refer(_ binding: TableBinding, _ key: Key, _ row: EncodedRow) {
    for number in binding.schema.foreignKeys.indices {
      let reference = Reference(address: binding.schema.address(key), foreignKey: number)
      let target = binding.schema.foreignKeys[number].columns.map { row[$0] }
      set(target.contains(where: \.isNull) ? nil : (binding, target), for: reference)
    }
  }

  /// Finds two staged rows with the same values in a unique index.
  mutating func checkStagedUniqueness() throws(RomeError) {
    if stagedUnique.isEmpty { return }
    defer { stagedUnique = [] }
    for (space, columns) in stagedUnique {
      guard let staged = entries(in: space) else { continue }
      if staged.all(in: .prefix(columns)).count(where: \.element.isPresent) > 1 {
        throw RomeError(
          .uniqueViolation, "two rows of the transaction have the same values", entity: space.table, index: space.index)
      }
    }
  }

  // MARK: Taking back

  /// Begins to keep what changes replace. Each mark ends once, the last one first: by ``release()`` or by ``rollBack(to:)``.
  ///
  /// - Returns: Where the journal is; -1 when the buffer is empty, which needs none to be empty again.
  mutating func mark() -> Int {
    if journalMarks == 0, isEmpty { return -1 }
    journalMarks += 1
    return journal.count
  }

  /// Keeps the changes since the mark.
  mutating func release() {
    // Marks end in the reverse order, so those of the empty buffer are the last.
    if journalMarks > 0 { journalMarks -= 1 }
    if journalMarks == 0, !journal.isEmpty { journal = [] }
  }

  /// Takes back the changes since the mark.
  mutating func rollBack(to mark: Int) {
    stagedUnique = []
    if mark < 0 {
      tables = NameMap()
      references = [:]
      return release()
    }
    while journal.count > mark, let replaced = journal.popLast() {
      switch replaced {
      case .row(let address, let row):
        let table = tables.position(of: address.table, orAdding: StagedTable())
        tables.entries[table].value.rows[address.key] = row
      case .entry(let space, let key, let entry):
        let table = tables.position(of: space.table, orAdding: StagedTable())
        let index = position(of: space, in: table)
        tables.entries[table].value.indexes.entries[index].value.entries[key] = entry
      case .reference(let reference, let requirement): references[reference] = requirement
      case .explicitID(let name, let id):
        let table = tables.position(of: name, orAdding: StagedTable())
        tables.entries[table].value.explicitID = id
      }
    }
    // The unique indexes that came by the changes stay: without entries they ask for nothing.
    release()
  }

  private mutating func set(_ row: Row, at key: Key, in table: Int) {
    let old = tables.entries[table].value.rows.update(key) { _ in row }
    if journalMarks > 0 { journal.append(.row(RowAddress(table: tables.entries[table].name, key: key), old)) }
  }

  /// Changes what is staged of an entry.
  ///
  /// - Returns: The position of the index among those of the table.
  @discardableResult
  private mutating func change(
    _ key: Key, in space: KeySpace, of table: Int, _ body: (Entry?) -> Entry?
  ) -> Int {
    let index = position(of: space, in: table)
    let old = tables.entries[table].value.indexes.entries[index].value.entries.update(key, body)
    if journalMarks > 0 { journal.append(.entry(space, key, old)) }
    return index
  }

  /// The position of an index among those of its table.
  private mutating func position(of space: KeySpace, in table: Int) -> Int {
    tables.entries[table].value.indexes.position(of: space.index ?? "", orAdding: StagedTable.Index(space: space))
  }

  private mutating func set(_ requirement: (binding: TableBinding, values: [Value])?, for reference: Reference) {
    if journalMarks > 0 { journal.append(.reference(reference, references[reference])) }
    references[reference] = requirement
  }

  private mutating func setExplicitID(_ id: Int64, in table: Int) {
    if journalMarks > 0 {
      journal.append(.explicitID(tables.entries[table].name, tables.entries[table].value.explicitID))
    }
    tables.entries[table].value.explicitID = id
  }
}
