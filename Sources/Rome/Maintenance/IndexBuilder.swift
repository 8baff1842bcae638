// SPDX-License-Identifier: Apache-2.0

/// Gives the rows of a table their entries in a new index, batch after batch.
struct IndexBuilder {
  /// How often in a row a single row may change under the builder.
  static let maximumConflicts = 32

  let store: any Store
  let binding: TableBinding
  let index: EntitySchema.Index
  let batchSize: Int

  private var table: String { binding.schema.table }
  private var progressAddress: RowAddress { BuildProgress.address(of: index.name, table: table) }

  /// Where the building is, and the versions of the rows that say so.
  private struct Position {
    var progress: BuildProgress
    var version: Revision?
    let record: Revision
  }

  /// Builds the index, from where somebody has stopped.
  ///
  /// - Parameter progress: Called after each commit.
  /// - Returns: Whether it was there to be built up to the end: another process may end or drop it first.
  func build(_ progress: (IndexProgress) -> Void) async throws(RomeError) -> Bool {
    guard var position = try await currentPosition() else { return false }
    if position.version == nil { position.progress.totalRows = try await rowCount() }
    var size = batchSize
    var conflicts = 0
    while true {
      if Task.isCancelled { throw RomeError(.cancelled, "the task was cancelled") }
      let page = try await nextRows(size, after: position.progress)
      if page.entries.isEmpty { break }
      if let next = try await addEntries(page, position) {
        position = next
        conflicts = 0
        size = min(batchSize, size * 2)
        progress(report(position.progress))
        if page.isTruncated { continue } else { break }
      }
      // A row of the batch was changed, or another builder was faster. The smaller the batch, the sooner one gets through.
      conflicts = size == 1 ? conflicts + 1 : 0
      size = max(1, size / 2)
      let before = position.version
      guard let current = try await currentPosition() else { return false }
      position = current
      if position.version != before { conflicts = 0 }
      if conflicts > Self.maximumConflicts {
        throw RomeError(
          .conflict, "a row changes too often to be given its entry: what is built stays, run buildIndexes() again",
          entity: table, index: index.name, key: page.entries.first?.key)
      }
      try await wait(conflicts)
    }
    try await store.catalog.markReadable(index.name, of: table, in: store)
    return true
  }

  private func report(_ state: BuildProgress) -> IndexProgress {
    IndexProgress(
      table: table, index: index.name, finishedRows: state.finishedRows,
      totalRows: max(state.totalRows, state.finishedRows))
  }

  private func wait(_ conflicts: Int) async throws(RomeError) {
    if conflicts == 0 { return }
    do {
      try await Task.sleep(for: RetryPolicy.default.delay(afterAttempt: conflicts, lasting: .seconds(1)))
    } catch {
      throw RomeError(.cancelled, "the task was cancelled")
    }
  }

  /// Reads where the building is; nil when the index is complete or gone.
  private func currentPosition() async throws(RomeError) -> Position? {
    let addresses = [TableRecord.address(of: table), progressAddress]
    let rows = try await romeError { () async throws(StoreError) in try await store.read(addresses) }
    guard rows.count == 2, let stored = rows[0] else { return nil }
    let record = try TableRecord.decode(stored.bytes, key: addresses[0].key)
    guard record.indexes.contains(where: { $0.name == index.name && !$0.isReadable }) else { return nil }
    let progress = rows[1].map { BuildProgress.decode($0.bytes) } ?? BuildProgress()
    return Position(progress: progress, version: rows[1]?.version, record: stored.version)
  }

  private func rowCount() async throws(RomeError) -> Int {
    try await pages([Scan(binding.schema.rowSpace, fetch: .count)]).first?.count ?? 0
  }

  private func nextRows(_ limit: Int, after progress: BuildProgress) async throws(RomeError) -> ScanPage {
    let range = progress.last.map { KeyRange(lower: Key($0).next, upper: nil) } ?? .all
    let scan = Scan(binding.schema.rowSpace, range, limit: limit)
    return try await pages([scan]).first ?? ScanPage(entries: [], rows: [], isTruncated: false)
  }

  /// Commits the entries of a batch of rows.
  ///
  /// - Returns: Where the building is now; nil when something of the batch was changed meanwhile.
  private func addEntries(_ page: ScanPage, _ position: Position) async throws(RomeError) -> Position? {
    let schema = binding.schema
    // The record says that the index is neither complete nor dropped.
    var commit = Commit(checks: [
      .row(TableRecord.address(of: table), version: position.record), .row(progressAddress, version: position.version),
    ])
    var unique: [IndexEntry] = []
    for (entry, stored) in zip(page.entries, page.rows) {
      guard let stored else { continue }
      let row = try schema.decode(stored, key: entry.key)
      let new = index.entry(for: entry.key, of: row)
      commit.checks.append(.row(schema.address(entry.key), version: stored.version))
      commit.writes.append(.putEntry(index.space, new))
      if index.isUnique, !index.hasNull(in: row) { unique.append(new) }
    }
    let ranges = unique.map { KeyRange.prefix(Array($0.columns)) }
    var duplicate: IndexEntry?
    var seen: Set<[UInt8]> = []
    let found = try await pages(ranges.map { Scan(index.space, $0, fetch: .entries) })
    for ((new, range), page) in zip(zip(unique, ranges), found) {
      if page.entries.contains(where: { $0.key != new.key }) || !seen.insert(Array(new.columns)).inserted {
        duplicate = duplicate ?? new
      }
      commit.checks.append(.range(index.space, range, keys: page.entries.map(\.key)))
    }
    var progress = position.progress
    progress.last = page.entries.last.map { Array($0.key.bytes) }
    progress.finishedRows += page.entries.count
    if duplicate == nil {
      commit.writes.append(.putRow(progressAddress, try progress.encoded))
    } else {
      commit.writes = []
    }
    switch try await store.commitResolving(commit) {
    case .committed(let receipt):
      if let duplicate {
        throw RomeError(
          .uniqueViolation, "two rows have the same values in an index that shall be unique", entity: table,
          index: index.name, key: duplicate.rowKey)
      }
      return Position(progress: progress, version: receipt.revision, record: position.record)
    case .conflict: return nil
    case .unknown(let error):
      throw RomeError(
        .unknownOutcome, "the answer to building an index was lost", entity: table, index: index.name,
        commitID: commit.id, underlying: error)
    }
  }

  private func pages(_ scans: [Scan]) async throws(RomeError) -> [ScanPage] {
    if scans.isEmpty { return [] }
    return try await romeError { () async throws(StoreError) in try await store.scan(scans) }
  }
}
