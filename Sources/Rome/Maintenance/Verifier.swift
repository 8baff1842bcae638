// SPDX-License-Identifier: Apache-2.0

/// Checks tables one by one, and gives each finding to whoever asked.
struct Verifier {
  let store: any Store
  /// What the rows and entries are read from: the store, or a snapshot that is set later.
  var reader: any StoreReader
  let batchSize: Int
  let progress: (VerificationProgress) -> Void
  /// Decides what becomes of a finding, and says whether it was mended.
  let handle: (Finding) async throws(RomeError) -> Bool
  var report = VerificationReport()

  init(
    store: any Store, batchSize: Int, progress: @escaping (VerificationProgress) -> Void,
    handle: @escaping (Finding) async throws(RomeError) -> Bool
  ) {
    self.store = store
    reader = store
    self.batchSize = max(1, batchSize)
    self.progress = progress
    self.handle = handle
  }

  /// Verifies all tables that the store has.
  mutating func verifyAll() async throws(RomeError) {
    // A table whose record is not listed would not be found.
    _ = try await verifyLayout(of: [TableRecord.space, BuildProgress.space])
    let tables = try await store.catalog.recordedTables(in: store)
    let store = self.store
    reader = try await romeError { () async throws(StoreError) in try await store.snapshot() }
    for table in tables { try await verify(table) }
  }

  private mutating func verify(_ binding: TableBinding) async throws(RomeError) {
    report.tableCount += 1
    let unreadable = try await verifyLayout(of: [binding.schema.rowSpace] + binding.indexes.map(\.space))
    // Entries are compared with their rows, so without those there is nothing to say.
    if unreadable.contains(binding.schema.rowSpace) { return }
    try await forEachBatch(Scan(binding.schema.rowSpace, limit: batchSize)) { page, verifier throws(RomeError) in
      try await verifier.verifyRows(page, binding)
      verifier.tell(binding.schema.rowSpace)
    }
    for index in binding.indexes where !unreadable.contains(index.space) {
      var last: IndexEntry?
      try await forEachBatch(Scan(index.space, limit: batchSize)) { page, verifier throws(RomeError) in
        try await verifier.verifyEntries(page, index, binding, after: last)
        last = page.entries.last
        verifier.tell(index.space)
      }
    }
    try await verifySequence(binding.schema)
  }

  func tell(_ space: KeySpace) {
    progress(
      VerificationProgress(
        table: space.table, index: space.index, checkedCount: report.rowCount + report.entryCount,
        problemCount: report.problemCount))
  }

  private mutating func forEachBatch(
    _ first: Scan, _ body: (ScanPage, inout Verifier) async throws(RomeError) -> Void
  ) async throws(RomeError) {
    var scan = first
    while true {
      if Task.isCancelled { throw RomeError(.cancelled, "the task was cancelled") }
      guard let page = try await pages([scan]).first else { return }
      try await body(page, &self)
      guard page.isTruncated, let last = page.entries.last else { return }
      scan = scan.resumed(after: last)
    }
  }

  /// Notes a problem, once it is proved.
  private mutating func note(
    _ kind: VerificationReport.Problem.Kind, _ table: String, _ name: String?, _ key: Key, evidence: [Check],
    remedy: [Write] = [], conditions: [Check] = []
  ) async throws(RomeError) {
    let problem = VerificationReport.Problem(kind: kind, table: table, name: name, key: key)
    // Without a snapshot, what looks wrong may just have been changed between two looks: only one state proves it.
    if reader.revision == nil, !evidence.isEmpty {
      let proof = Commit(checks: evidence)
      let outcome = try await romeError { () async throws(StoreError) in try await store.commit(proof) }
      if case .conflict = outcome { return }
    }
    report.note(problem)
    _ = try await handle(Finding(problem: problem, evidence: evidence, remedy: remedy, conditions: conditions))
  }

  // MARK: Rows

  private mutating func verifyRows(_ page: ScanPage, _ binding: TableBinding) async throws(RomeError) {
    var lookups: [Scan] = []
    var suspicions: [Suspicion] = []
    for (entry, stored) in zip(page.entries, page.rows) {
      guard let stored else { continue }
      report.rowCount += 1
      let isThere = Check.row(binding.schema.address(entry.key), version: stored.version)
      guard let row = try? EncodedRow(stored.buffer, stored.range, binding.schema.rowShape) else {
        try await note(.corruptRow, binding.schema.table, nil, entry.key, evidence: [isThere])
        continue
      }
      if binding.schema.key(of: { row[$0] }) != entry.key {
        try await note(.wrongKey, binding.schema.table, nil, entry.key, evidence: [isThere])
      }
      for (scan, suspicion) in expectations(of: row, entry.key, isThere, binding) {
        if let scan {
          lookups.append(scan)
          suspicions.append(suspicion)
        } else {
          try await note(suspicion)
        }
      }
    }
    if lookups.isEmpty { return }
    for (suspicion, found) in zip(suspicions, try await pages(lookups)) where found.count == 0 {
      try await note(suspicion)
    }
  }

  /// What is wrong with a row when a scan finds nothing.
  private struct Suspicion {
    let kind: VerificationReport.Problem.Kind
    let table: String
    let name: String
    let key: Key
    let evidence: [Check]
    var remedy: [Write] = []
    var conditions: [Check] = []
  }

  private mutating func note(_ suspicion: Suspicion) async throws(RomeError) {
    try await note(
      suspicion.kind, suspicion.table, suspicion.name, suspicion.key, evidence: suspicion.evidence,
      remedy: suspicion.remedy, conditions: suspicion.conditions)
  }

  private func expectations(
    of row: EncodedRow, _ key: Key, _ isThere: Check, _ binding: TableBinding
  ) -> [(scan: Scan?, suspicion: Suspicion)] {
    let schema = binding.schema
    var expectations: [(scan: Scan?, suspicion: Suspicion)] = []
    for index in binding.indexes where binding.readable.contains(index.name) {
      let entry = index.entry(for: key, of: row)
      let range = KeyRange(lower: entry.key, upper: entry.key.next)
      let evidence = [isThere, .count(index.space, range, 0)]
      // Another row may have the same values: then both can't have their entries.
      let isUnique = index.isUnique && !index.hasNull(in: row)
      let conditions: [Check] = isUnique ? [.range(index.space, .prefix(Array(entry.columns)), keys: [])] : []
      expectations.append(
        (
          Scan(index.space, range, fetch: .count),
          Suspicion(
            kind: .missingEntry, table: schema.table, name: index.name, key: key, evidence: evidence,
            remedy: [.putEntry(index.space, entry)], conditions: conditions)
        ))
    }
    for (foreignKey, target) in zip(schema.foreignKeys, binding.targets) {
      let values = foreignKey.columns.map { row[$0] }
      if values.contains(where: \.isNull) { continue }
      let column = schema.columns[foreignKey.columns[0]].name
      func suspicion(_ absence: [Check]) -> Suspicion {
        Suspicion(
          kind: .brokenReference, table: schema.table, name: column, key: key, evidence: [isThere] + absence, remedy: []
        )
      }
      switch target.target(of: values) {
      case .row(let address):
        let scan = Scan(.rows(address.table), KeyRange(lower: address.key, upper: address.key.next), fetch: .count)
        expectations.append((scan, suspicion([.row(address, version: nil)])))
      case .entry(let space, let columns):
        let scan = Scan(space, .prefix(columns), fetch: .count)
        expectations.append((scan, suspicion([.range(space, .prefix(columns), keys: [])])))
      case .none: expectations.append((nil, suspicion([])))
      }
    }
    return expectations
  }

  // MARK: Entries

  private mutating func verifyEntries(
    _ page: ScanPage, _ index: EntitySchema.Index, _ binding: TableBinding, after previous: IndexEntry?
  ) async throws(RomeError) {
    let schema = binding.schema
    let addresses = page.entries.map { schema.address($0.rowKey) }
    if addresses.isEmpty { return }
    let rows = try await romeError { () async throws(StoreError) in try await reader.read(addresses) }
    var previous = previous
    for (entry, (address, stored)) in zip(page.entries, zip(addresses, rows)) {
      report.entryCount += 1
      let row = stored.flatMap { try? EncodedRow($0.buffer, $0.range, schema.rowShape) }
      let range = KeyRange(lower: entry.key, upper: entry.key.next)
      let evidence: [Check] = [.row(address, version: stored?.version), .range(index.space, range, keys: [entry.key])]
      if let row, index.entry(for: entry.rowKey, of: row) == entry {
        if index.isUnique, !index.hasNull(in: row), previous?.columns == entry.columns {
          try await note(.duplicate, schema.table, index.name, entry.key, evidence: evidence)
        }
      } else {
        // A row that can't be read says nothing about its entries.
        let remedy: [Write] = stored != nil && row == nil ? [] : [.deleteEntry(index.space, entry)]
        try await note(.orphanedEntry, schema.table, index.name, entry.key, evidence: evidence, remedy: remedy)
      }
      previous = entry
    }
  }

  // MARK: Sequences

  /// The numbers that a sequence hands out next must be greater than those of all rows. To ask for one takes it, so each look
  /// leaves a gap.
  private mutating func verifySequence(_ schema: EntitySchema) async throws(RomeError) {
    guard schema.allocatesPrimaryKey else { return }
    let last = try await pages([Scan(schema.rowSpace, limit: 1, direction: .backward)]).first
    guard let entry = last?.entries.first, let stored = last?.rows.first ?? nil,
      let row = try? EncodedRow(stored.buffer, stored.range, schema.rowShape),
      case .int(let greatest) = row[schema.primaryKey[0]], greatest > 0
    else { return }
    let numbers = try? await romeError { () async throws(StoreError) in
      try await store.reserveIDs(schema.table, count: 1)
    }
    // One that has no numbers left is behind nothing.
    guard let numbers, numbers.lowerBound <= greatest else { return }
    let column = schema.columns[schema.primaryKey[0]].name
    try await note(
      .sequenceBehind, schema.table, column, entry.key, evidence: [],
      remedy: [.advanceSequence(schema.table, past: greatest)])
  }

  private func pages(_ scans: [Scan]) async throws(RomeError) -> [ScanPage] {
    try await romeError { () async throws(StoreError) in try await reader.scan(scans) }
  }
}
