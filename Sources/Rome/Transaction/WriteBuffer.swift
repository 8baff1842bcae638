// SPDX-License-Identifier: Apache-2.0

/// The writes that a unit of work has staged and not yet committed. A value, so that a savepoint is a copy.
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

  var isEmpty: Bool { rows.isEmpty }
  /// The number of staged rows.
  var rowCount: Int { rows.values.reduce(0) { $0 + $1.count } }

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
    rows[schema.table, default: SortedBuffer()][key] = Row(
      base: existing?.base, bytes: RowFormat.encode(values), isAllocated: isAllocated && existing == nil)
    for index in binding.indexes { put(index, schema, key) { values[$0] } }
    refer(binding, key) { values[$0] }
    if schema.allocatesPrimaryKey, !isAllocated, case .int(let id) = values[schema.primaryKey[0]] {
      explicitIDs[schema.table] = max(id, explicitIDs[schema.table] ?? id)
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
      rows[schema.table, default: SortedBuffer()][key] = staged
    } else {
      rows[schema.table, default: SortedBuffer()][key] = Row(base: version, bytes: bytes)
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
      rows[schema.table, default: SortedBuffer()][key] = staged
    } else {
      rows[schema.table, default: SortedBuffer()][key] = Row(base: version, bytes: nil)
    }
    for index in binding.indexes { remove(index.entry(for: key) { old[$0] }, index) }
    for foreignKey in schema.foreignKeys.indices {
      references[Reference(address: schema.address(key), foreignKey: foreignKey)] = nil
    }
  }

  private mutating func put(_ index: EntitySchema.Index, _ schema: EntitySchema, _ key: Key, _ values: (Int) -> Value) {
    let entry = index.entry(for: key, values)
    let wasStored = entries[index.space]?[entry.key]?.wasStored ?? false
    entries[index.space, default: SortedBuffer()][entry.key] = Entry(
      columnsLength: entry.columnsLength, wasStored: wasStored, isPresent: true)
    if index.isUnique, !index.hasNull(values) {
      uniqueIndexes[index.space] = (schema.table, index.name)
      stagedUnique.append((index.space, Array(entry.columns)))
    }
  }

  private mutating func remove(_ entry: IndexEntry, _ index: EntitySchema.Index) {
    let wasStored = entries[index.space]?[entry.key]?.wasStored ?? true
    // An entry that the store never had leaves no trace.
    entries[index.space, default: SortedBuffer()][entry.key] =
      wasStored ? Entry(columnsLength: entry.columnsLength, wasStored: true, isPresent: false) : nil
  }

  private mutating func refer(_ binding: TableBinding, _ key: Key, _ values: (Int) -> Value) {
    for (number, foreignKey) in binding.schema.foreignKeys.enumerated() {
      let reference = Reference(address: binding.schema.address(key), foreignKey: number)
      let target = foreignKey.columns.map(values)
      if target.contains(where: \.isNull) {
        references[reference] = nil
      } else {
        references[reference] = (binding, target)
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
}
