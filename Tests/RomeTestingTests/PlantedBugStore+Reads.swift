// SPDX-License-Identifier: Apache-2.0

import Rome
import Synchronization

extension PlantedBugStore {
  func read(_ addresses: [RowAddress], from reader: any StoreReader) async throws(StoreError) -> [StoredRow?] {
    var asked = addresses
    if bug == .sortsAddresses { asked.sort { $0.key < $1.key } }
    var rows = try await reader.read(asked.map { stored($0) })
    var seen: Set<RowAddress> = []
    for (position, address) in asked.enumerated() {
      if bug == .hidesEmptyRows, rows[position]?.bytes.isEmpty == true { rows[position] = nil }
      if bug == .dropsDuplicates, !seen.insert(address).inserted { rows[position] = nil }
      rows[position] = rows[position].map { shown($0, at: address) }
    }
    return rows
  }

  func scan(_ scans: [Scan], of reader: any StoreReader) async throws(StoreError) -> [ScanPage] {
    var pages: [ScanPage] = []
    for (position, scan) in scans.enumerated() {
      if bug == .answersOnlyFirstScan, position > 0 {
        pages.append(ScanPage(entries: []))
      } else {
        pages.append(try await page(scan, of: reader))
      }
    }
    return pages
  }

  private func page(_ scan: Scan, of reader: any StoreReader) async throws(StoreError) -> ScanPage {
    var asked = scan
    asked.space = stored(scan.space)
    asked.range = KeyRange(lower: stored(scan.range.lower), upper: scan.range.upper.map { stored($0) })
    switch bug {
    case .ignoresDirection: asked.direction = .forward
    case .limitsTheWrongEnd: asked.direction = .forward
    case .includesUpperBound: asked.range.upper = asked.range.upper?.next
    case .excludesLowerBound: asked.range.lower = asked.range.lower.next
    case .ignoresLimit: asked.limit = nil
    case .invertedRangeIsAll where scan.range.isEmpty && scan.range.lower != scan.range.upper: asked.range = .all
    default: break
    }
    var page = try await reader.scan([asked])[0]
    page.entries = page.entries.map {
      IndexEntry(key: shown($0.key), columnsLength: bug == .losesColumnLengths ? 0 : $0.columnsLength)
    }
    for (position, row) in page.rows.enumerated() {
      let address = RowAddress(table: scan.space.table, key: page.entries[position].rowKey)
      page.rows[position] = row.map { shown($0, at: address) }
    }
    switch bug {
    case .limitsTheWrongEnd where scan.direction == .backward:
      page.entries.reverse()
      page.rows.reverse()
    case .neverTruncates: page.isTruncated = false
    case .cutsPages where page.entries.count > 1000:
      page.entries.removeSubrange(1000...)
      if page.rows.count > 1000 { page.rows.removeSubrange(1000...) }
      page.count = 1000
    case .countsUpToLimit where scan.fetch == .count: page.count = min(page.count, scan.limit ?? .max)
    case .dropsDanglingEntries where scan.fetch == .rows:
      let kept = page.rows.indices.filter { page.rows[$0] != nil }
      page.entries = kept.map { page.entries[$0] }
      page.rows = kept.map { page.rows[$0] }
      page.count = kept.count
    default: break
    }
    return page
  }
}

/// What the adapter makes of names, keys and versions: the stored form of what it is asked for, and back.
extension PlantedBugStore {
  func stored(_ key: Key) -> Key {
    switch bug {
    case .endsKeysAtZero: Key(key.bytes.prefix { $0 != 0 })
    // The highest bit inverted orders the bytes as if they were signed.
    case .ordersSignedBytes: Key(key.bytes.map { $0 ^ 0x80 })
    case .comparesKeysWithoutCase: Key(key.bytes.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 })
    default: key
    }
  }

  func shown(_ key: Key) -> Key {
    bug == .ordersSignedBytes ? stored(key) : key
  }

  func stored(_ address: RowAddress) -> RowAddress {
    RowAddress(table: address.table, key: stored(address.key))
  }

  func stored(_ space: KeySpace) -> KeySpace {
    // The name of the table and that of the index are joined by a colon that may be in either.
    guard bug == .mixesSpaces, let index = space.index else { return space }
    return .index("joined", of: "\(space.table):\(index)")
  }

  func stored(_ entry: IndexEntry) -> IndexEntry {
    IndexEntry(key: stored(entry.key), columnsLength: entry.columnsLength)
  }

  func shown(_ row: StoredRow, at address: RowAddress) -> StoredRow {
    StoredRow(version: shown(row.version, at: address), bytes: Array(row.bytes))
  }

  func shown(_ version: Revision, at address: RowAddress) -> Revision {
    switch bug {
    case .wrapsVersions: Revision(rawValue: version.rawValue % 16)
    case .restartsVersions:
      Revision(rawValue: version.rawValue - state.withLock { min(version.rawValue, $0.births[address] ?? 0) })
    default: version
    }
  }
}
