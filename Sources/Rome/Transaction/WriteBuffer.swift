// SPDX-License-Identifier: Apache-2.0

/// The writes that a unit of work has staged and not yet committed.
///
/// A flush that fails and a savepoint take back what was staged since their ``mark()``. While one is open, a journal keeps what each
/// change replaced; a copy of the buffer would cost each flush as much as all that was staged before.
struct WriteBuffer {
  /// A row that is written.
  struct Row {
    /// The version of the row in the store when it was first staged; nil when it was not there.
    let base: Revision?
    /// The new bytes; nil when the row is deleted.
    var bytes: [UInt8]?
    /// Whether the primary key of an inserted row was allocated by Rome.
    var isAllocated = false
  }

  /// An entry of an index that is written.
  struct Entry {
    let columnsLength: Int
    /// Whether the store holds the entry.
    let wasStored: Bool
    /// Whether the commit leaves the entry there.
    var isPresent: Bool
  }

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

  private(set) var rows: [String: SortedBuffer<Row>] = [:]
  private(set) var entries: [KeySpace: SortedBuffer<Entry>] = [:]
  private(set) var references: [Reference: (binding: TableBinding, values: [Value])] = [:]
  /// The unique indexes of staged rows by their key spaces.
  private(set) var uniqueIndexes: [KeySpace: (table: String, name: String)] = [:]
  /// The values of unique indexes that were staged since the last look for duplicates.
  private var stagedUnique: [(space: KeySpace, columns: [UInt8])] = []
  /// The greatest explicit id of each table that allocates its primary keys.
  private(set) var explicitIDs: [String: Int64] = [:]

  /// What a change replaced.
  private enum Replaced {
    case row(RowAddress, Row?)
    case entry(KeySpace, Key, Entry?)
    case reference(Reference, (binding: TableBinding, values: [Value])?)
    case explicitID(String, Int64?)
  }

  /// What the changes since the first open mark replaced.
  private var journal: [Replaced] = []
  private var openMarks = 0

  var isEmpty: Bool { rows.values.allSatisfy(\.isEmpty) }
  /// The number of staged rows.
  var rowCount: Int { rows.values.reduce(0) { $0 + $1.count } }

  /// Whether staged writes may change the answer to a scan.
  func touches(_ scan: Scan) -> Bool {
    if rows.isEmpty { return false }
    return rows[scan.space.table]?.isEmpty == false || entries[scan.space]?.isEmpty == false
  }

  /// The staged state of a row; nil when it is not staged.
  func row(_ address: RowAddress) -> Row? {
    rows[address.table]?[address.key]
  }

  /// Stages the insertion of a row.
  mutating func insert(_ binding: TableBinding, key: Key, values: [Value], isAllocated: Bool) throws(RomeError) {
    let schema = binding.schema
    let existing = rows[schema.table]?[key]
    if let existing, existing.bytes != nil {
      throw RomeError(.duplicatePrimaryKey, "the transaction has a row with this key", entity: schema.table, key: key)
    }
    set(
      Row(base: existing?.base, bytes: RowFormat.encode(values), isAllocated: isAllocated && existing == nil),
      at: schema.address(key))
    for index in binding.indexes { put(index, schema, key) { values[$0] } }
    refer(binding, key) { values[$0] }
    if schema.allocatesPrimaryKey, !isAllocated, case .int(let id) = values[schema.primaryKey[0]] {
      set(max(id, explicitIDs[schema.table] ?? id), of: schema.table)
    }
  }

  /// Stages new values of a row. Only the indexes whose columns changed are touched.
  mutating func update(
    _ binding: TableBinding, key: Key, old: EncodedRow, version: Revision?, values: [Value], changed: ColumnSet
  ) {
    let schema = binding.schema
    let bytes = RowFormat.encode(values)
    if var staged = rows[schema.table]?[key] {
      staged.bytes = bytes
      set(staged, at: schema.address(key))
    } else {
      set(Row(base: version, bytes: bytes), at: schema.address(key))
    }
    for index in binding.indexes where changed.containsAny(of: index.columns) {
      remove(index.entry(for: key) { old[$0] }, index)
      put(index, schema, key) { values[$0] }
    }
    if schema.foreignKeys.contains(where: { changed.containsAny(of: $0.columns) }) {
      refer(binding, key) { values[$0] }
    }
  }

  /// Stages the deletion of a row.
  mutating func delete(_ binding: TableBinding, key: Key, old: EncodedRow, version: Revision?) {
    let schema = binding.schema
    if var staged = rows[schema.table]?[key] {
      staged.bytes = nil
      set(staged, at: schema.address(key))
    } else {
      set(Row(base: version, bytes: nil), at: schema.address(key))
    }
    for index in binding.indexes { remove(index.entry(for: key) { old[$0] }, index) }
    for foreignKey in schema.foreignKeys.indices {
      set(nil, for: Reference(address: schema.address(key), foreignKey: foreignKey))
    }
  }

  private mutating func put(_ index: EntitySchema.Index, _ schema: EntitySchema, _ key: Key, _ values: (Int) -> Value) {
    let entry = index.entry(for: key, values)
    let wasStored = entries[index.space]?[entry.key]?.wasStored ?? false
    set(
      Entry(columnsLength: entry.columnsLength, wasStored: wasStored, isPresent: true), at: entry.key, in: index.space)
    if index.isUnique, !index.hasNull(values) {
      uniqueIndexes[index.space] = (schema.table, index.name)
      stagedUnique.append((index.space, Array(entry.columns)))
    }
  }

  private mutating func remove(_ entry: IndexEntry, _ index: EntitySchema.Index) {
    let wasStored = entries[index.space]?[entry.key]?.wasStored ?? true
    // An entry that the store never had leaves no trace.
    set(
      wasStored ? Entry(columnsLength: entry.columnsLength, wasStored: true, isPresent: false) : nil,
      at: entry.key, in: index.space)
  }

  private mutating func refer(_ binding: TableBinding, _ key: Key, _ values: (Int) -> Value) {
    for (number, foreignKey) in binding.schema.foreignKeys.enumerated() {
      let reference = Reference(address: binding.schema.address(key), foreignKey: number)
      let target = foreignKey.columns.map(values)
      if target.contains(where: \.isNull) {
        set(nil, for: reference)
      } else {
        set((binding, target), for: reference)
      }
    }
  }

  /// Finds two staged rows with the same values in a unique index.
  mutating func checkStagedUniqueness() throws(RomeError) {
    defer { stagedUnique = [] }
    for (space, columns) in stagedUnique {
      guard let staged = entries[space] else { continue }
      let present = staged.positions(in: .prefix(columns)).filter { staged.elements[$0].isPresent }
      if present.count > 1 {
        throw RomeError(
          .uniqueViolation, "two rows of the transaction have the same values", entity: space.table, index: space.index)
      }
    }
  }

  // MARK: Taking back

  /// Begins to keep what changes replace. Each mark ends once, the last one first: by ``release()`` or by ``rollBack(to:)``.
  mutating func mark() -> Int {
    openMarks += 1
    return journal.count
  }

  /// Keeps the changes since the mark.
  mutating func release() {
    openMarks -= 1
    if openMarks == 0 { journal = [] }
  }

  /// Takes back the changes since the mark.
  mutating func rollBack(to mark: Int) {
    while journal.count > mark, let replaced = journal.popLast() {
      switch replaced {
      case .row(let address, let row): rows[address.table]?[address.key] = row
      case .entry(let space, let key, let entry): entries[space]?[key] = entry
      case .reference(let reference, let requirement): references[reference] = requirement
      case .explicitID(let table, let id): explicitIDs[table] = id
      }
    }
    // The unique indexes that came by the changes stay: without entries they ask for nothing.
    stagedUnique = []
    release()
  }

  private mutating func set(_ row: Row, at address: RowAddress) {
    if openMarks > 0 { journal.append(.row(address, rows[address.table]?[address.key])) }
    rows[address.table, default: SortedBuffer()][address.key] = row
  }

  private mutating func set(_ entry: Entry?, at key: Key, in space: KeySpace) {
    if openMarks > 0 { journal.append(.entry(space, key, entries[space]?[key])) }
    entries[space, default: SortedBuffer()][key] = entry
  }

  private mutating func set(_ requirement: (binding: TableBinding, values: [Value])?, for reference: Reference) {
    if openMarks > 0 { journal.append(.reference(reference, references[reference])) }
    references[reference] = requirement
  }

  private mutating func set(_ id: Int64, of table: String) {
    if openMarks > 0 { journal.append(.explicitID(table, explicitIDs[table])) }
    explicitIDs[table] = id
  }
}
