// SPDX-License-Identifier: Apache-2.0

import Rome

/// Puts the page of a scan together, item by item.
struct PageBuilder {
  /// How many bytes a page may hold before it is cut.
  private static let pageBytes = 8 << 20
  /// How many rows the filter is asked about at once, and how many bytes they may have before it is asked.
  private static let askedRows = 64
  private static let askedBytes = 64 << 10

  private let isRows: Bool
  private let limit: Int
  /// Says which rows are wanted; nil for all.
  private let filter: RowFilter?
  private var page = ScanPage(entries: [])
  private var looked = 0
  private var bytes = 0
  /// Items with the stored bytes of their rows that the filter is still to be asked about, and the rows as it sees them. They lie in
  /// the file, where nothing moves before the transaction of the scan ends.
  private var waiting: [(item: DatabaseCursor.Item, row: UnsafeRawBufferPointer)] = []
  private var asked: [UnsafeRawBufferPointer] = []
  private var waitingBytes = 0
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
    guard let filter else { return try take(item, row) }
    guard let row, row.count >= 8 else {
      try ask(filter)
      // What is too short for a row is told by whoever decodes it.
      if row == nil { lastSkipped = item } else { try take(item, row) }
      return
    }
    waiting.append((item, row))
    asked.append(UnsafeRawBufferPointer(rebasing: row[8...]))
    waitingBytes += row.count
    if waiting.count == Self.askedRows || waitingBytes > Self.askedBytes { try ask(filter) }
  }

  /// The page with all that was added.
  mutating func finish() throws(StoreError) -> ScanPage {
    if let filter { try ask(filter) }
    page.count = page.entries.count
    page.skipped = looked - page.entries.count
    if page.isTruncated { page.lastSkipped = try lastSkipped.map { item throws(StoreError) in try entry(item) } }
    return page
  }

  /// Takes those of the waiting items whose rows the filter wants.
  private mutating func ask(_ filter: RowFilter) throws(StoreError) {
    guard let last = waiting.last else { return }
    var places: [Int] = []
    filter.select(asked) { places.append($0) }
    for place in places { try take(waiting[place].item, waiting[place].row) }
    lastSkipped = places.last == waiting.count - 1 ? nil : last.item
    waiting.removeAll(keepingCapacity: true)
    asked.removeAll(keepingCapacity: true)
    waitingBytes = 0
  }

  private mutating func take(_ item: DatabaseCursor.Item, _ row: UnsafeRawBufferPointer?) throws(StoreError) {
    lastSkipped = nil
    bytes += item.key.count + (row?.count ?? 0)
    page.entries.append(try entry(item))
    page.rows.append(try row.map { row throws(StoreError) in try StoreState.storedRow(row) })
  }

  private func entry(_ item: DatabaseCursor.Item) throws(StoreError) -> IndexEntry {
    isRows ? EntryLayout.rowEntry(item) : try EntryLayout.entry(item)
  }
}
