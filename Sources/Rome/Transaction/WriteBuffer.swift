// SPDX-License-Identifier: Apache-2.0

/// The writes that a unit of work has staged and not yet committed.
///
/// A flush that fails and a savepoint take back what was staged since their ``mark()``. While one is open, a journal keeps what each
/// change replaced; a copy of the buffer would cost each flush as much as all that was staged before.
struct WriteBuffer {
  /// A row that is written.
  struct Row: Sendable {
    /// The version of the row in the store when it was first staged; nil when it was not there.
    let base: Revision?
    /// The new bytes; nil when the row is deleted.
    var bytes: [UInt8]?
    /// Whether the primary key of an inserted row was allocated by Rome.
    var isAllocated = false
  }

  /// An entry of an index that is written.
  struct Entry: Sendable {
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

  /// What the changes since the first open mark of a buffer that held something replaced.
  private var journal: [Replaced] = []
  /// How many of the open marks need the journal. The others, the outer ones, are of an empty buffer.
  private var journalMarks = 0

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
    rows.isEmpty ? nil : rows[address.table]?[address.key]
  }

  /// Stages the insertion of a row.
  ///
  /// - Returns: The bytes of the row.
  mutating func insert(
    _ binding: TableBinding, key: Key, values: [Value], isAllocated: Bool
  ) throws(RomeError) -> [UInt8] {
    let schema = binding.schema
    let existing = rows[schema.table]?[key]
    if let existing, existing.bytes != nil {
      throw RomeError(.duplicatePrimaryKey, "the transaction has a row with this key", entity: schema.table, key: key)
    }
    let bytes = RowFormat.encode(values)
    set(
      Row(base: existing?.base, bytes: bytes, isAllocated: isAllocated && existing == nil), at: schema.address(key))
    for index in binding.indexes { put(index, schema, key) { values[$0] } }
    refer(binding, key) { values[$0] }
    if schema.allocatesPrimaryKey, !isAllocated, case .int(let id) = values[schema.primaryKey[0]] {
      set(max(id, explicitIDs[schema.table] ?? id), of: schema.table)
    }
    return bytes
  }

  /// Stages new values of a row. Only the indexes whose columns changed are touched.
  ///
  /// - Returns: The bytes of the row.
  @discardableResult
  mutating func update(_ binding: TableBinding, key: Key, version: Revision?, _ row: ChangedRow) -> [UInt8] {
    let schema = binding.schema
    let bytes = RowFormat.encode(row)
    if var staged = rows[schema.table]?[key] {
      staged.bytes = bytes
      set(staged, at: schema.address(key))
    } else {
      set(Row(base: version, bytes: bytes), at: schema.address(key))
    }
    for index in binding.indexes where row.changed.containsAny(of: index.columns) {
      remove(index.entry(for: key) { row.old[$0] }, index)
      put(index, schema, key) { row[$0] }
    }
    if schema.foreignKeys.contains(where: { row.changed.containsAny(of: $0.columns) }) {
      refer(binding, key) { row[$0] }
    }
    return bytes
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
    change(entry.key, in: index.space) { old in
      Entry(columnsLength: entry.columnsLength, wasStored: old?.wasStored ?? false, isPresent: true)
    }
    if index.isUnique, !index.hasNull(values) {
      uniqueIndexes[index.space] = (schema.table, index.name)
      stagedUnique.append((index.space, Array(entry.columns)))
    }
  }

  private mutating func remove(_ entry: IndexEntry, _ index: EntitySchema.Index) {
    change(entry.key, in: index.space) { old in
      // An entry that the store never had leaves no trace.
      old?.wasStored ?? true ? Entry(columnsLength: entry.columnsLength, wasStored: true, isPresent: false) : nil
    }
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
    if journalMarks == 0 { journal = [] }
  }

  /// Takes back the changes since the mark.
  mutating func rollBack(to mark: Int) {
    if mark < 0 {
      rows = [:]
      entries = [:]
      references = [:]
      explicitIDs = [:]
      stagedUnique = []
      return release()
    }
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
    let old = rows[address.table, default: SortedBuffer()].update(address.key) { _ in row }
    if journalMarks > 0 { journal.append(.row(address, old)) }
  }

  private mutating func change(_ key: Key, in space: KeySpace, _ body: (Entry?) -> Entry?) {
    let old = entries[space, default: SortedBuffer()].update(key, body)
    if journalMarks > 0 { journal.append(.entry(space, key, old)) }
  }

  private mutating func set(_ requirement: (binding: TableBinding, values: [Value])?, for reference: Reference) {
    if journalMarks > 0 { journal.append(.reference(reference, references[reference])) }
    references[reference] = requirement
  }

  private mutating func set(_ id: Int64, of table: String) {
    if journalMarks > 0 { journal.append(.explicitID(table, explicitIDs[table])) }
    explicitIDs[table] = id
  }
}
