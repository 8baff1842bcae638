// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Reads the values back that a ``KeyEncoder`` wrote. Bytes of any other origin give an error, never a crash.
public struct KeyDecoder: Sendable {
  /// Bytes that no ``KeyEncoder`` wrote.
  public struct Malformed: Error, Hashable, Sendable {
    /// The position of the first byte that makes no sense.
    public let offset: Int
  }

  private let bytes: ArraySlice<UInt8>
  private var position: Int

  /// Makes a decoder that begins at the first byte.
  public init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  /// Makes a decoder that begins at the first byte of the key.
  public init(_ key: Key) {
    self.init(key.bytes[...])
  }

  /// Whether all bytes are read.
  public var isAtEnd: Bool { position == bytes.endIndex }

  /// How many bytes are read.
  public var consumed: Int { position - bytes.startIndex }

  /// Reads the next value.
  ///
  /// - Parameter descending: Whether the value was appended as a descending one.
  /// - Throws: ``Malformed`` when no value begins here.
  public mutating func next(descending: Bool = false) throws(Malformed) -> Value {
    let mask: UInt8 = descending ? 0xFF : 0
    let tag = try byte(mask)
    switch tag {
    case KeyTag.null: return .null
    case KeyTag.false: return .bool(false)
    case KeyTag.true: return .bool(true)
    case KeyTag.zero - 9...KeyTag.zero + 8: return .int(try integer(tag, mask))
    case KeyTag.double:
      let start = consumed
      let bits = try bigEndian(8, mask)
      let value = KeyTag.double(orderedBits: bits)
      // -0 and all NaN but one have no key of their own.
      guard KeyTag.orderedBits(of: value) == bits else { throw Malformed(offset: start) }
      return .double(value)
    case KeyTag.date: return .date(try integer(try byte(mask), mask))
    case KeyTag.uuid:
      let high = try bigEndian(8, mask)
      let low = try bigEndian(8, mask)
      return .uuid(
        withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) })
    case KeyTag.string:
      let start = position
      guard let text = String(validating: try unescaped(mask), as: UTF8.self) else { throw Malformed(offset: start) }
      return .string(text)
    case KeyTag.bytes: return .bytes(try unescaped(mask))
    case KeyTag.json: return .json(try unescaped(mask))
    default: throw Malformed(offset: consumed - 1)
    }
  }

  /// Reads the next value whichever way it was appended: the first bytes of descending values are above all others.
  mutating func nextOfAnyDirection() throws(Malformed) -> Value {
    guard position < bytes.endIndex else { throw Malformed(offset: consumed) }
    return try next(descending: bytes[position] >= 0x80)
  }

  private mutating func byte(_ mask: UInt8) throws(Malformed) -> UInt8 {
    guard position < bytes.endIndex else { throw Malformed(offset: consumed) }
    defer { position += 1 }
    return bytes[position] ^ mask
  }

  private mutating func bigEndian(_ count: Int, _ mask: UInt8) throws(Malformed) -> UInt64 {
    var result: UInt64 = 0
    for _ in 0..<count { result = result << 8 | UInt64(try byte(mask)) }
    return result
  }

  private mutating func integer(_ tag: UInt8, _ mask: UInt8) throws(Malformed) -> Int64 {
    guard (KeyTag.zero - 9...KeyTag.zero + 8).contains(tag) else { throw Malformed(offset: consumed - 1) }
    let isNegative = tag < KeyTag.zero
    let length = isNegative ? Int(KeyTag.zero - 1 - tag) : Int(tag - KeyTag.zero)
    let start = consumed
    var magnitude = try bigEndian(length, mask)
    if isNegative { magnitude = ~magnitude & (length == 8 ? .max : (1 << (8 * UInt64(length))) - 1) }
    // Only the shortest form is one that the encoder wrote, else two keys would mean the same value.
    guard magnitude <= UInt64(Int64.max), length == (64 - magnitude.leadingZeroBitCount + 7) / 8 else {
      throw Malformed(offset: start)
    }
    return isNegative ? ~Int64(magnitude) : Int64(magnitude)
  }

  private mutating func unescaped(_ mask: UInt8) throws(Malformed) -> [UInt8] {
    var result: [UInt8] = []
    while true {
      let next = try byte(mask)
      if next > KeyTag.escape {
        result.append(next)
      } else if next == 0 {
        return result
      } else {
        let escaped = try byte(mask)
        guard escaped == 1 || escaped == 2 else { throw Malformed(offset: consumed - 1) }
        result.append(escaped - 1)
      }
    }
  }
}
