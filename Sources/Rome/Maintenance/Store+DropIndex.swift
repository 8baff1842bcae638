// SPDX-License-Identifier: Apache-2.0

/// An index that was dropped.
public struct DroppedIndex: Hashable, Sendable {
  /// The table.
  public let table: String
  /// The index.
  public let index: String
  /// How many entries were removed.
  public let removedEntries: Int
}

/// How far the dropping of an index is.
public struct DropProgress: Hashable, Sendable {
  /// The table.
  public let table: String
  /// The index.
  public let index: String
  /// How many entries were removed.
  public let removedEntries: Int
  /// How many entries there were when the removing began.
  public let totalEntries: Int
}

extension Store {
  /// Drops an index that no entity declares any more.
  ///
  /// First the record of the table says that it is being dropped, in a new epoch, from which on no process keeps it. Then its
  /// entries are removed in batches, while others read and write. It can be stopped at any time: run again, it goes on.
  ///
  /// End the programs whose entities still declare the index before. Until it is dropped, what they write, and what they read in
  /// serializable transactions, is refused with `schemaMismatch`; other reads may miss rows. A program that declares it afterwards
  /// gets it anew, to be built by ``buildIndexes(batchSize:progress:)``. Programs that do not declare it notice nothing.
  ///
  /// - Parameters:
  ///   - index: The name of the index.
  ///   - table: The name of the table.
  ///   - batchSize: How many entries to remove in one commit.
  ///   - progress: Called after each commit.
  /// - Returns: What was removed.
  /// - Throws: ``RomeError`` with the code `notFound` when there is no such table or index; `invalidState` when an entity that this
  ///   process uses declares it, or a foreign key needs it; `cancelled`, and the failures of the store.
  @discardableResult
  public func dropIndex(
    _ index: String, of table: String, batchSize: Int = 1000, progress: (DropProgress) -> Void = { _ in }
  ) async throws(RomeError) -> DroppedIndex {
    try await catalog.beginDropping(index, of: table, in: self)
    let space = KeySpace.index(index, of: table)
    let total = try await entries(Scan(space, fetch: .count)).count
    var removed = 0
    while true {
      if Task.isCancelled { throw RomeError(.cancelled, "the task was cancelled") }
      // Another process may have ended the dropping, and an entity may have the index anew: then the entries are right.
      let address = TableRecord.address(of: table)
      let stored = try await romeError { () async throws(StoreError) in try await read([address]) }.first ?? nil
      guard let stored, let dropping = try TableRecord.decode(stored.bytes, key: address.key).dropping,
        dropping.contains(where: { $0.name == index })
      else { break }
      let page = try await entries(Scan(space, limit: max(1, batchSize), fetch: .entries))
      if page.entries.isEmpty {
        try await catalog.finishDropping(index, of: table, in: self)
        break
      }
      let commit = Commit(
        checks: [.row(address, version: stored.version)], writes: page.entries.map { .deleteEntry(space, $0) })
      switch try await commitResolving(commit) {
      case .committed:
        removed += page.entries.count
        progress(
          DropProgress(table: table, index: index, removedEntries: removed, totalEntries: max(total, removed)))
      case .conflict:
        // The record has changed, be it for another index: look again. Records change seldom.
        continue
      case .unknown(let error):
        throw RomeError(
          .unknownOutcome, "the answer to dropping an index was lost", entity: table, index: index,
          commitID: commit.id, underlying: error)
      }
    }
    return DroppedIndex(table: table, index: index, removedEntries: removed)
  }

  /// Drops the indexes that none of the entities declares, and ends what was stopped before, as ``dropIndex(_:of:batchSize:progress:)``.
  ///
  /// Tables of none of the entities are left alone, and so are indexes that a foreign key needs.
  ///
  /// - Parameters:
  ///   - entities: The entities of all programs that use the store.
  ///   - batchSize: How many entries to remove in one commit.
  ///   - progress: Called after each commit.
  /// - Returns: What was dropped, by table and name.
  /// - Throws: ``RomeError``: what ``dropIndex(_:of:batchSize:progress:)`` throws.
  @discardableResult
  public func dropUnusedIndexes(
    keeping entities: [any Entity.Type], batchSize: Int = 1000, progress: (DropProgress) -> Void = { _ in }
  ) async throws(RomeError) -> [DroppedIndex] {
    var declared: [String: Set<String>] = [:]
    for entity in entities {
      declared[entity.schema.table, default: []].formUnion(entity.schema.indexes.map(\.name))
    }
    var dropped: [DroppedIndex] = []
    let records = try await catalog.records(in: self)
    for record in records.values.sorted(by: { $0.table < $1.table }) {
      guard let names = declared[record.table] else { continue }
      let unused = record.indexes.filter {
        !names.contains($0.name) && record.foreignKey(needing: $0, among: records) == nil
      }
      for index in ((record.dropping ?? []) + unused).map(\.name) {
        dropped.append(try await dropIndex(index, of: record.table, batchSize: batchSize, progress: progress))
      }
    }
    return dropped
  }

  private func entries(_ scan: Scan) async throws(RomeError) -> ScanPage {
    let pages = try await romeError { () async throws(StoreError) in try await self.scan([scan]) }
    return pages.first ?? ScanPage(entries: [], rows: [], isTruncated: false)
  }
}
