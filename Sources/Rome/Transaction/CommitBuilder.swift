// SPDX-License-Identifier: Apache-2.0

/// Makes the commit of a transaction, and turns the check that failed into the error that it means.
struct CommitBuilder {
  /// Why a check is there.
  private enum Reason {
    case lease(Lease)
    case read
    case write
    case schema
    // Boxed, so that all the others are small.
    indirect case reference(table: String, column: String, key: Key, unbuilt: String?)
    indirect case unique(KeySpace)
    case insert(isAllocated: Bool)
  }

  private(set) var commit: Commit
  private var reasons: [Reason] = []

  /// Collects the checks and writes of a transaction.
  ///
  /// Checks whose failure means that somebody else was faster come before those that mean a violated constraint: a
  /// transaction that has read what it violates is run again, and sees it. The leases come before all: who has lost one
  /// need not care for the rest.
  ///
  /// - Parameters:
  ///   - transaction: The transaction.
  ///   - view: The tables as the transaction knew them.
  ///   - leases: What must be held when the commit is applied.
  ///   - stored: Of the entries that the transaction removes from unique indexes that are not built, those that are there.
  /// - Throws: ``RomeError`` with the code `foreignKeyViolation` when a staged row refers to one that the transaction deletes.
  init(
    _ transaction: Transaction, _ view: CatalogView, holding leases: [Lease] = [], stored: UnbuiltEntries = .none
  ) throws(RomeError) {
    commit = Commit(snapshot: transaction.isolation == .readCommitted ? nil : transaction.snapshotRevision)
    let buffer = transaction.buffer
    let rowCount = buffer.rowCount
    commit.checks.reserveCapacity(rowCount + transaction.reads.rows.count + 2)
    reasons.reserveCapacity(commit.checks.capacity)
    commit.writes.reserveCapacity(rowCount + buffer.entryCount)
    addLeases(leases)
    addReads(transaction.reads, except: buffer)
    addReads(transaction.guards, except: buffer)
    commit.snapshotChecks = commit.checks.count
    addWrites(buffer, view)
    try addReferences(buffer, view)
    addUniqueness(buffer, stored)
    addInsertions(buffer)
    buffer.forEachExplicitID { commit.writes.append(.advanceSequence($0, past: $1)) }
  }

  /// Collects only the checks that everything which a transaction has read is still so.
  init(readsOf transaction: Transaction) {
    commit = Commit()
    addReads(transaction.reads, except: WriteBuffer())
  }

  private mutating func add(_ check: consuming Check, _ reason: consuming Reason) {
    commit.checks.append(check)
    reasons.append(reason)
  }

  private mutating func addLeases(_ leases: [Lease]) {
    if leases.isEmpty { return }
    var seen: Set<Check> = []
    for lease in leases {
      let check = Check.lease(lease.name, token: lease.token)
      if seen.insert(check).inserted { add(check, .lease(lease)) }
    }
  }

  private mutating func addReads(_ reads: ReadSet, except buffer: WriteBuffer) {
    if reads.isEmpty { return }
    for (address, version) in reads.rows {
      // A row that is written is checked with its write; but only when that is the state that was read.
      if let staged = buffer.row(address), staged.base == version, version != nil { continue }
      add(.row(address, version: version), .read)
    }
    for range in reads.ranges {
      add(.range(range.space, range.range, keys: range.keys), .read)
    }
    for range in reads.counts {
      add(.count(range.space, range.range, range.count), .read)
    }
  }

  private mutating func addWrites(_ buffer: WriteBuffer, _ view: CatalogView) {
    // What was read is only right when the indexes that it was read from were still kept.
    let isProof = reasons.contains { if case .lease = $0 { false } else { true } }
    if isProof || !buffer.isEmpty { add(.row(TableRecord.epoch, version: view.epoch), .schema) }
    // By position: a copy of what is staged for a table, or an index, costs more than what is done with it.
    for table in buffer.tables.entries.indices {
      let name = buffer.tables.entries[table].name
      buffer.tables.entries[table].value.rows.forEach { key, row in
        let address = RowAddress(table: name, key: key)
        if let base = row.base { add(.row(address, version: base), .write) }
        if let bytes = row.bytes {
          commit.writes.append(.putRow(address, bytes))
        } else if row.base != nil {
          commit.writes.append(.deleteRow(address))
        }
      }
    }
    for table in buffer.tables.entries.indices {
      for index in buffer.tables.entries[table].value.indexes.entries.indices {
        let space = buffer.tables.entries[table].value.indexes.entries[index].value.space
        buffer.tables.entries[table].value.indexes.entries[index].value.entries.forEach { key, entry in
          if entry.isPresent == entry.wasStored { return }
          let indexEntry = IndexEntry(key: key, columnsLength: entry.columnsLength)
          commit.writes.append(entry.isPresent ? .putEntry(space, indexEntry) : .deleteEntry(space, indexEntry))
        }
      }
    }
  }

  private mutating func addReferences(_ buffer: WriteBuffer, _ view: CatalogView) throws(RomeError) {
    if buffer.references.isEmpty { return }
    var seen: Set<Check> = []
    for (reference, requirement) in buffer.references {
      let schema = requirement.binding.schema
      // The table that is referred to may have been used for the first time after the row was staged.
      let binding = view.binding(schema) ?? requirement.binding
      let target = binding.targets[reference.foreignKey].target(of: requirement.values)
      let column = schema.columns[schema.foreignKeys[reference.foreignKey].columns[0]].name
      let violation = RomeError(
        .foreignKeyViolation, "the row that the column refers to does not exist", entity: schema.table, column: column,
        key: reference.address.key)
      let check: Check
      var unbuilt: String?
      switch target {
      case .row(let address):
        if let staged = buffer.row(address) {
          if staged.bytes == nil { throw violation }
          continue
        }
        check = .exists(address)
      case .entry(let space, let columns):
        let range = KeyRange.prefix(columns)
        if let staged = buffer.entries(in: space) {
          let found = staged.all(in: range)
          if found.contains(where: \.element.isPresent) { continue }
          if !found.isEmpty { throw violation }
        }
        check = .count(space, range, 1)
        if !view.isReadable(space) { unbuilt = space.index }
      case .none:
        throw violation
      }
      if seen.insert(check).inserted {
        add(check, .reference(table: schema.table, column: column, key: reference.address.key, unbuilt: unbuilt))
      }
    }
  }

  private mutating func addUniqueness(_ buffer: WriteBuffer, _ stored: UnbuiltEntries) {
    for table in buffer.tables.entries.indices {
      for index in buffer.tables.entries[table].value.indexes.entries.indices
      where buffer.tables.entries[table].value.indexes.entries[index].value.mustBeUnique {
        addUniqueness(buffer.tables.entries[table].value.indexes.entries[index].value, stored)
      }
    }
  }

  private mutating func addUniqueness(_ index: StagedTable.Index, _ stored: UnbuiltEntries) {
    index.entries.forEach { key, entry in
      guard entry.isPresent, !entry.wasStored else { return }
      let columns = Array(key.bytes[..<entry.columnsLength])
      if UniqueKeys.hasNull(columns) { return }
      let range = KeyRange.prefix(columns)
      // Entries of the same values that this commit removes are there until it is applied.
      let removed = index.entries.all(in: range).filter(\.element.wasStored).map(\.key)
      add(.range(index.space, range, keys: stored.present(removed, in: index.space)), .unique(index.space))
    }
  }

  private mutating func addInsertions(_ buffer: WriteBuffer) {
    for table in buffer.tables.entries.indices {
      let name = buffer.tables.entries[table].name
      buffer.tables.entries[table].value.rows.forEach { key, row in
        guard row.base == nil, row.bytes != nil else { return }
        add(.row(RowAddress(table: name, key: key), version: nil), .insert(isAllocated: row.isAllocated))
      }
    }
  }

  /// The error that the failed check means.
  ///
  /// - Parameter check: The index of the check in the commit; -1 when the commit was not applied for another reason.
  func error(forFailed check: Int) -> RomeError {
    guard reasons.indices.contains(check) else {
      return RomeError(.conflict, "the connection was lost before the commit was applied", commitID: commit.id)
    }
    switch reasons[check] {
    case .lease(let lease):
      return RomeError(leaseLost: lease.name, commitID: commit.id)
    case .read:
      return RomeError(
        .conflict, "what the transaction read has changed", entity: commit.checks[check].table, commitID: commit.id)
    case .write:
      return RomeError(
        .conflict, "the row was changed by somebody else", entity: commit.checks[check].table,
        key: commit.checks[check].rowKey, commitID: commit.id)
    case .schema:
      return RomeError(.conflict, "a table of the store got another schema", commitID: commit.id)
    case .reference(let table, let column, let key, let unbuilt):
      if let unbuilt {
        return RomeError(
          .invalidState, "the unique index that the column refers to is not built yet: run buildIndexes() first",
          entity: table, column: column, index: unbuilt, key: key, commitID: commit.id)
      }
      return RomeError(
        .foreignKeyViolation, "the row that the column refers to does not exist", entity: table, column: column,
        key: key,
        commitID: commit.id)
    case .unique(let space):
      return RomeError(
        .uniqueViolation, "another row has the same values", entity: space.table, index: space.index,
        commitID: commit.id)
    case .insert(let isAllocated):
      let (table, key) = (commit.checks[check].table, commit.checks[check].rowKey)
      if isAllocated {
        return RomeError(
          .conflict, "somebody inserted a row with an explicit key that was reserved for this one", entity: table,
          key: key, commitID: commit.id)
      }
      return RomeError(
        .duplicatePrimaryKey, "another row has this key", entity: table, key: key, commitID: commit.id)
    }
  }

  /// The error of a store that refused the commit; where a write is too large, with its table and index, or the column to shorten.
  func error(forRefused error: RomeError, by capabilities: StoreCapabilities, _ view: CatalogView) -> RomeError {
    var named = error
    if named.code == .limitExceeded { named.commitID = commit.id }
    guard named.code == .limitExceeded, let write = capabilities.refusal(of: commit)?.write else { return named }
    switch commit.writes[write] {
    case .putRow(let address, _), .deleteRow(let address):
      named.entity = address.table
      named.key = address.key
      if let maximum = capabilities.maximumKeyBytes, address.key.bytes.count > maximum {
        named.column = view.records[address.table]?.longestColumn(of: address.key)
      }
    case .putEntry(let space, let entry), .deleteEntry(let space, let entry):
      named.entity = space.table
      named.index = space.index
      named.key = entry.rowKey
    case .advanceSequence(let table, _): named.entity = table
    }
    return named
  }

  /// The lease that the failed check is about; nil when it is about something else.
  func lease(ofFailed check: Int) -> Lease? {
    guard reasons.indices.contains(check), case .lease(let lease) = reasons[check] else { return nil }
    return lease
  }

  /// The row that was changed by somebody else when the check failed; nil when the check is about something else.
  func row(ofFailed check: Int) -> RowAddress? {
    guard reasons.indices.contains(check), case .row(let address, _) = commit.checks[check] else { return nil }
    switch reasons[check] {
    case .read, .write: return address
    default: return nil
    }
  }

  /// Whether the failed check is one of a unique index.
  func isUniqueCheck(_ check: Int) -> Bool {
    guard reasons.indices.contains(check), case .unique = reasons[check] else { return false }
    return true
  }

  /// Whether the failed check says that the tables of the store have changed.
  func isSchemaCheck(_ check: Int) -> Bool {
    guard reasons.indices.contains(check), case .schema = reasons[check] else { return false }
    return true
  }
}

extension Check {
  /// The table that the check is about; nil for a lease.
  fileprivate var table: String? {
    switch self {
    case .row(let address, _), .exists(let address): address.table
    case .range(let space, _, _), .count(let space, _, _): space.table
    case .lease: nil
    }
  }

  /// The key of the row that the check is about, if it is one.
  fileprivate var rowKey: Key? {
    switch self {
    case .row(let address, _), .exists(let address): address.key
    default: nil
    }
  }
}
