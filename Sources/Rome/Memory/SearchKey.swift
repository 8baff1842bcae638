// SPDX-License-Identifier: Apache-2.0

/// A key that a tree is searched for, valid while its bytes are borrowed.
///
/// Most comparisons of a search are decided by the first eight bytes, which nodes keep beside each other: no key that is
/// only passed by is fetched from memory.
struct SearchKey {
  /// The bytes of the key.
  let bytes: UnsafeRawBufferPointer
  /// The first bytes as ``SearchKey/prefix(of:)`` gives them.
  let prefix: UInt64

  /// Borrows the bytes of a key.
  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
    prefix = SearchKey.prefix(of: bytes)
  }

  /// The first eight bytes as a number that is ordered as the bytes are; missing ones count as zeros. Of keys with equal
  /// prefixes nothing is known.
  static func prefix(of bytes: UnsafeRawBufferPointer) -> UInt64 {
    if bytes.count >= 8 { return UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)) }
    var result: UInt64 = 0
    for position in 0..<8 { result = result << 8 | (position < bytes.count ? UInt64(bytes[position]) : 0) }
    return result
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
