// SPDX-License-Identifier: Apache-2.0

/// What the query engine reads through: the store, with the pending writes of the session merged over it.
protocol RecordReader: AnyObject {
  /// What was read so far.
  var statistics: ReadStatistics { get }

  /// Reads rows by their keys in one round trip.
  func read(_ addresses: [RowAddress]) async throws(RomeError) -> [StoredRow?]

  /// Answers scans in one round trip. A page may hold fewer entries than its limit when it says that it is truncated.
  func scan(_ scans: [Scan]) async throws(RomeError) -> [ScanPage]

  /// Answers scans that fetch rows, without the entries whose rows the filter does not accept.
  func scan(_ scans: [Scan], where filter: RowFilter) async throws(RomeError) -> [ScanPage]
}

extension RecordReader {
  /// Answers scans to their ends: in one round trip, and one more for each time that a page was cut short.
  ///
  /// - Returns: A page for each scan, in their order, that is not truncated.
  func scanAll(_ scans: [Scan]) async throws(RomeError) -> [ScanPage] {
    var pages = try await scan(scans)
    while true {
      let open = pages.indices.filter { pages[$0].isTruncated }
      if open.isEmpty { return pages }
      let rests = open.map { place in pages[place].entries.last.map { scans[place].resumed(after: $0) } ?? scans[place]
      }
      for (place, page) in zip(open, try await scan(rests)) {
        pages[place].entries += page.entries
        pages[place].rows += page.rows
        pages[place].count += page.count
        // Without an entry there is nothing to go on from.
        pages[place].isTruncated = page.isTruncated && !page.entries.isEmpty
      }
    }
  }
}
