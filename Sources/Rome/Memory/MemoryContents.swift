// SPDX-License-Identifier: Apache-2.0

/// A row as the memory store keeps it.
struct MemoryRow: Sendable {
  /// The revision of the commit that wrote the row.
  let version: Revision
  /// The encoded row.
  let bytes: [UInt8]

  /// The row as it is handed out; the bytes are shared.
  @inline(__always)
  var stored: StoredRow { StoredRow(version: version, bytes: bytes[...]) }
}

/// One key space of the memory store.
struct MemorySpace<Payload: Sendable>: Sendable {
  /// The entries. The payload of an index entry is the length of its columns.
  var tree = PersistentTree<Payload>()
  /// The revision of the last commit that wrote into the space.
  var lastModified = Revision.zero
}

/// All rows and index entries at one revision. A copy is a snapshot: it shares everything and never changes.
struct MemoryContents: Sendable {
  /// The revision of the last commit.
  var revision = Revision.zero
  /// The rows by table.
  var tables: [String: MemorySpace<MemoryRow>] = [:]
  /// The entries of the indexes.
  var indexes: [KeySpace: MemorySpace<Int>] = [:]

  /// The rows at the addresses, nil where there is none.
  func read(_ addresses: [RowAddress]) -> [StoredRow?] {
    var rows: [StoredRow?] = []
    rows.reserveCapacity(addresses.count)
    var table: String?
    var tree = PersistentTree<MemoryRow>()
    for address in addresses {
      if address.table != table {
        table = address.table
        tree = tables[address.table]?.tree ?? PersistentTree()
      }
      rows.append(tree.find(address.key)?.stored)
    }
    return rows
  }

  /// The answer to a scan.
  func scan(_ scan: Scan) -> ScanPage {
    if scan.space.index == nil {
      guard let tree = tables[scan.space.table]?.tree else { return ScanPage(entries: []) }
      return self.scan(scan, tree, columnsLength: { _ in 0 }, row: { _, row in row.stored })
    }
    guard let tree = indexes[scan.space]?.tree else { return ScanPage(entries: []) }
    let rows = scan.fetch == .rows ? tables[scan.space.table]?.tree ?? PersistentTree() : PersistentTree()
    return self.scan(
      scan, tree, columnsLength: { $0 },
      row: { entry, _ in
        entry.key.bytes.withUnsafeBytes { bytes in
          rows.find(SearchKey(UnsafeRawBufferPointer(rebasing: bytes[entry.columnsLength...])))?.stored
        }
      })
  }

  @inline(__always)
  private func scan<Payload>(
    _ scan: Scan, _ tree: PersistentTree<Payload>, columnsLength: (Payload) -> Int,
    row: (IndexEntry, Payload) -> StoredRow?
  ) -> ScanPage {
    if scan.fetch == .count { return ScanPage(entries: [], count: tree.count(in: scan.range)) }
    let limit = max(0, scan.limit ?? .max)
    var page = ScanPage(entries: [])
    // A short limit needs no look at how much there is.
    let expected = limit <= 64 ? limit : min(limit, tree.count(in: scan.range))
    page.entries.reserveCapacity(expected)
    if scan.fetch == .rows { page.rows.reserveCapacity(expected) }
    tree.walk(scan.range, scan.direction) { leaf, found in
      let room = limit - page.entries.count
      let taken =
        found.count <= room ? found : scan.direction == .forward ? found.prefix(room) : found.suffix(room)
      for step in 0..<taken.count {
        let position = scan.direction == .forward ? taken.lowerBound + step : taken.upperBound - 1 - step
        let payload = leaf.payloads[position]
        let entry = IndexEntry(key: leaf.keys[position], columnsLength: columnsLength(payload))
        page.entries.append(entry)
        if scan.fetch == .rows { page.rows.append(row(entry, payload)) }
      }
      page.isTruncated = taken.count < found.count
      return !page.isTruncated
    }
    page.count = page.entries.count
    return page
  }

  /// Whether a check holds.
  func holds(_ check: Check) -> Bool {
    switch check {
    case .row(let address, let version):
      return tables[address.table]?.tree.find(address.key)?.version == version
    case .exists(let address):
      return tables[address.table]?.tree.find(address.key) != nil
    case .range(let space, let range, let keys):
      if space.index == nil {
        return tables[space.table]?.tree.holdsExactly(keys, in: range) ?? keys.isEmpty
      }
      return indexes[space]?.tree.holdsExactly(keys, in: range) ?? keys.isEmpty
    case .count(let space, let range, let count):
      if space.index == nil { return (tables[space.table]?.tree.count(in: range) ?? 0) == count }
      return (indexes[space]?.tree.count(in: range) ?? 0) == count
    case .lease:
      // Leases end with time, so they are no part of the contents: the state answers these checks.
      return false
    }
  }

  /// The revision of the last commit that wrote into the space that the check is about.
  func lastModified(of check: Check) -> Revision {
    switch check {
    case .row(let address, _), .exists(let address):
      return tables[address.table]?.lastModified ?? .zero
    case .range(let space, _, _), .count(let space, _, _):
      if space.index == nil { return tables[space.table]?.lastModified ?? .zero }
      return indexes[space]?.lastModified ?? .zero
    case .lease:
      return revision
    }
  }
}

extension PersistentTree {
  /// Whether the range holds these keys, in this order, and no others.
  fileprivate func holdsExactly(_ expected: [Key], in range: KeyRange) -> Bool {
    var position = 0
    var isEqual = true
    walk(range, .forward) { leaf, found in
      isEqual = found.count <= expected.count - position
      for (key, other) in zip(leaf.keys[found], expected[position...]) where isEqual { isEqual = key == other }
      position += found.count
      return isEqual
    }
    return isEqual && position == expected.count
  }
}
