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
    let entry = member.withUnsafeBytes { member -> IndexEntry? in
      let end = member.count - suffixLength
      guard end >= 0, member[end] == 0 else { return nil }
      let columns = Int(member[end + 1]) << 16 | Int(member[end + 2]) << 8 | Int(member[end + 3])
      guard columns <= end else { return nil }
      var columnsLength = 0
      var isRight = true
      let key = [UInt8](unsafeUninitializedCapacity: end) { key, length in
        // Both parts together give at most a byte for each of theirs, of which there are as many as there is room for.
        isRight = unescape(UnsafeRawBufferPointer(rebasing: member[..<columns]), to: key, &length)
        columnsLength = length
        isRight = isRight && unescape(UnsafeRawBufferPointer(rebasing: member[columns..<end]), to: key, &length)
      }
      return isRight ? IndexEntry(key: Key(key), columnsLength: columnsLength) : nil
    }
    guard let entry else { throw malformed(space) }
    return entry
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

  /// Writes what escaped bytes stand for behind the first bytes of a key, at most a byte for each of them.
  ///
  /// - Parameters:
  ///   - bytes: The escaped bytes.
  ///   - key: Where they go, with room for them.
  ///   - length: How many bytes of the key are there.
  /// - Returns: Whether the bytes are escaped rightly.
  private static func unescape(
    _ bytes: UnsafeRawBufferPointer, to key: UnsafeMutableBufferPointer<UInt8>, _ length: inout Int
  ) -> Bool {
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      key.initializeElement(at: length, to: byte)
      length += 1
      position += 1
      if byte == 0 {
        guard position < bytes.count, bytes[position] == 0xFF else { return false }
        position += 1
      }
    }
    return true
  }

  private static func malformed(_ space: KeySpace) -> StoreError {
    StoreError(.corrupt, "the index \(space) has an entry that Rome did not write")
  }
}
