// SPDX-License-Identifier: Apache-2.0

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

  /// The bytes so far as a key.
  public var key: Key { Key(bytes) }

  /// Encodes values in ascending order.
  public static func encode(_ values: [Value]) -> Key {
    if values.count == 1 { return encode(values[0]) }
    // Keys are kept as they are encoded, and many are short: they get as much memory as they need.
    return KeyWriter.key(ofLength: values.reduce(0) { sum, value in sum + value.withKeyPart { $0.length } }) { writer in
      for value in values { value.withKeyPart { writer.append($0, descending: false) } }
    }
  }

  /// Encodes a value in ascending order.
  static func encode(_ value: Value) -> Key {
    value.withKeyPart { part in
      KeyWriter.key(ofLength: part.length) { $0.append(part, descending: false) }
    }
  }

  /// Appends a value.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - descending: Whether greater values shall come first.
  public mutating func append(_ value: Value, descending: Bool = false) {
    value.withKeyPart { part in
      let start = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: part.length))
      bytes.withUnsafeMutableBytes { memory in
        var writer = KeyWriter(memory, from: start)
        writer.append(part, descending: descending)
      }
    }
  }

  /// Appends bytes that are encoded already, such as a primary key behind the columns of an index.
  public mutating func append(encoded: some Sequence<UInt8>) {
    bytes.append(contentsOf: encoded)
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
