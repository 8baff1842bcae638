// SPDX-License-Identifier: Apache-2.0

/// The bytes of a key in a store. Keys are ordered as unsigned bytes, the shorter of two equal prefixes first.
public struct Key: Sendable {
  /// The bytes of the key.
  public let bytes: [UInt8]

  /// Makes a key of the bytes.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Makes a key of the bytes.
  public init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = Array(bytes)
  }

  /// The empty key, which comes before all others.
  public static let first = Key([UInt8]())

  /// The smallest key that is greater than this one: this key with a zero byte appended.
  public var next: Key {
    Key(bytes + [0])
  }
}

extension Key: Hashable {
  /// Whether both keys have the same bytes.
  public static func == (left: Key, right: Key) -> Bool {
    left.bytes == right.bytes
  }

  /// Feeds the bytes of the key to the hasher, in one piece.
  public func hash(into hasher: inout Hasher) {
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
  }
}

extension Key: Comparable {
  /// Whether the left key comes before the right one, byte by byte.
  public static func < (left: Key, right: Key) -> Bool {
    compareBytes(left.bytes, right.bytes) < 0
  }
}

extension Key: CustomStringConvertible {
  /// The bytes in hexadecimal, shortened after 32 of them.
  public var description: String {
    let digits = bytes.prefix(32).map { byte in
      let text = String(byte, radix: 16)
      return text.count == 1 ? "0" + text : text
    }
    return digits.joined() + (bytes.count > 32 ? "…" : "")
  }
}

/// Compares two byte strings as `memcmp` does; negative when the left one comes first.
@inlinable
public func compareBytes(_ left: [UInt8], _ right: [UInt8]) -> Int {
  left.withUnsafeBytes { left in right.withUnsafeBytes { right in compareBytes(left, right) } }
}

/// Compares two byte strings as `memcmp` does; negative when the left one comes first.
@inlinable
public func compareBytes(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
  let shared = min(left.count, right.count)
  var position = 0
  while position + 8 <= shared {
    let a = UInt64(bigEndian: left.loadUnaligned(fromByteOffset: position, as: UInt64.self))
    let b = UInt64(bigEndian: right.loadUnaligned(fromByteOffset: position, as: UInt64.self))
    if a != b { return a < b ? -1 : 1 }
    position += 8
  }
  while position < shared {
    if left[position] != right[position] { return left[position] < right[position] ? -1 : 1 }
    position += 1
  }
  return left.count - right.count
}
