// SPDX-License-Identifier: Apache-2.0

import CLMDB
import Rome

/// How keys become keys of LMDB, which are at most 511 bytes.
///
/// The number of the space stands before each key, so all spaces share two databases. An entry of an index is cut: its
/// beginning is the key, its rest and the length of its columns are the value, one of several sorted values of the key. So
/// entries are in order and can be twice as long as a key.
enum EntryLayout {
  /// The most bytes of a key of LMDB.
  static let maximumKey = 511
  /// The most bytes of a primary key.
  static let maximumRowKey = maximumKey - 4
  /// The most bytes of an entry of an index.
  static let maximumEntry = 2 * maximumKey - 6

  /// The key of a row.
  static func key(_ space: UInt32, _ key: Key) -> [UInt8] {
    var bytes = prefix(space)
    bytes.append(contentsOf: key.bytes)
    return bytes
  }

  /// What the keys of a space begin with.
  static func prefix(_ space: UInt32) -> [UInt8] { withUnsafeBytes(of: space.bigEndian) { Array($0) } }

  /// The beginning of an entry.
  static func head(_ space: UInt32, _ key: Key) -> [UInt8] {
    var bytes = prefix(space)
    bytes.append(contentsOf: key.bytes.prefix(maximumRowKey))
    return bytes
  }

  /// The rest of an entry.
  static func rest(_ key: Key) -> [UInt8] { Array(key.bytes.dropFirst(maximumRowKey)) }

  /// The rest of an entry as it is stored: with the length of its columns.
  static func value(_ entry: IndexEntry) -> [UInt8] {
    rest(entry.key) + [UInt8(entry.columnsLength >> 8 & 0xFF), UInt8(entry.columnsLength & 0xFF)]
  }

  /// The value from which a search for a rest begins.
  static func searchValue(_ rest: [UInt8]) -> [UInt8] { rest + [0, 0] }

  /// Compares two rests as they are stored, without the length behind them.
  static func compare(_ left: UnsafePointer<MDB_val>?, _ right: UnsafePointer<MDB_val>?) -> CInt {
    guard let left = left?.pointee.bytes, let right = right?.pointee.bytes else { return 0 }
    let order = compareBytes(
      UnsafeRawBufferPointer(rebasing: left.dropLast(2)), UnsafeRawBufferPointer(rebasing: right.dropLast(2)))
    return order < 0 ? -1 : order > 0 ? 1 : 0
  }

  /// The entry of an item of a space of rows.
  static func rowEntry(_ item: DatabaseCursor.Item) -> IndexEntry {
    IndexEntry(key: Key(Array(UnsafeRawBufferPointer(rebasing: item.key[min(4, item.key.count)...]))), columnsLength: 0)
  }

  /// Appends the encoded primary key that the entry of an item ends with.
  static func appendRowKey(of item: DatabaseCursor.Item, to bytes: inout [UInt8]) throws(StoreError) {
    guard item.key.count >= 4, item.value.count >= 2 else {
      throw StoreError(.corrupt, "an entry of an index is too short")
    }
    let rest = item.value.count - 2
    let headLength = item.key.count - 4
    let columnsLength = min(Int(item.value[rest]) << 8 | Int(item.value[rest + 1]), headLength + rest)
    if columnsLength < headLength {
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: item.key[(4 + columnsLength)...]))
    }
    let skipped = max(0, columnsLength - headLength)
    bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: item.value[skipped..<rest]))
  }

  /// The entry of an item.
  static func entry(_ item: DatabaseCursor.Item) throws(StoreError) -> IndexEntry {
    guard item.key.count >= 4, item.value.count >= 2 else {
      throw StoreError(.corrupt, "an entry of an index is too short")
    }
    let count = item.value.count - 2
    let length = Int(item.value[count]) << 8 | Int(item.value[count + 1])
    var bytes = [UInt8]()
    bytes.reserveCapacity(item.key.count - 4 + count)
    bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: item.key[4...]))
    if count > 0 { bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: item.value[..<count])) }
    return IndexEntry(key: Key(bytes), columnsLength: length)
  }
}
