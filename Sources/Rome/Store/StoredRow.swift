// SPDX-License-Identifier: Apache-2.0

/// A point in the history of a store: it grows with every commit. A row's version is the revision of the commit that
/// wrote it, so a version never comes back, even when a row is deleted and inserted again.
public struct Revision: RawRepresentable, Hashable, Comparable, Sendable {
  /// The number of the revision.
  public let rawValue: UInt64

  /// Makes a revision of its number.
  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }

  /// The revision of a store that nothing was ever written to.
  public static let zero = Revision(rawValue: 0)

  /// Whether the left revision is the older one.
  public static func < (left: Revision, right: Revision) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// Where a row is: its table and its encoded primary key.
public struct RowAddress: Hashable, Sendable {
  /// The table of the row.
  public let table: String
  /// The encoded primary key of the row.
  public let key: Key

  /// Makes the address of a row.
  public init(table: String, key: Key) {
    self.table = table
    self.key = key
  }

  /// Feeds the key to the hasher, and of the name of the table its length: most rows differ in their keys, and to hash the whole
  /// name would cost as much again.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(table.utf8.count)
    hasher.combine(key)
  }
}

/// A row as a store keeps it: its bytes, which the store does not look into, and its version.
public struct StoredRow: Sendable {
  /// The revision of the commit that wrote the row.
  public let version: Revision
  /// What the encoded row is a part of.
  let buffer: [UInt8]
  /// Which part of it.
  let range: Range<Int>

  /// Makes a stored row.
  ///
  /// - Parameters:
  ///   - version: The revision of the commit that wrote the row.
  ///   - bytes: The encoded row.
  public init(version: Revision, bytes: [UInt8]) {
    self.init(version: version, buffer: bytes, range: bytes.indices)
  }

  /// Makes a stored row that is a part of a larger buffer, so that a store can hand out many of them without a copy each.
  ///
  /// - Parameters:
  ///   - version: The revision of the commit that wrote the row.
  ///   - buffer: The buffer, which lives as long as any of its rows.
  ///   - range: Where the encoded row is in it. What lies outside of the buffer is cut off.
  public init(version: Revision, buffer: [UInt8], range: Range<Int>) {
    self.version = version
    self.buffer = buffer
    self.range = range.clamped(to: buffer.indices)
  }

  /// The encoded row.
  public var bytes: ArraySlice<UInt8> { buffer[range] }
}

/// An entry of a key space, as scans return it and commits write it.
///
/// An index entry is the encoded values of the indexed columns followed by the encoded primary key of the row that they
/// belong to. Encodings are prefix-free, so entries with equal columns are ordered by primary key, and all entries of
/// one value are one prefix range. In a space of rows the indexed part is empty.
public struct IndexEntry: Sendable {
  /// The whole key of the entry: the indexed columns, then the primary key.
  public let key: Key
  /// How many bytes of `key` the indexed columns take.
  public let columnsLength: Int
  /// The encoded primary key, where somebody had it at hand.
  private var knownRowKey: Key?

  /// Makes an entry of a whole key.
  ///
  /// - Parameters:
  ///   - key: The indexed columns, then the primary key.
  ///   - columnsLength: How many bytes the indexed columns take, from 0 to the length of `key`.
  public init(key: Key, columnsLength: Int) {
    self.init(key: key, columnsLength: columnsLength, rowKey: nil)
  }

  /// Makes an entry of a whole key and the part of it that is the primary key, which then need not be copied out.
  init(key: Key, columnsLength: Int, rowKey: Key?) {
    self.key = key
    self.columnsLength = max(0, min(columnsLength, key.bytes.count))
    knownRowKey = rowKey
  }

  /// The encoded primary key of the row.
  public var rowKey: Key {
    if let knownRowKey { return knownRowKey }
    return columnsLength == 0 ? key : Key(key.bytes[columnsLength...])
  }

  /// The encoded primary key of the row, out of an entry of which it is not wanted again.
  mutating func takeRowKey() -> Key { knownRowKey.take() ?? rowKey }

  /// The encoded values of the indexed columns.
  public var columns: ArraySlice<UInt8> {
    key.bytes[..<columnsLength]
  }
}

extension IndexEntry: Hashable {
  /// Whether both have the same key and the same length of columns.
  public static func == (left: IndexEntry, right: IndexEntry) -> Bool {
    left.columnsLength == right.columnsLength && left.key == right.key
  }

  /// Feeds the key and the length of the columns to the hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(key)
    hasher.combine(columnsLength)
  }
}
