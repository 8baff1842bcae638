// SPDX-License-Identifier: Apache-2.0

/// What is in ranges of indexes, range after range. Ranges are asked for together, so that many small ones cost one
/// round trip; pages that a store cut short are gone on with.
final class RangeCursor {
  /// One of the ranges.
  private struct Part {
    let index: IndexReference
    var scan: Scan
    /// What was read and not handed out yet.
    var page: ScanPage?
    var isAtEnd = false
  }

  private let reader: any RecordReader
  private let filter: RowFilter?
  private var parts: [Part]
  private var current = 0

  /// Prepares to read.
  ///
  /// - Parameters:
  ///   - accesses: The ranges.
  ///   - direction: The order of the rows.
  ///   - fetch: What to ask the store for.
  ///   - reader: What to read through.
  ///   - filter: Says which rows are wanted, for a cursor that fetches rows; nil for all.
  init(
    _ accesses: [IndexAccess], _ direction: Scan.Direction, _ fetch: Scan.Fetch, _ reader: any RecordReader,
    filter: RowFilter? = nil
  ) {
    self.reader = reader
    self.filter = fetch == .rows ? filter : nil
    parts = accesses.flatMap { access in
      let ranges = direction == .forward ? access.ranges : access.ranges.reversed()
      return ranges.map {
        Part(index: access.index, scan: Scan(access.index.space, $0, direction: direction, fetch: fetch))
      }
    }
  }

  /// The next pages in the order of the ranges, not all of them empty, with the index that each is of; nil at the end.
  ///
  /// - Parameter batch: About how many rows to ask for; more of them while a filter leaves none.
  func next(batch: Int) async throws(RomeError) -> [(page: ScanPage, index: IndexReference)]? {
    var batch = batch
    while current < parts.count {
      var pages: [(page: ScanPage, index: IndexReference)] = []
      while current < parts.count {
        if let page = parts[current].page.take(), !page.entries.isEmpty { pages.append((page, parts[current].index)) }
        guard parts[current].isAtEnd else { break }
        current += 1
      }
      if !pages.isEmpty { return pages }
      if current < parts.count { try await fetch(batch) }
      batch = min(batch * 4, SourceCursor.maximumBatch)
    }
    return nil
  }

  private func fetch(_ batch: Int) async throws(RomeError) {
    let places = (current..<parts.count).filter { !parts[$0].isAtEnd && parts[$0].page == nil }
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
      if page.isTruncated, let last = page.last {
        parts[place].scan = parts[place].scan.resumed(after: last)
      } else {
        parts[place].isAtEnd = true
      }
      parts[place].page = page
    }
  }
}

extension SourceID {
  /// Adds the rows that a page has brought, with their bytes checked; they are taken out of it.
  func takeRows(of page: inout ScanPage, into rows: RowBatch) throws(RomeError) {
    rows.reserve(page.rows.count)
    try page.takeRows { key, row throws(RomeError) in rows.append(try self.row(row, key)) }
  }
}
