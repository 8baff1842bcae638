// SPDX-License-Identifier: Apache-2.0

/// The rows of one source, in batches, along an access path.
final class SourceCursor {
  /// The most rows that one request brings back for a batch.
  static let maximumBatch = 4096

  private let source: SourceID
  private let reader: any RecordReader
  private var state: State
  private var batch: Int

  private enum State {
    case done
    case keys([Key], next: Int)
    case ranges(RangeCursor, seen: Set<Key>?)
    case covered(RangeCursor)
    case intersection(IndexAccess, IndexAccess)
  }

  /// Prepares to read.
  ///
  /// - Parameters:
  ///   - path: How the rows are found.
  ///   - source: The source.
  ///   - reader: What to read through.
  ///   - batch: How many rows the first batch should have; the next ones grow.
  ///   - filter: Says which rows are wanted; nil for all. Used for paths that ``AccessPath/filtersRows``.
  init(_ path: AccessPath, of source: SourceID, reader: any RecordReader, batch: Int, filter: RowFilter? = nil) {
    self.source = source
    self.reader = reader
    self.batch = max(1, min(batch, Self.maximumBatch))
    switch path {
    case .nothing: state = .done
    case .keys(let keys): state = .keys(keys, next: 0)
    case .index(let access, let direction):
      state = .ranges(RangeCursor([access], direction, .rows, reader, filter: filter), seen: nil)
    case .covering(let access, let direction):
      state = .covered(RangeCursor([access], direction, .entries, reader))
    case .union(let accesses):
      state = .ranges(RangeCursor(accesses, .forward, .rows, reader, filter: filter), seen: [])
    case .intersection(let first, let second): state = .intersection(first, second)
    }
  }

  /// The next rows; nil at the end.
  func next() async throws(RomeError) -> [SourceRow]? {
    guard case .covered(let cursor) = state else {
      return try await nextWhole()?.takeSourceRows()
    }
    guard let pages = try await cursor.next(batch: grow()) else { return nil }
    var rows: [SourceRow] = []
    rows.reserveCapacity(pages.reduce(0) { $0 + $1.page.entries.count })
    for (page, index) in pages {
      for entry in page.entries { rows.append(try source.row(entry, index)) }
    }
    return rows
  }

  /// The next rows of a path that reads whole rows; nil at the end.
  func nextWhole() async throws(RomeError) -> RowBatch? {
    let rows = RowBatch()
    switch state {
    case .done, .covered: return nil
    case .keys(let keys, let next):
      let end = min(keys.count, next + Self.maximumBatch)
      state = end == keys.count ? .done : .keys(keys, next: end)
      for case let row? in try await source.rows(with: Array(keys[next..<end]), reader) { rows.append(row) }
      return rows
    case .ranges(let cursor, var seen):
      guard var pages = try await cursor.next(batch: grow()) else {
        state = .done
        return nil
      }
      for place in pages.indices { try source.takeRows(of: &pages[place].page, into: rows) }
      if seen == nil { return rows }
      let fresh = RowBatch()
      while let row = rows.next() {
        if seen?.insert(row.key).inserted ?? true { fresh.append(row) }
      }
      state = .ranges(cursor, seen: seen)
      return fresh
    case .intersection(let first, let second):
      let keys = try await intersect(first, second)
      state = keys.isEmpty ? .done : .keys(keys, next: 0)
      return rows
    }
  }

  /// The size of the next batch; the one behind it is larger.
  private func grow() -> Int {
    defer { batch = min(batch * 4, Self.maximumBatch) }
    return batch
  }

  /// The keys of the rows that both indexes have in their ranges, in the order of the first.
  private func intersect(_ first: IndexAccess, _ second: IndexAccess) async throws(RomeError) -> [Key] {
    let scans = [first, second].map { access in access.ranges.map { Scan(access.index.space, $0, fetch: .entries) } }
    let keys = try await reader.scanAll(scans[0] + scans[1]).map { $0.entries.map(\.rowKey) }
    let wanted = Set(keys[scans[0].count...].joined())
    return keys[..<scans[0].count].joined().filter(wanted.contains)
  }
}

extension SourceID {
  /// Reads rows by their keys in one round trip.
  func rows(with keys: [Key], _ reader: any RecordReader) async throws(RomeError) -> [FoundRow?] {
    if keys.isEmpty { return [] }
    let stored = try await reader.read(keys.map { RowAddress(table: schema.table, key: $0) })
    var rows: [FoundRow?] = []
    rows.reserveCapacity(keys.count)
    for (key, row) in zip(keys, stored) {
      guard let row else {
        rows.append(nil)
        continue
      }
      rows.append(try self.row(row, key))
    }
    return rows
  }

  /// A stored row with its bytes checked.
  @inline(__always)
  func row(_ stored: consuming StoredRow, _ key: consuming Key) throws(RomeError) -> FoundRow {
    let row = try schema.decode(stored, key: key)
    return FoundRow(key: key, version: stored.version, row: row)
  }

  /// The columns that an index entry holds.
  func row(_ entry: IndexEntry, _ index: IndexReference) throws(RomeError) -> SourceRow {
    var values = [Value](repeating: .null, count: schema.columns.count)
    var decoder = KeyDecoder(entry.key)
    do {
      for (place, column) in index.columns.enumerated() {
        values[column] = try decoder.next(descending: index.descending[place])
      }
      for column in schema.primaryKey { values[column] = try decoder.next() }
    } catch {
      throw RomeError(
        .corruptKey, "the bytes of an index entry are none that Rome wrote", entity: schema.table, index: index.name)
    }
    return CoveredRow(key: entry.rowKey, values: values)
  }
}
