// SPDX-License-Identifier: Apache-2.0

/// Merges the staged writes of a transaction into what a store answers to one scan.
struct ScanOverlay {
  /// The scan that was asked for.
  let scan: Scan
  /// The scan that goes to the store: with room for the entries that staged writes take away.
  let storeScan: Scan
  /// The staged entries of the range in ascending order.
  private let staged: [(entry: IndexEntry, wasStored: Bool, isPresent: Bool)]

  init(_ scan: Scan, _ buffer: WriteBuffer) {
    self.scan = scan
    var staged: [(entry: IndexEntry, wasStored: Bool, isPresent: Bool)] = []
    if scan.space.index != nil {
      if let entries = buffer.entries(in: scan.space) {
        for (key, element) in entries.all(in: scan.range) {
          let entry = IndexEntry(key: key, columnsLength: element.columnsLength)
          staged.append((entry, element.wasStored, element.isPresent))
        }
      }
    } else if let rows = buffer.rows(of: scan.space.table) {
      for (key, row) in rows.all(in: scan.range) {
        staged.append((IndexEntry(key: key, columnsLength: 0), row.base != nil, row.bytes != nil))
      }
    }
    self.staged = staged
    var widened = scan
    let removed = staged.reduce(0) { $0 + ($1.wasStored && !$1.isPresent ? 1 : 0) }
    if let limit = scan.limit { widened.limit = limit + removed }
    storeScan = widened
  }

  /// The answer of the store with the staged writes merged in.
  func merge(_ page: ScanPage, _ buffer: WriteBuffer) -> ScanPage {
    if scan.fetch == .count {
      var page = page
      for change in staged { page.count += (change.isPresent ? 1 : 0) - (change.wasStored ? 1 : 0) }
      return page
    }
    var merged = mergedEntries(page)
    if let limit = scan.limit, merged.entries.count > limit {
      merged.entries.removeLast(merged.entries.count - limit)
      merged.rows.removeLast(merged.rows.count - limit)
      merged.isTruncated = true
    }
    var rows: [StoredRow?] = []
    if scan.fetch == .rows {
      let pending = buffer.rows(of: scan.space.table)
      rows = zip(merged.entries, merged.rows).map { entry, row in
        guard let pending, let change = pending[entry.rowKey] else { return row }
        return change.bytes.map { StoredRow(version: .pending, bytes: $0) }
      }
    }
    return ScanPage(entries: merged.entries, rows: rows, isTruncated: merged.isTruncated)
  }

  private func mergedEntries(_ page: ScanPage) -> (entries: [IndexEntry], rows: [StoredRow?], isTruncated: Bool) {
    let hasRows = scan.fetch == .rows
    if staged.isEmpty {
      let rows = hasRows ? page.rows : [StoredRow?](repeating: nil, count: page.entries.count)
      return (page.entries, rows, page.isTruncated)
    }
    let isForward = scan.direction == .forward
    let changes = isForward ? staged : staged.reversed()
    func precedes(_ left: Key, _ right: Key) -> Bool { isForward ? left < right : right < left }
    var entries: [IndexEntry] = []
    var rows: [StoredRow?] = []
    var next = 0
    func appendStaged(before key: Key?) {
      while next < changes.count {
        if let key, !precedes(changes[next].entry.key, key) { return }
        if changes[next].isPresent {
          entries.append(changes[next].entry)
          rows.append(nil)
        }
        next += 1
      }
    }
    for (position, entry) in page.entries.enumerated() {
      appendStaged(before: entry.key)
      if next < changes.count, changes[next].entry.key == entry.key {
        if changes[next].isPresent {
          entries.append(entry)
          rows.append(hasRows ? page.rows[position] : nil)
        }
        next += 1
      } else {
        entries.append(entry)
        rows.append(hasRows ? page.rows[position] : nil)
      }
    }
    // Behind the last entry of a truncated page the store may have more, so staged entries there wait for the next page.
    if !page.isTruncated { appendStaged(before: nil) }
    return (entries, rows, page.isTruncated)
  }
}
