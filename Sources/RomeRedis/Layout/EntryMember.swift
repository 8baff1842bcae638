// SPDX-License-Identifier: Apache-2.0

internal import Rome

/// The members of the sorted sets: the keys of rows as they are, and the entries of indexes with the place where the
/// indexed columns end.
///
/// Redis orders members as bytes, and what stands behind a key must not change that. So `00` in the key becomes `00 FF`,
/// and the key ends with `00` and a number of three bytes whose first is not `FF`: the length of the escaped columns.
/// Then members are ordered as their keys are, also where one key is the beginning of another.
enum EntryMember {
  /// The bytes behind the escaped key.
  static let suffixLength = 4
  /// The most bytes of a key that the suffix can serve when every byte is escaped.
  static let maximumKeyBytes = 64 << 10

  /// The member for an entry of an index.
  static func encode(_ entry: IndexEntry) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(length(of: entry))
    append(entry, to: &result)
    return result
  }

  /// How many bytes the member for an entry has.
  static func length(of entry: IndexEntry) -> Int {
    entry.key.bytes.withUnsafeBytes { key in key.reduce(key.count + suffixLength) { $1 == 0 ? $0 + 1 : $0 } }
  }

  /// Appends the member for an entry of an index.
  static func append(_ entry: IndexEntry, to result: inout [UInt8]) {
    let begin = result.count
    let key = entry.key.bytes
    append(escaping: key[..<entry.columnsLength], to: &result)
    let length = result.count - begin
    append(escaping: key[entry.columnsLength...], to: &result)
    result.append(0)
    result.append(UInt8(truncatingIfNeeded: length >> 16))
    result.append(UInt8(truncatingIfNeeded: length >> 8))
    result.append(UInt8(truncatingIfNeeded: length))
  }

  /// The entry of a member.
  ///
  /// - Throws: `StoreError` with the code `corrupt` for bytes that are no member.
  static func decode(_ member: ArraySlice<UInt8>, in space: KeySpace) throws(StoreError) -> IndexEntry {
    guard space.index != nil else { return IndexEntry(key: Key(member), columnsLength: 0) }
    let suffix = member.suffix(suffixLength)
    guard suffix.count == suffixLength, suffix.first == 0 else { throw malformed(space) }
    let columns = suffix.dropFirst().reduce(0) { $0 << 8 | Int($1) }
    let escaped = member.dropLast(suffixLength)
    guard columns <= escaped.count else { throw malformed(space) }
    var key: [UInt8] = []
    key.reserveCapacity(escaped.count)
    let end = escaped.startIndex + columns
    guard append(unescaping: escaped[..<end], to: &key) else { throw malformed(space) }
    let length = key.count
    guard append(unescaping: escaped[end...], to: &key) else { throw malformed(space) }
    return IndexEntry(key: Key(key), columnsLength: length)
  }

  /// The bytes of a bound of a range, as members are compared with it.
  static func bound(_ key: Key, in space: KeySpace) -> [UInt8] {
    guard space.index != nil, key.bytes.contains(0) else { return key.bytes }
    var result: [UInt8] = []
    result.reserveCapacity(key.bytes.count + 8)
    append(escaping: key.bytes[...], to: &result)
    return result
  }

  private static func append(escaping bytes: ArraySlice<UInt8>, to result: inout [UInt8]) {
    guard bytes.contains(0) else { return result.append(contentsOf: bytes) }
    for byte in bytes {
      result.append(byte)
      if byte == 0 { result.append(0xFF) }
    }
  }

  /// - Returns: Whether the bytes are escaped rightly.
  private static func append(unescaping bytes: ArraySlice<UInt8>, to result: inout [UInt8]) -> Bool {
    guard bytes.contains(0) else {
      result.append(contentsOf: bytes)
      return true
    }
    var position = bytes.startIndex
    while position < bytes.endIndex {
      let byte = bytes[position]
      result.append(byte)
      position += 1
      if byte == 0 {
        guard position < bytes.endIndex, bytes[position] == 0xFF else { return false }
        position += 1
      }
    }
    return true
  }

  private static func malformed(_ space: KeySpace) -> StoreError {
    StoreError(.corrupt, "the index \(space) has an entry that Rome did not write")
  }
}
