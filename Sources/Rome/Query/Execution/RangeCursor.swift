// SPDX-License-Identifier: Apache-2.0

/// The rows in ranges of indexes, range after range. Ranges are asked for together, so that many small ones cost one
/// round trip; pages that a store cut short are gone on with.
final class RangeCursor {
  /// One of the ranges.
  private struct Part {
    let index: IndexReference
    var scan: Scan
    var rows: [SourceRow] = []
    var isAtEnd = false
  }

  private let source: SourceID
  private let reader: any RecordReader
  private let filter: RowFilter?
  private var parts: [Part]
  private var current = 0

  /// Prepares to read.
  ///
  /// - Parameter filter: Says which rows are wanted, for a cursor that fetches rows; nil for all.
  init(
    _ accesses: [IndexAccess], _ direction: Scan.Direction, _ fetch: Scan.Fetch, _ source: SourceID,
    _ reader: any RecordReader, filter: RowFilter? = nil
  ) {
    self.source = source
    self.reader = reader
    self.filter = fetch == .rows ? filter : nil
    parts = accesses.flatMap { access in
      let ranges = direction == .forward ? access.ranges : access.ranges.reversed()
      return ranges.map {
        Part(index: access.index, scan: Scan(access.index.space, $0, direction: direction, fetch: fetch))
      }
    }
  }

  /// The next rows in the order of the ranges; nil at the end.
  ///
  /// - Parameter batch: About how many rows to ask for; more of them while a filter leaves none.
  func next(batch: Int) async throws(RomeError) -> [SourceRow]? {
    var batch = batch
    while current < parts.count {
      var rows: [SourceRow] = []
      while current < parts.count {
        if rows.isEmpty {
          swap(&rows, &parts[current].rows)
        } else {
          rows += parts[current].rows
          parts[current].rows = []
        }
        guard parts[current].isAtEnd else { break }
        current += 1
      }
      if !rows.isEmpty { return rows }
      if current < parts.count { try await fetch(batch) }
      batch = min(batch * 4, SourceCursor.maximumBatch)
    }
    return nil
  }

  private func fetch(_ batch: Int) async throws(RomeError) {
    let places = (current..<parts.count).filter { !parts[$0].isAtEnd && parts[$0].rows.isEmpty }
    let limit = places.count == 1 ? batch : max(16, (max(batch, 256) * 4) / places.count)
    let scans = places.map { place in
      var scan = parts[place].scan
      scan.limit = limit
      return scan
    }
    let pages: [ScanPage]
    if let filter {
      pages = try await reader.scan(scans, where: filter)
    } else {
      pages = try await reader.scan(scans)
    }
    for (place, page) in zip(places, pages) {
      let part = parts[place]
      var rows: [SourceRow] = []
      rows.reserveCapacity(page.entries.count)
      if part.scan.fetch == .rows {
        for (entry, stored) in zip(page.entries, page.rows) {
          // Without snapshots a row may be gone by the time that its entry is followed.
          guard let stored else { continue }
          rows.append(try source.row(stored, entry.rowKey))
        }
      } else {
        for entry in page.entries { rows.append(try source.row(entry, part.index)) }
      }
      parts[place].rows = rows
      if page.isTruncated, let last = page.last {
        parts[place].scan = part.scan.resumed(after: last)
      } else {
        parts[place].isAtEnd = true
      }
    }
  }
}
