// SPDX-License-Identifier: Apache-2.0

extension Store {
  /// Proves that rows, indexes, unique constraints and foreign keys of all tables agree, reading everything once in
  /// batches: memory does not grow with the store. The tables come from the records in the store, so no entity is needed.
  ///
  /// On a store with snapshots this can run while others write; on one without, what changes meanwhile may be reported.
  ///
  /// - Parameter batchSize: How many rows or entries to read at once.
  /// - Returns: The counts and all problems.
  /// - Throws: ``RomeError`` when the store can't be read or a record of a table is none.
  public func verify(batchSize: Int = 500) async throws(RomeError) -> VerificationReport {
    let tables = try await catalog.recordedTables(in: self)
    let reader = try await romeError { () async throws(StoreError) in try await snapshot() }
    var verifier = Verifier(reader: reader, batchSize: max(1, batchSize))
    for table in tables { try await verifier.verify(table) }
    return verifier.report
  }
}

/// Checks tables one by one.
private struct Verifier {
  let reader: any StoreReader
  let batchSize: Int
  var report = VerificationReport()

  mutating func verify(_ binding: TableBinding) async throws(RomeError) {
    report.tableCount += 1
    try await forEachBatch(Scan(binding.schema.rowSpace, limit: batchSize)) { page, verifier throws(RomeError) in
      try await verifier.verifyRows(page, binding)
    }
    for index in binding.indexes {
      var last: IndexEntry?
      try await forEachBatch(Scan(index.space, limit: batchSize)) { page, verifier throws(RomeError) in
        try await verifier.verifyEntries(page, index, binding, after: last)
        last = page.entries.last
      }
    }
  }

  private mutating func forEachBatch(
    _ first: Scan, _ body: (ScanPage, inout Verifier) async throws(RomeError) -> Void
  ) async throws(RomeError) {
    var scan = first
    while true {
      guard let page = try await pages([scan]).first else { return }
      try await body(page, &self)
      guard page.isTruncated, let last = page.entries.last else { return }
      scan = scan.resumed(after: last)
    }
  }

  private mutating func note(_ kind: VerificationReport.Problem.Kind, _ table: String, _ name: String?, _ key: Key) {
    report.problems.append(.init(kind: kind, table: table, name: name, key: key))
  }

  private mutating func verifyRows(_ page: ScanPage, _ binding: TableBinding) async throws(RomeError) {
    let schema = binding.schema
    var lookups: [Scan] = []
    var expectations: [(kind: VerificationReport.Problem.Kind, name: String, key: Key)] = []
    for (entry, stored) in zip(page.entries, page.rows) {
      guard let stored else { continue }
      report.rowCount += 1
      guard let row = try? EncodedRow(stored.bytes, columns: schema.columns) else {
        note(.corruptRow, schema.table, nil, entry.key)
        continue
      }
      if schema.key(of: { row[$0] }) != entry.key { note(.wrongKey, schema.table, nil, entry.key) }
      for index in binding.indexes where binding.readable.contains(index.name) {
        let expected = index.entry(for: entry.key) { row[$0] }
        lookups.append(Scan(index.space, KeyRange(lower: expected.key, upper: expected.key.next), fetch: .count))
        expectations.append((.missingEntry, index.name, entry.key))
      }
      for (foreignKey, target) in zip(schema.foreignKeys, binding.targets) {
        let values = foreignKey.columns.map { row[$0] }
        if values.contains(where: \.isNull) { continue }
        expectations.append((.brokenReference, schema.columns[foreignKey.columns[0]].name, entry.key))
        switch target.target(of: values) {
        case .row(let address):
          let range = KeyRange(lower: address.key, upper: address.key.next)
          lookups.append(Scan(.rows(address.table), range, fetch: .count))
        case .entry(let space, let columns):
          lookups.append(Scan(space, .prefix(columns), fetch: .count))
        case .none:
          note(.brokenReference, schema.table, schema.columns[foreignKey.columns[0]].name, entry.key)
          expectations.removeLast()
        }
      }
    }
    if lookups.isEmpty { return }
    for (expectation, found) in zip(expectations, try await pages(lookups)) where found.count == 0 {
      note(expectation.kind, schema.table, expectation.name, expectation.key)
    }
  }

  private mutating func verifyEntries(
    _ page: ScanPage, _ index: EntitySchema.Index, _ binding: TableBinding, after previous: IndexEntry?
  ) async throws(RomeError) {
    let schema = binding.schema
    let addresses = page.entries.map { schema.address($0.rowKey) }
    if addresses.isEmpty { return }
    let rows = try await romeError { () async throws(StoreError) in try await reader.read(addresses) }
    var previous = previous
    for (entry, stored) in zip(page.entries, rows) {
      report.entryCount += 1
      if let stored, let row = try? EncodedRow(stored.bytes, columns: schema.columns) {
        if index.entry(for: entry.rowKey, { row[$0] }) != entry {
          note(.orphanedEntry, schema.table, index.name, entry.key)
        } else if index.isUnique, !index.hasNull({ row[$0] }), previous?.columns == entry.columns {
          note(.duplicate, schema.table, index.name, entry.key)
        }
      } else {
        note(.orphanedEntry, schema.table, index.name, entry.key)
      }
      previous = entry
    }
  }

  private func pages(_ scans: [Scan]) async throws(RomeError) -> [ScanPage] {
    try await romeError { () async throws(StoreError) in try await reader.scan(scans) }
  }
}
