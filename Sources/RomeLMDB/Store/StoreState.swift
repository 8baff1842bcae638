// SPDX-License-Identifier: Apache-2.0

import CLMDB
import Rome
import Synchronization

/// The state of a store in a transaction, be it a reading one or the writing one.
struct StoreState {
  let environment: Environment
  let transaction: OpaquePointer
  /// Whether the transaction is the writing one, which may still be given up.
  let isWriting: Bool

  var rows: Database { Database(transaction: transaction, environment.rows) }
  var entries: Database { Database(transaction: transaction, environment.entries) }
  var meta: Database { Database(transaction: transaction, environment.meta) }

  /// A number that is kept beside the rows; 0 when it was never set.
  func number(_ key: [UInt8]) throws(StoreError) -> UInt64 {
    try meta.withValue(key) { value throws(StoreError) in try value.map(Self.number) ?? 0 }
  }

  /// The number that bytes beside the rows begin with.
  static func number(_ value: UnsafeRawBufferPointer) throws(StoreError) -> UInt64 {
    // None comes near to half of what 64 bits hold, so the next one is always there too.
    guard let number = UInt64(bytes: value), number <= UInt64(Int64.max) else {
      throw StoreError(.corrupt, "a number of the store can't be read")
    }
    return number
  }

  /// The revision of the last commit.
  func revision() throws(StoreError) -> Revision { Revision(rawValue: try number(MetaKey.revision)) }

  /// The number of a space; nil when nothing was ever written to it.
  func space(_ space: KeySpace) throws(StoreError) -> UInt32? {
    let name = SpaceName(space)
    if let known = environment.spaces.withLock({ $0[name] }) { return known }
    let stored = try number(try MetaKey.space(space))
    if stored == 0 { return nil }
    guard let number = UInt32(exactly: stored), number < .max else {
      throw StoreError(.corrupt, "the number of a table or an index can't be read")
    }
    // A writing transaction that is given up takes the number back; readers see what stays.
    if !isWriting { environment.spaces.withLock { $0[name] = number } }
    return number
  }

  // MARK: Rows

  func read(_ addresses: [RowAddress]) throws(StoreError) -> [StoredRow?] {
    var result: [StoredRow?] = []
    result.reserveCapacity(addresses.count)
    // Most reads are of one table, whose number need not be looked up for each row.
    var last: (table: String, space: UInt32?)?
    for address in addresses {
      let space = try last?.table == address.table ? last?.space : self.space(.rows(address.table))
      last = (address.table, space)
      result.append(try space.flatMap { space throws(StoreError) in try row(space, address.key) })
    }
    return result
  }

  private func row(_ space: UInt32, _ key: Key) throws(StoreError) -> StoredRow? {
    try withRow(space, key, Self.storedRow)
  }

  /// The version of a row; nil when there is none.
  func version(_ address: RowAddress) throws(StoreError) -> Revision? {
    guard let space = try space(.rows(address.table)) else { return nil }
    return try withRow(space, address.key, Self.version)
  }

  /// Calls the closure with the stored bytes of a row; nil when there is none.
  private func withRow<Result>(
    _ space: UInt32, _ key: Key, _ body: (UnsafeRawBufferPointer) throws(StoreError) -> Result
  ) throws(StoreError) -> Result? {
    guard key.bytes.count <= EntryLayout.maximumRowKey else { return nil }
    return try rows.withValue(EntryLayout.key(space, key)) { value throws(StoreError) in
      guard let value else { return nil }
      return try body(value)
    }
  }

  private static func version(_ value: UnsafeRawBufferPointer) throws(StoreError) -> Revision {
    guard let version = UInt64(bytes: value) else { throw StoreError(.corrupt, "a row is too short") }
    return Revision(rawValue: version)
  }

  static func storedRow(_ value: UnsafeRawBufferPointer) throws(StoreError) -> StoredRow {
    let version = try version(value)
    let bytes = Array(UnsafeRawBufferPointer(rebasing: value[8...]))
    return StoredRow(version: version, bytes: bytes)
  }

  // MARK: Scans

  /// The answer to a scan.
  ///
  /// - Parameter filter: Says which rows are wanted, for a scan that fetches rows; nil for all. It sees the bytes in the file.
  func scan(_ scan: Scan, where filter: RowFilter? = nil) throws(StoreError) -> ScanPage {
    if scan.limit ?? 1 <= 0, scan.fetch != .count { return ScanPage(entries: []) }
    guard let space = try space(scan.space) else { return ScanPage(entries: []) }
    if scan.fetch == .count { return ScanPage(entries: [], count: try count(scan.space, space, scan.range)) }
    let fetchesRows = scan.fetch == .rows
    let isRows = scan.space.index == nil
    let table = fetchesRows && !isRows ? try self.space(.rows(scan.space.table)) : nil
    var rowKey = table.map(EntryLayout.prefix) ?? []
    var builder = PageBuilder(scan, filter)
    try walk(scan.space, space, scan.range, scan.direction) { item throws(StoreError) in
      if builder.isFull() { return false }
      if !fetchesRows {
        try builder.add(item)
      } else if isRows {
        try builder.add(item, row: item.value)
      } else if table == nil {
        try builder.add(item, row: nil)
      } else {
        // One buffer serves all rows: the number of the table stays.
        rowKey.removeSubrange(4...)
        try EntryLayout.appendRowKey(of: item, to: &rowKey)
        try rows.withValue(rowKey) { row throws(StoreError) in try builder.add(item, row: row) }
      }
      return true
    }
    return try builder.finish()
  }

  /// Walks a range; the closure says whether to go on.
  func walk(
    _ keySpace: KeySpace, _ space: UInt32, _ range: KeyRange, _ direction: Scan.Direction,
    _ body: (DatabaseCursor.Item) throws(StoreError) -> Bool
  ) throws(StoreError) {
    if range.isEmpty { return }
    let isRows = keySpace.index == nil
    try (isRows ? rows : entries).withCursor { cursor throws(StoreError) in
      let place = RangeCursor(cursor, space, isRows: isRows)
      var item = direction == .forward ? try place.first(range) : try place.last(range)
      while let current = item {
        guard try body(current) else { return }
        item = direction == .forward ? try place.next(range) : try place.previous(range)
      }
    }
  }
}
