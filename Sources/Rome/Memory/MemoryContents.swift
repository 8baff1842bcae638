// SPDX-License-Identifier: Apache-2.0

/// A row as the memory store keeps it.
struct MemoryRow: Sendable {
  /// The revision of the commit that wrote the row.
  let version: Revision
  /// The encoded row.
  let bytes: [UInt8]

  /// The row as it is handed out; the bytes are shared.
  @inline(__always)
  var stored: StoredRow { StoredRow(version: version, bytes: bytes) }
}

/// One key space of the memory store.
struct MemorySpace<Payload: Sendable>: Sendable {
  /// The entries. The payload of an index entry is the length of its columns.
  var tree = PersistentTree<Payload>()
  /// The revision of the last commit that wrote into the space.
  var lastModified = Revision.zero
}

/// The rows of a table and the entries of its indexes.
struct MemoryTable: Sendable {
  var rows = MemorySpace<MemoryRow>()
  /// The entries of the indexes, by the names of the indexes.
  var indexes = NameMap<MemorySpace<Int>>()
}

/// All rows and index entries at one revision. A copy is a snapshot: it shares everything and never changes.
struct MemoryContents: Sendable {
  /// The revision of the last commit.
  var revision = Revision.zero
  /// The tables by their names.
  var tables = NameMap<MemoryTable>()

  /// The rows of a table; nil when none was ever written.
  @inline(__always)
  private func rowSpace(of table: String) -> MemorySpace<MemoryRow>? {
    tables.position(of: table).map { tables.entries[$0].value.rows }
  }

  /// The entries of an index; nil when none was ever written.
  @inline(__always)
  private func indexSpace(_ space: KeySpace) -> MemorySpace<Int>? {
    guard let name = space.index, let table = tables.position(of: space.table) else { return nil }
    return tables.entries[table].value.indexes[name]
  }

  /// The rows at the addresses, nil where there is none.
  func read(_ addresses: [RowAddress]) -> [StoredRow?] {
    var rows: [StoredRow?] = []
    rows.reserveCapacity(addresses.count)
    var table: String?
    var tree = PersistentTree<MemoryRow>()
    for address in addresses {
      if address.table != table {
        table = address.table
        tree = rowSpace(of: address.table)?.tree ?? PersistentTree()
      }
      rows.append(tree.find(address.key)?.stored)
    }
    return rows
  }

  /// The answer to a scan.
  ///
  /// - Parameter filter: Says which rows are wanted, for a scan that fetches rows; nil for all.
  func scan(_ scan: Scan, where filter: RowFilter? = nil) -> ScanPage {
    if scan.space.index == nil {
      guard let tree = rowSpace(of: scan.space.table)?.tree else { return ScanPage(entries: []) }
      if scan.fetch == .count { return ScanPage(entries: [], count: tree.count(in: scan.range)) }
      return scan.fetch == .rows ? page(ofRows: tree, scan, filter) : page(ofEntries: tree, scan) { _ in 0 }
    }
    guard let tree = indexSpace(scan.space)?.tree else { return ScanPage(entries: []) }
    switch scan.fetch {
    case .count: return ScanPage(entries: [], count: tree.count(in: scan.range))
    case .entries: return page(ofEntries: tree, scan) { $0 }
    case .rows: return page(of: rowSpace(of: scan.space.table)?.tree ?? PersistentTree(), by: tree, scan, filter)
    }
  }

  private func page<Payload>(
    ofEntries tree: PersistentTree<Payload>, _ scan: Scan, columnsLength: (Payload) -> Int
  ) -> ScanPage {
    page(tree, scan) { leaf, positions, page in
      for position in positions {
        page.entries.append(
          IndexEntry(key: leaf.keys[position], columnsLength: columnsLength(leaf.payloads[position])))
      }
      return true
    }
  }

  private func page(ofRows tree: PersistentTree<MemoryRow>, _ scan: Scan, _ filter: RowFilter?) -> ScanPage {
    let direction = scan.direction
    return page(tree, scan, isFiltered: filter != nil) { leaf, positions, page in
      func take(_ position: Int, _ row: MemoryRow) {
        page.entries.append(IndexEntry(key: leaf.keys[position], columnsLength: 0))
        page.rows.append(row.stored)
      }
      return leaf.payloads.withUnsafeBufferPointer { rows in
        guard let filter else {
          for position in positions { take(position, rows[position]) }
          return true
        }
        var isLastTaken = false
        var rest = positions
        while let part = rest.take(upTo: RowSet.capacity) {
          let (first, count) = (part.range.lowerBound, part.range.count)
          let wanted = filter.test.select(
            from: MemoryRows(rows, part.range), among: RowSet(first: count), direction)
          wanted.forEach(in: direction) { take(first + $0, rows[first + $0]) }
          isLastTaken = wanted.contains(part.last - first)
        }
        return isLastTaken
      }
    }
  }

  private func page(
    of rows: PersistentTree<MemoryRow>, by index: PersistentTree<Int>, _ scan: Scan, _ filter: RowFilter?
  ) -> ScanPage {
    let root = rows.root
    return page(index, scan, isFiltered: filter != nil) { leaf, positions, page in
      var isTaken = true
      leaf.keys.withUnsafeBufferPointer { keys in
        for position in positions {
          let columnsLength = leaf.payloads[position]
          let found: Void? = keys[position].bytes.withUnsafeBytes { bytes in
            root?.withPlace(of: SearchKey(UnsafeRawBufferPointer(rebasing: bytes[columnsLength...]))) { leaf, place in
              isTaken = filter.map { leaf.isWanted(place, by: $0) } ?? true
              guard isTaken else { return }
              let (rowKey, row) = leaf.row(at: place)
              page.entries.append(IndexEntry(key: keys[position], columnsLength: columnsLength, rowKey: rowKey))
              page.rows.append(row)
            }
          }
          if found == nil {
            isTaken = filter == nil
            guard isTaken else { continue }
            page.entries.append(IndexEntry(key: keys[position], columnsLength: columnsLength))
            page.rows.append(nil)
          }
        }
      }
      return isTaken
    }
  }

  /// Walks the entries of a scan up to its limit.
  ///
  /// - Parameters:
  ///   - tree: What to walk.
  ///   - scan: The scan.
  ///   - isFiltered: Whether what is looked at may be left out, so that it can't be said how long the page becomes.
  ///   - take: Adds entries of a leaf to the page in their order, and says whether it has added the last of them.
  @inline(__always)
  private func page<Payload>(
    _ tree: PersistentTree<Payload>, _ scan: Scan, isFiltered: Bool = false,
    take: (TreeNode<Payload>, LeafPositions, inout ScanPage) -> Bool
  ) -> ScanPage {
    let limit = max(0, scan.limit ?? .max)
    let direction = scan.direction
    let isForward = direction == .forward
    let range = scan.range
    let bringsRows = scan.fetch == .rows
    var page = ScanPage(entries: [])
    var looked = 0
    var last: (leaf: TreeNode<Payload>, position: Int, isTaken: Bool)?
    tree.walk(range, direction) { leaf, found in
      let room = limit - looked
      let taken = found.count <= room ? found : isForward ? found.prefix(room) : found.suffix(room)
      if !isFiltered, looked == 0 {
        // Many ranges lie inside of one leaf, so that they need not be counted, which takes two more ways down.
        let endsHere = isForward ? found.upperBound < leaf.keys.count : found.lowerBound > 0
        let expected = endsHere ? taken.count : min(limit, tree.count(in: range))
        page.entries.reserveCapacity(expected)
        if bringsRows { page.rows.reserveCapacity(expected) }
      }
      if !taken.isEmpty {
        let positions = LeafPositions(taken, direction)
        last = (leaf, positions.last, take(leaf, positions, &page))
      }
      looked += taken.count
      page.isTruncated = taken.count < found.count
      return !page.isTruncated
    }
    page.count = page.entries.count
    page.skipped = looked - page.entries.count
    if page.isTruncated, let last, !last.isTaken {
      page.lastSkipped = IndexEntry(key: last.leaf.keys[last.position], columnsLength: 0)
    }
    return page
  }

  /// Whether a check holds.
  func holds(_ check: Check) -> Bool {
    switch check {
    case .row(let address, let version):
      return rowSpace(of: address.table)?.tree.find(address.key)?.version == version
    case .exists(let address):
      return rowSpace(of: address.table)?.tree.find(address.key) != nil
    case .range(let space, let range, let keys):
      if space.index == nil {
        return rowSpace(of: space.table)?.tree.holdsExactly(keys, in: range) ?? keys.isEmpty
      }
      return indexSpace(space)?.tree.holdsExactly(keys, in: range) ?? keys.isEmpty
    case .count(let space, let range, let count):
      if space.index == nil { return (rowSpace(of: space.table)?.tree.count(in: range) ?? 0) == count }
      return (indexSpace(space)?.tree.count(in: range) ?? 0) == count
    case .lease:
      // Leases end with time, so they are no part of the contents: the state answers these checks.
      return false
    }
  }

  /// The revision of the last commit that wrote into the space that the check is about.
  func lastModified(of check: Check) -> Revision {
    switch check {
    case .row(let address, _), .exists(let address):
      return rowSpace(of: address.table)?.lastModified ?? .zero
    case .range(let space, _, _), .count(let space, _, _):
      if space.index == nil { return rowSpace(of: space.table)?.lastModified ?? .zero }
      return indexSpace(space)?.lastModified ?? .zero
    case .lease:
      return revision
    }
  }
}

extension TreeNode<MemoryRow> {
  /// The row at a position, with its key.
  @inline(__always)
  fileprivate func row(at position: Int) -> (key: Key, row: StoredRow) {
    keys.withUnsafeBufferPointer { keys in
      payloads.withUnsafeBufferPointer { (keys[position], $0[position].stored) }
    }
  }

  /// Whether a filter accepts the row at a position, to which no reference is counted.
  @inline(__always)
  fileprivate func isWanted(_ position: Int, by filter: RowFilter) -> Bool {
    payloads.withUnsafeBufferPointer { $0[position].bytes.withUnsafeBytes { filter.accepts($0) } }
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
