// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Encodes values as keys whose bytes are ordered as the values are: `encode(x) < encode(y)` exactly when `x < y`.
///
/// Each value begins with a byte for its type, so NULL comes before all others, and no encoded value is the prefix of
/// another, so the encodings of several values can follow each other. A descending element is the ascending one with
/// all bits inverted. The idea is that of FoundationDB's tuple layer; the format is Rome's own:
///
/// | value | bytes |
/// |--|--|
/// | NULL | `01` |
/// | false, true | `02`, `03` |
/// | integer from 0 | `14` + its number of bytes, then the bytes, the greatest first |
/// | negative integer | `13` − the number of bytes of its complement, then the inverted bytes of the complement |
/// | double | `21`, then 8 bytes: the IEEE bits, sign inverted, all bits inverted for negative ones |
/// | date | `24`, then as an integer |
/// | UUID | `28`, then 16 bytes |
/// | text, bytes, JSON | `30`, `31`, `32`, then the bytes with `00` as `01 01` and `01` as `01 02`, then `00` |
public struct KeyEncoder: Sendable {
  /// The bytes so far.
  public private(set) var bytes: [UInt8] = []

  /// Makes an encoder without bytes.
  public init() {
    bytes.reserveCapacity(64)
  }

  /// Makes an encoder with room for as many bytes. Keys are kept as they are encoded, and many are short.
  init(capacity: Int) {
    bytes.reserveCapacity(capacity)
  }

  /// The bytes so far as a key.
  public var key: Key { Key(bytes) }

  /// Encodes values in ascending order.
  public static func encode(_ values: [Value]) -> Key {
    var encoder = KeyEncoder(capacity: values.reduce(0) { $0 + $1.usualKeyLength })
    for value in values { encoder.append(value) }
    return encoder.key
  }

  /// Encodes a value in ascending order.
  static func encode(_ value: Value) -> Key {
    var encoder = KeyEncoder(capacity: value.usualKeyLength)
    encoder.append(value)
    return encoder.key
  }

  /// Appends a value.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - descending: Whether greater values shall come first.
  public mutating func append(_ value: Value, descending: Bool = false) {
    let start = bytes.count
    appendAscending(value)
    if descending {
      for position in start..<bytes.count { bytes[position] = ~bytes[position] }
    }
  }

  /// Appends bytes that are encoded already, such as a primary key behind the columns of an index.
  public mutating func append(encoded: some Sequence<UInt8>) {
    bytes.append(contentsOf: encoded)
  }

  private mutating func appendAscending(_ value: Value) {
    switch value {
    case .null: bytes.append(KeyTag.null)
    case .bool(let value): bytes.append(value ? KeyTag.true : KeyTag.false)
    case .int(let value): append(integer: value)
    case .double(let value):
      bytes.append(KeyTag.double)
      append(bigEndian: KeyTag.orderedBits(of: value))
    case .date(let value):
      bytes.append(KeyTag.date)
      append(integer: value)
    case .uuid(let value):
      bytes.append(KeyTag.uuid)
      withUnsafeBytes(of: value.uuid) { bytes.append(contentsOf: $0) }
    case .string(var value):
      bytes.append(KeyTag.string)
      value.withUTF8 { append(escaping: UnsafeRawBufferPointer($0)) }
    case .bytes(let value):
      bytes.append(KeyTag.bytes)
      value.withUnsafeBytes { append(escaping: $0) }
    case .json(let value):
      bytes.append(KeyTag.json)
      value.withUnsafeBytes { append(escaping: $0) }
    }
  }

  private mutating func append(integer value: Int64) {
    // A negative number of n bytes is ordered by its complement, which has the same number of bytes as value + 1.
    let magnitude = value < 0 ? UInt64(bitPattern: ~value) : UInt64(bitPattern: value)
    let length = (64 - magnitude.leadingZeroBitCount + 7) / 8
    if value < 0 {
      // -1 has the complement 0 and no bytes; a tag of its own below zero keeps the lengths apart.
      bytes.append(KeyTag.zero - 1 - UInt8(length))
    } else {
      bytes.append(KeyTag.zero + UInt8(length))
    }
    let ordered = value < 0 ? ~magnitude : magnitude
    withUnsafeBytes(of: (ordered << UInt64(64 - 8 * length)).bigEndian) { bytes.append(contentsOf: $0.prefix(length)) }
  }

  private mutating func append(bigEndian value: UInt64) {
    withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
  }

  private mutating func append(escaping content: UnsafeRawBufferPointer) {
    // The byte that ends the content is nowhere else in it: else "a" would be a prefix of "a\u{0}", and descending texts
    // at the end of a key would be out of order.
    if content.allSatisfy({ $0 > KeyTag.escape }) {
      bytes.append(contentsOf: content)
    } else {
      for byte in content {
        if byte <= KeyTag.escape {
          bytes.append(KeyTag.escape)
          bytes.append(byte + 1)
        } else {
          bytes.append(byte)
        }
      }
    }
    bytes.append(0)
  }
}

extension Value {
  /// How many bytes the value takes in a key, if none of them must be escaped; for numbers the most.
  var usualKeyLength: Int {
    switch self {
    case .null, .bool: 1
    case .int: 9
    case .double: 9
    case .date: 10
    case .uuid: 17
    case .string(let text): text.utf8.count + 2
    case .bytes(let bytes), .json(let bytes): bytes.count + 2
    }
  }
}

/// The first bytes of encoded values.
enum KeyTag {
  static let null: UInt8 = 0x01
  static let `false`: UInt8 = 0x02
  static let `true`: UInt8 = 0x03
  /// The integer 0; positive ones up to 0x1C, negative ones from 0x13 down to 0x0B.
  static let zero: UInt8 = 0x14
  static let double: UInt8 = 0x21
  static let date: UInt8 = 0x24
  static let uuid: UInt8 = 0x28
  static let string: UInt8 = 0x30
  static let bytes: UInt8 = 0x31
  static let json: UInt8 = 0x32
  /// Inside of texts: the next byte less one is the one that is meant, 0 or 1.
  static let escape: UInt8 = 0x01

  /// The bits of the number so that they are ordered as the numbers are; NaN after all others, -0 as 0.
  static func orderedBits(of value: Double) -> UInt64 {
    if value.isNaN { return .max }
    let bits = value == 0 ? 0 : value.bitPattern
    return bits >> 63 == 1 ? ~bits : bits | 1 << 63
  }

  /// The number of ordered bits.
  static func double(orderedBits bits: UInt64) -> Double {
    if bits == .max { return .nan }
    return Double(bitPattern: bits >> 63 == 1 ? bits & ~(1 << 63) : ~bits)
  }
}
