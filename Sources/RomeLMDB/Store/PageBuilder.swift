// SPDX-License-Identifier: Apache-2.0

import Rome

/// Puts the page of a scan together, item by item.
struct PageBuilder {
  /// How many bytes a page may hold before it is cut.
  private static let pageBytes = 8 << 20

  private let isRows: Bool
  private let limit: Int
  /// Says which rows are wanted; nil for all.
  private let filter: RowFilter?
  private var page = ScanPage(entries: [])
  private var looked = 0
  private var bytes = 0
  /// The last item, when the filter has left it out. It is made an entry of only when the page ends with it.
  private var lastSkipped: DatabaseCursor.Item?

  init(_ scan: Scan, _ filter: RowFilter?) {
    isRows = scan.space.index == nil
    limit = scan.limit ?? .max
    self.filter = scan.fetch == .rows ? filter : nil
  }

  /// Whether nothing more can be added; the page is truncated then, as there is more.
  mutating func isFull() -> Bool {
    page.isTruncated = looked == limit || bytes > Self.pageBytes
    return page.isTruncated
  }

  /// Adds an entry alone.
  mutating func add(_ item: DatabaseCursor.Item) throws(StoreError) {
    looked += 1
    bytes += item.key.count
    page.entries.append(try entry(item))
  }

  /// Adds an entry with the stored bytes of its row, which are nil when there is none.
  mutating func add(_ item: DatabaseCursor.Item, row: UnsafeRawBufferPointer?) throws(StoreError) {
    looked += 1
    if let filter, !Self.accepts(row, filter) {
      lastSkipped = item
      return
    }
    lastSkipped = nil
    bytes += item.key.count + (row?.count ?? 0)
    page.entries.append(try entry(item))
    page.rows.append(try row.map { row throws(StoreError) in try StoreState.storedRow(row) })
  }

  /// The page with all that was added.
  mutating func finish() throws(StoreError) -> ScanPage {
    page.count = page.entries.count
    page.skipped = looked - page.entries.count
    if page.isTruncated { page.lastSkipped = try lastSkipped.map { item throws(StoreError) in try entry(item) } }
    return page
  }

  private func entry(_ item: DatabaseCursor.Item) throws(StoreError) -> IndexEntry {
    isRows ? EntryLayout.rowEntry(item) : try EntryLayout.entry(item)
  }

  /// Whether the filter wants a row. What is too short for one is told by whoever decodes it.
  private static func accepts(_ row: UnsafeRawBufferPointer?, _ filter: RowFilter) -> Bool {
    guard let row else { return false }
    return row.count < 8 || filter.accepts(UnsafeRawBufferPointer(rebasing: row[8...]))
  }
}
