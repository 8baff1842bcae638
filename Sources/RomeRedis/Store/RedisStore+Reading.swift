// SPDX-License-Identifier: Apache-2.0

public import Rome

extension RedisStore {
  /// Reads rows by their keys: one `HMGET` for each table, sent together.
  ///
  /// - Parameter addresses: Where the rows are.
  /// - Returns: The rows in the order of the addresses, nil where there is none.
  /// - Throws: `StoreError` when the server can't answer; `corrupt` for a value that is no row.
  public func read(_ addresses: [RowAddress]) async throws(StoreError) -> [StoredRow?] {
    try await read(addresses, until: deadline)
  }

  private func read(
    _ addresses: [RowAddress], until deadline: Moment
  ) async throws(StoreError) -> [StoredRow?] {
    guard let table = addresses.first?.table else { return [] }
    var request = RequestBuilder()
    if addresses.allSatisfy({ $0.table == table }) {
      appendRead(of: table, addresses, to: &request)
      var cursor = ReplyCursor(try await perform(request, .read, until: deadline))
      try cursor.enterArray(of: addresses.count)
      return try Self.rows(&cursor, addresses.count, of: table)
    }
    var tables: [(name: String, positions: [Int])] = []
    for (position, address) in addresses.enumerated() {
      if let known = tables.firstIndex(where: { $0.name == address.table }) {
        tables[known].positions.append(position)
      } else {
        tables.append((address.table, [position]))
      }
    }
    for (table, positions) in tables { appendRead(of: table, positions.map { addresses[$0] }, to: &request) }
    var cursor = ReplyCursor(try await perform(request, .read, until: deadline))
    var result = [StoredRow?](repeating: nil, count: addresses.count)
    for (table, positions) in tables {
      try cursor.enterArray(of: positions.count)
      let rows = try Self.rows(&cursor, positions.count, of: table)
      for (position, row) in zip(positions, rows) { result[position] = row }
    }
    return result
  }

  /// Appends the command that reads rows of one table.
  private func appendRead(of table: String, _ addresses: [RowAddress], to request: inout RequestBuilder) {
    beginRead(of: table, addresses.count, keyBytes: addresses.reduce(0) { $0 + $1.key.bytes.count }, in: &request)
    for address in addresses { request.append(address.key.bytes) }
  }

  /// Begins such a command; the keys of the rows must follow.
  private func beginRead(of table: String, _ count: Int, keyBytes: Int, in request: inout RequestBuilder) {
    let key = layout.rows(table)
    // 12 are enough for what is around a key of a row, 48 for what comes before them.
    request.reserve(48 + key.count + keyBytes + 12 * count)
    request.begin(2 + count)
    request.append("HMGET")
    request.append(key)
  }

  /// So many rows, which are the next values.
  private static func rows(
    _ cursor: inout ReplyCursor, _ count: Int, of table: String
  ) throws(StoreError) -> [StoredRow?] {
    var rows: [StoredRow?] = []
    rows.reserveCapacity(count)
    for _ in 0..<count { rows.append(try row(&cursor, of: table)) }
    return rows
  }

  /// Answers scans: one command for each, sent together. With ``RedisConfiguration/RowFetch/twoRoundTrips`` the rows come
  /// in a second round trip.
  ///
  /// - Parameter scans: What to scan.
  /// - Returns: A page for each scan, in their order.
  /// - Throws: `StoreError` when the server can't answer; `corrupt` for an entry or a value that Rome did not write.
  public func scan(_ scans: [Scan]) async throws(StoreError) -> [ScanPage] {
    if scans.isEmpty { return [] }
    let deadline = self.deadline
    var request = RequestBuilder()
    let usesScript = configuration.rowFetch == .oneRoundTrip
    let hashes = usesScript && scans.contains { $0.fetch == .rows } ? try await scriptHashes(until: deadline) : nil
    for scan in scans { append(scan, hashes, to: &request) }
    var cursor = ReplyCursor(try await perform(request, .scan, until: deadline))
    var pages: [ScanPage] = []
    pages.reserveCapacity(scans.count)
    for scan in scans { pages.append(try page(of: scan, isWhole: hashes != nil, &cursor)) }
    if hashes == nil { try await fetchRows(of: scans, &pages, until: deadline) }
    return pages
  }

  /// How many entries a page of the scan has at most.
  private func pageLimit(_ scan: Scan) -> Int {
    // One more entry is asked for than a page has, in a number that Lua can hold.
    max(0, min(scan.limit ?? .max, configuration.pageEntries, Int(Int32.max)))
  }

  private func append(_ scan: Scan, _ hashes: ScriptHashes?, to request: inout RequestBuilder) {
    let (lower, upper) = RangeBounds.of(scan.range, in: scan.space)
    let key = layout.entries(scan.space)
    let isForward = scan.direction == .forward
    let limit = pageLimit(scan)
    if scan.fetch == .count {
      request.begin(4)
      request.append("ZLEXCOUNT")
      request.append(key)
      request.append(lower)
      request.append(upper)
    } else if scan.fetch == .rows, let hashes {
      var keys = ArgumentList()
      keys.append(key)
      keys.append(layout.rows(scan.space.table))
      var arguments = ArgumentList()
      arguments.append(isForward ? "f" : "b")
      arguments.append(isForward ? lower : upper)
      arguments.append(isForward ? upper : lower)
      arguments.append(limit)
      arguments.append(configuration.pageBytes)
      arguments.append(scan.space.index == nil ? "k" : "i")
      request.script(hashes[.rowScan], keys: keys, arguments: arguments)
    } else {
      request.begin(7)
      request.append(isForward ? "ZRANGEBYLEX" : "ZREVRANGEBYLEX")
      request.append(key)
      request.append(isForward ? lower : upper)
      request.append(isForward ? upper : lower)
      request.append("LIMIT")
      request.append(0)
      // One more tells whether the page is the last.
      request.append(limit + 1)
    }
  }

  private func page(of scan: Scan, isWhole: Bool, _ cursor: inout ReplyCursor) throws(StoreError) -> ScanPage {
    if scan.fetch == .count { return ScanPage(entries: [], count: try cursor.integer()) }
    if scan.fetch == .rows, isWhole {
      try cursor.enterArray(of: 3)
      let isTruncated = try cursor.integer() == 1
      let entries = try entries(try cursor.array(), of: scan.space, &cursor)
      try cursor.enterArray(of: entries.count)
      let rows = try Self.rows(&cursor, entries.count, of: scan.space.table)
      return ScanPage(entries: entries, rows: rows, isTruncated: isTruncated)
    }
    let limit = pageLimit(scan)
    let count = try cursor.array()
    let entries = try entries(min(count, limit), of: scan.space, &cursor)
    for _ in entries.count..<max(count, entries.count) { cursor.skip() }
    return ScanPage(entries: entries, isTruncated: count > limit)
  }

  private func entries(
    _ count: Int, of space: KeySpace, _ cursor: inout ReplyCursor
  ) throws(StoreError) -> [IndexEntry] {
    var entries: [IndexEntry] = []
    entries.reserveCapacity(count)
    for _ in 0..<count { entries.append(try EntryMember.decode(try cursor.bytes(), in: space)) }
    return entries
  }

  /// Reads the rows of all pages in one more round trip.
  private func fetchRows(
    of scans: [Scan], _ pages: inout [ScanPage], until deadline: Moment
  ) async throws(StoreError) {
    // The rows of pages of one table that follow each other are one command.
    var commands: [(table: String, pages: [Int], count: Int)] = []
    for (position, scan) in scans.enumerated() where scan.fetch == .rows {
      let count = pages[position].entries.count
      if count == 0 {
        pages[position].rows = []
      } else if let last = commands.indices.last, commands[last].table == scan.space.table {
        commands[last].pages.append(position)
        commands[last].count += count
      } else {
        commands.append((scan.space.table, [position], count))
      }
    }
    if commands.isEmpty { return }
    var request = RequestBuilder()
    for (table, positions, count) in commands {
      let bytes = positions.reduce(0) { $0 + pages[$1].entries.reduce(0) { $0 + $1.rowKeyBytes.count } }
      beginRead(of: table, count, keyBytes: bytes, in: &request)
      for position in positions {
        for entry in pages[position].entries { request.append(entry.rowKeyBytes) }
      }
    }
    var cursor = ReplyCursor(try await perform(request, .read, until: deadline))
    for (table, positions, count) in commands {
      try cursor.enterArray(of: count)
      for position in positions {
        pages[position].rows = try Self.rows(&cursor, pages[position].entries.count, of: table)
      }
    }
  }

  /// The row of a value: its version, and the bytes behind.
  private static func row(_ cursor: inout ReplyCursor, of table: String) throws(StoreError) -> StoredRow? {
    guard let value = try cursor.optionalBytes() else { return nil }
    guard value.count >= RedisLayout.versionLength else {
      throw StoreError(.corrupt, "the table \(table) has a value that Rome did not write")
    }
    return StoredRow(
      version: Revision(rawValue: UInt64(bigEndian: value)), buffer: cursor.buffer,
      range: value.startIndex + RedisLayout.versionLength..<value.endIndex)
  }
}

extension ReplyCursor {
  /// Goes into an array that must have so many elements.
  fileprivate mutating func enterArray(of count: Int) throws(StoreError) {
    guard try array() == count else {
      throw StoreError(.corrupt, "the server sent another number of values than was asked for")
    }
  }
}

extension IndexEntry {
  /// The encoded primary key of the row, where it lies.
  fileprivate var rowKeyBytes: ArraySlice<UInt8> { key.bytes[columnsLength...] }
}

/// The bounds of a range, as Redis wants them.
enum RangeBounds {
  /// The lower bound, which belongs to the range, and the upper one, which does not.
  static func of(_ range: KeyRange, in space: KeySpace) -> (lower: [UInt8], upper: [UInt8]) {
    let lower = [UInt8(ascii: "[")] + EntryMember.bound(range.lower, in: space)
    guard let upper = range.upper else { return (lower, [UInt8(ascii: "+")]) }
    return (lower, [UInt8(ascii: "(")] + EntryMember.bound(upper, in: space))
  }
}
