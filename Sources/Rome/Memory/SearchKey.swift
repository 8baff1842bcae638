// SPDX-License-Identifier: Apache-2.0

/// A key that a tree is searched for, valid while its bytes are borrowed.
///
/// Most comparisons of a search are decided by eight bytes, which nodes keep beside each other: no key that is only
/// passed by is fetched from memory. They are the first ones behind those that all keys of the node have in common, as
/// entries of one value of an index have many.
struct SearchKey {
  /// The bytes of the key.
  let bytes: UnsafeRawBufferPointer
  /// The first eight bytes as ``SearchKey/prefix(of:from:)`` gives them.
  let prefix: UInt64

  /// Borrows the bytes of a key.
  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
    prefix = SearchKey.prefix(of: bytes, from: 0)
  }

  /// Eight bytes from an offset on, as a number that is ordered as the bytes are; missing ones count as zeros. Of keys
  /// with equal numbers nothing is known.
  static func prefix(of bytes: UnsafeRawBufferPointer, from offset: Int) -> UInt64 {
    let count = bytes.count - offset
    if count >= 8 { return UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) }
    if count <= 0 { return 0 }
    var result: UInt64 = 0
    for position in offset..<bytes.count { result = result << 8 | UInt64(bytes[position]) }
    return result << UInt64(8 * (8 - count))
  }

  /// Negative when the key comes before this one, 0 when it is this one.
  @inline(__always)
  func compare(_ key: Key) -> Int {
    key.bytes.withUnsafeBytes { compareBytes($0, bytes) }
  }
}

extension Key {
  /// Calls the closure with this key as one to search for.
  @inline(__always)
  func withSearchKey<Result>(_ body: (SearchKey) -> Result) -> Result {
    bytes.withUnsafeBytes { body(SearchKey($0)) }
  }
}

extension Key {
  /// Eight bytes from an offset on; see ``SearchKey/prefix(of:from:)``.
  func prefix(from offset: Int) -> UInt64 {
    bytes.withUnsafeBytes { SearchKey.prefix(of: $0, from: offset) }
  }

  /// How many bytes at the begin both keys have in common.
  func sharedLength(_ other: Key) -> Int {
    bytes.withUnsafeBytes { left in
      other.bytes.withUnsafeBytes { right in
        let limit = min(left.count, right.count)
        var length = 0
        while length < limit, left[length] == right[length] { length += 1 }
        return length
      }
    }
  }
}
