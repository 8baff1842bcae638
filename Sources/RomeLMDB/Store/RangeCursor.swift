// SPDX-License-Identifier: Apache-2.0

import CLMDB
import Rome

/// Walks the keys of one space in a range, up or down.
struct RangeCursor {
  private let cursor: DatabaseCursor
  private let space: UInt32
  private let isRows: Bool

  init(_ cursor: DatabaseCursor, _ space: UInt32, isRows: Bool) {
    self.cursor = cursor
    self.space = space
    self.isRows = isRows
  }

  /// The first item of the range.
  func first(_ range: KeyRange) throws(StoreError) -> DatabaseCursor.Item? {
    within(try seek(range.lower), from: range.lower, upTo: range.upper)
  }

  /// The last item of the range.
  func last(_ range: KeyRange) throws(StoreError) -> DatabaseCursor.Item? {
    // The first item behind the range is one too far; behind the last item of all is the end.
    let behind: DatabaseCursor.Item? =
      if let upper = range.upper { try seek(upper) } else {
        try space == .max ? nil : cursor.seek(EntryLayout.prefix(space + 1))
      }
    let last = try cursor.move(behind == nil ? MDB_LAST : MDB_PREV)
    return within(last, from: range.lower, upTo: range.upper)
  }

  /// The item behind the present one.
  func next(_ range: KeyRange) throws(StoreError) -> DatabaseCursor.Item? {
    within(try cursor.move(MDB_NEXT), from: nil, upTo: range.upper)
  }

  /// The item before the present one.
  func previous(_ range: KeyRange) throws(StoreError) -> DatabaseCursor.Item? {
    within(try cursor.move(MDB_PREV), from: range.lower, upTo: nil)
  }

  /// How many items the range has. Once its first and its last item are known, no other one is looked at: the walk ends where the
  /// last one lies in memory.
  ///
  /// - Parameter whole: The count of all items of the space, where it is kept; it is asked for when they all lie in the range.
  func count(_ range: KeyRange, whole: () throws(StoreError) -> Int?) throws(StoreError) -> Int {
    guard let last = try last(range) else { return 0 }
    // No other item has its bytes there, be it another value of the same key.
    let end = last.value.baseAddress
    let hasMoreBehind = range.upper == nil ? false : isInSpace(try cursor.move(MDB_NEXT))
    guard let first = try first(range) else { return 0 }
    if !hasMoreBehind {
      if range.lower != .first, isInSpace(try cursor.move(MDB_PREV)) {
        _ = try cursor.move(MDB_NEXT)
      } else if let count = try whole() {
        return count
      } else {
        _ = try self.first(range)
      }
    }
    var (key, value) = (MDB_val(), MDB_val())
    value.mv_data = UnsafeMutableRawPointer(mutating: first.value.baseAddress)
    var count = 1
    while UnsafeRawPointer(value.mv_data) != end {
      let status = mdb_cursor_get(cursor.pointer, &key, &value, MDB_NEXT)
      if status == MDB_NOTFOUND { throw StoreError(.corrupt, "the keys of the file are not in order") }
      try StoreError.check(status, "reading")
      count += 1
    }
    return count
  }

  private func isInSpace(_ item: DatabaseCursor.Item?) -> Bool {
    guard let item else { return false }
    return item.key.count >= 4 && item.key.loadUnaligned(as: UInt32.self) == space.bigEndian
  }

  /// Moves to the first item, of this space or a later one, whose key is not smaller.
  private func seek(_ key: Key) throws(StoreError) -> DatabaseCursor.Item? {
    let head = EntryLayout.head(space, key)
    if isRows {
      // A key that is longer than any comes behind all with its beginning.
      let found = try cursor.seek(head)
      guard key.bytes.count > EntryLayout.maximumRowKey, let found, found.key.elementsEqual(head) else { return found }
      return try cursor.move(MDB_NEXT)
    }
    let rest = EntryLayout.rest(key)
    guard let found = try cursor.seek(head) else { return nil }
    guard !rest.isEmpty, found.key.elementsEqual(head) else { return found }
    if try cursor.seek(head, EntryLayout.searchValue(rest)) != nil { return try cursor.move(MDB_GET_CURRENT) }
    // All entries with this beginning are smaller.
    _ = try cursor.seek(head)
    return try cursor.move(MDB_NEXT_NODUP)
  }

  /// The item, unless it lies outside of the space or of the bounds that are given.
  private func within(_ item: DatabaseCursor.Item?, from lower: Key?, upTo upper: Key?) -> DatabaseCursor.Item? {
    guard let item, isInSpace(item) else { return nil }
    if let lower, compare(item, lower) < 0 { return nil }
    if let upper, compare(item, upper) >= 0 { return nil }
    return item
  }

  private func compare(_ item: DatabaseCursor.Item, _ key: Key) -> Int {
    key.bytes.withUnsafeBytes { key in
      let head = UnsafeRawBufferPointer(rebasing: item.key[4...])
      // An item without a rest is its head.
      guard !isRows, item.value.count > 2, head.count <= key.count else { return compareBytes(head, key) }
      let order = compareBytes(head, UnsafeRawBufferPointer(rebasing: key[..<head.count]))
      if order != 0 { return order }
      return compareBytes(
        UnsafeRawBufferPointer(rebasing: item.value.dropLast(2)), UnsafeRawBufferPointer(rebasing: key[head.count...]))
    }
  }
}
