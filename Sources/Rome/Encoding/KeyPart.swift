// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A value as keys are made of it, borrowed from where it is: a ``Value``, or a column in the bytes of its row. The bytes of
/// the last two cases are valid as long as what they were borrowed from.
enum KeyPart {
  case null
  case bool(Bool)
  case int(Int64)
  case double(Double)
  case date(Int64)
  /// 16 bytes.
  case uuid(UnsafeRawBufferPointer)
  /// A text, bytes or JSON, as the tag says.
  case content(tag: UInt8, UnsafeRawBufferPointer)

  /// How many bytes the value takes in a key.
  var length: Int {
    switch self {
    case .null, .bool: 1
    case .int(let value): 1 + Self.length(of: value)
    case .double: 9
    case .date(let value): 2 + Self.length(of: value)
    case .uuid(let bytes): 1 + bytes.count
    case .content(_, let bytes): 2 + bytes.count + (Self.mustEscape(bytes) ? bytes.count(where: Self.mustEscape) : 0)
    }
  }

  /// How many bytes an integer takes behind its tag. A negative number is ordered by its complement, which takes as many as the
  /// positive number before it.
  static func length(of value: Int64) -> Int {
    let magnitude = value < 0 ? UInt64(bitPattern: ~value) : UInt64(bitPattern: value)
    return (64 - magnitude.leadingZeroBitCount + 7) / 8
  }

  /// Whether a byte of a text or of bytes can't be in a key as it is: the byte that ends the content is nowhere else in it, else
  /// "a" would be a prefix of "a\u{0}", and descending texts at the end of a key would be out of order.
  @inline(__always)
  static func mustEscape(_ byte: UInt8) -> Bool { byte <= KeyTag.escape }

  /// Whether some byte can't be in a key as it is.
  static func mustEscape(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var position = 0
    // Eight at a time: a byte is 0 or 1 when subtracting 2 from it borrows and its highest bit was not set. A borrow may mark
    // the byte above such a one as well, but none where there is no such byte.
    while position + 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      if (word &- 0x0202_0202_0202_0202) & ~word & 0x8080_8080_8080_8080 != 0 { return true }
      position += 8
    }
    return bytes[position...].contains(where: mustEscape)
  }
}

extension Value {
  /// Calls the closure with the value as a part of a key.
  @inline(__always)
  func withKeyPart<Result>(_ body: (KeyPart) -> Result) -> Result {
    switch self {
    case .null: body(.null)
    case .bool(let value): body(.bool(value))
    case .int(let value): body(.int(value))
    case .double(let value): body(.double(value))
    case .date(let value): body(.date(value))
    case .uuid(let value): withUnsafeBytes(of: value.uuid) { body(.uuid($0)) }
    case .string(var value): value.withUTF8 { body(.content(tag: KeyTag.string, UnsafeRawBufferPointer($0))) }
    case .bytes(let value): value.withUnsafeBytes { body(.content(tag: KeyTag.bytes, $0)) }
    case .json(let value): value.withUnsafeBytes { body(.content(tag: KeyTag.json, $0)) }
    }
  }
}

extension EncodedRow {
  /// Calls the closure with a column as a part of a key: the same as by its ``Value``, which is only made where it must be.
  @inline(__always)
  func withKeyPart<Result>(_ position: Int, _ body: (KeyPart) -> Result) -> Result {
    guard position < columnCount else { return self[position].withKeyPart(body) }
    return withColumn(position) { bytes in
      guard let bytes else { return body(.null) }
      switch type(of: position) {
      case .bool: return body(.bool(bytes.first == 1))
      case .int: return body(.int(RowFormat.integer(bytes)))
      case .date: return body(.date(RowFormat.integer(bytes)))
      case .double: return body(.double(RowFormat.double(bytes)))
      case .uuid: return body(.uuid(bytes))
      case .bytes: return body(.content(tag: KeyTag.bytes, bytes))
      case .json: return body(.content(tag: KeyTag.json, bytes))
      case .string:
        // Text that is not UTF-8 is repaired whenever it is read, so here too; what is ASCII needs no repair.
        if RowFormat.isASCII(bytes) { return body(.content(tag: KeyTag.string, bytes)) }
        return self[position].withKeyPart(body)
      }
    }
  }
}
