// SPDX-License-Identifier: Apache-2.0

/// How far the building of an index is.
public struct IndexProgress: Hashable, Sendable {
  /// The table.
  public let table: String
  /// The index.
  public let index: String
  /// The rows that have their entries.
  public let finishedRows: Int
  /// The rows of the table when the building began.
  public let totalRows: Int
}

extension Store {
  /// Builds the indexes that were added to tables which had rows already. Until then they are kept up to date, but not
  /// used by queries. Others can read and write meanwhile. It can be stopped and run again at any time.
  ///
  /// - Parameters:
  ///   - batchSize: How many rows to handle in one commit.
  ///   - progress: Called after each commit.
  /// - Returns: How many indexes were built.
  /// - Throws: ``RomeError`` with the code `uniqueViolation` when rows have the same values in an index that shall be
  ///   unique, `corruptRow` for a row that is none of its table, and the failures of the store.
  @discardableResult
  public func buildIndexes(
    batchSize: Int = 200, progress: (IndexProgress) -> Void = { _ in }
  ) async throws(RomeError) -> Int {
    var built = 0
    for binding in try await catalog.recordedTables(in: self) {
      for index in binding.indexes where !binding.readable.contains(index.name) {
        try await build(index, binding, max(1, batchSize), progress)
        built += 1
      }
    }
    return built
  }

  private func build(
    _ index: EntitySchema.Index, _ binding: TableBinding, _ batchSize: Int, _ progress: (IndexProgress) -> Void
  ) async throws(RomeError) {
    let table = binding.schema.table
    let total = try await pages([Scan(binding.schema.rowSpace, fetch: .count)]).first?.count ?? 0
    var finished = 0
    var scan = Scan(binding.schema.rowSpace, limit: batchSize)
    while let page = try await pages([scan]).first, !page.entries.isEmpty {
      // A conflict means that a row of the batch was changed meanwhile: read the batch again.
      guard try await addEntries(page, index, binding) else { continue }
      finished += page.entries.count
      progress(IndexProgress(table: table, index: index.name, finishedRows: finished, totalRows: max(total, finished)))
      guard page.isTruncated, let last = page.entries.last else { break }
      scan = scan.resumed(after: last)
    }
    try await catalog.markReadable(index.name, of: table, in: self)
  }

  /// Commits the entries of a batch of rows.
  ///
  /// - Returns: Whether no row of the batch was changed meanwhile.
  private func addEntries(
    _ page: ScanPage, _ index: EntitySchema.Index, _ binding: TableBinding
  )
    async throws(RomeError) -> Bool
  {
    let schema = binding.schema
    var commit = Commit()
    var unique: [IndexEntry] = []
    for (entry, stored) in zip(page.entries, page.rows) {
      guard let stored else { continue }
      let row = try schema.decode(stored.bytes, key: entry.key)
      let new = index.entry(for: entry.key) { row[$0] }
      commit.checks.append(.row(schema.address(entry.key), version: stored.version))
      commit.writes.append(.putEntry(index.space, new))
      if index.isUnique, !index.hasNull({ row[$0] }) { unique.append(new) }
    }
    let ranges = unique.map { KeyRange.prefix(Array($0.columns)) }
    let present = try await pages(ranges.map { Scan(index.space, $0, fetch: .entries) })
    var seen: Set<[UInt8]> = []
    for ((new, range), found) in zip(zip(unique, ranges), present) {
      let isTaken = found.entries.contains { $0.key != new.key } || !seen.insert(Array(new.columns)).inserted
      if isTaken {
        throw RomeError(
          .uniqueViolation, "two rows have the same values in an index that shall be unique", entity: schema.table,
          index: index.name, key: new.rowKey)
      }
      commit.checks.append(.range(index.space, range, keys: found.entries.map(\.key)))
    }
    switch try await commitResolving(commit) {
    case .committed: return true
    case .conflict: return false
    case .unknown(let error):
      throw RomeError(
        .unknownOutcome, "the answer to building an index was lost", entity: schema.table, index: index.name,
        commitID: commit.id, underlying: error)
    }
  }

  private func pages(_ scans: [Scan]) async throws(RomeError) -> [ScanPage] {
    if scans.isEmpty { return [] }
    return try await romeError { () async throws(StoreError) in try await scan(scans) }
  }
}
