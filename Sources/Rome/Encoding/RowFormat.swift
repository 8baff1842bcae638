// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The bytes of a row: every column can be found without decoding the others.
///
/// | part | bytes |
/// |--|--|
/// | format | 1: `01` with offsets of 2 bytes, `02` with offsets of 4 |
/// | number of columns | 2 |
/// | null bitmap | a bit a column, rounded up to bytes |
/// | end offsets | 2 or 4 a column, counted from the begin of the data |
/// | data | the columns, one after the other |
///
/// Numbers are little-endian. Integers and dates take as few bytes as hold them (0 has none), a boolean 0 or 1, a double
/// 8, a UUID 16; texts are UTF-8. A row may have fewer columns than its table: it was written before they were added,
/// and they read as ``ColumnDescription/fill``.
enum RowFormat {
  static let narrow: UInt8 = 1
  static let wide: UInt8 = 2
  static let headerLength = 3
  /// The most columns that a row can have.
  static let maximumColumns = Int(UInt16.max)

  /// Encodes the values of a row, one for each column of the table.
  static func encode(_ values: [Value]) -> [UInt8] {
    values.withUnsafeBufferPointer { values in
      make(values.count, dataLength: values.reduce(0) { $0 + length(of: $1) }) { writer in
        for position in values.indices { writer.append(values[position]) }
      }
    }
  }

  /// Calls the closure with the bytes that a value has in a row; NULL has none.
  static func withBytes<Result>(of value: Value, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    encode([value]).withUnsafeBytes { raw in
      if case .bytes(let bytes)? = RowView(raw)?[0] { return body(bytes) }
      return body(UnsafeRawBufferPointer(start: nil, count: 0))
    }
  }

  /// Makes a row whose columns the closure appends.
  static func make(_ count: Int, dataLength: Int, _ body: (inout RowWriter) -> Void) -> [UInt8] {
    let isWide = dataLength > Int(UInt16.max)
    let dataOffset = headerLength + (count + 7) / 8 + count * (isWide ? 4 : 2)
    return [UInt8](count: dataOffset + dataLength) { memory in
      var writer = RowWriter(memory, count, dataOffset: dataOffset, isWide: isWide)
      body(&writer)
    }
  }

  /// How many bytes a value takes.
  static func length(of value: Value) -> Int {
    switch value {
    case .null: 0
    case .bool(let value): value ? 1 : 0
    case .int(let value), .date(let value): length(of: value)
    case .double: 8
    case .string(let value): value.utf8.count
    case .bytes(let value), .json(let value): value.count
    case .uuid: 16
    }
  }

  /// How many bytes an integer takes.
  static func length(of value: Int64) -> Int {
    if value == 0 { return 0 }
    return (65 - (value < 0 ? (~value).leadingZeroBitCount : value.leadingZeroBitCount) + 7) / 8
  }

  /// The number in 8 little-endian bytes.
  static func double(_ bytes: UnsafeRawBufferPointer) -> Double {
    Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self)))
  }

  /// Whether no byte has its highest bit set.
  static func isASCII(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var position = 0
    while position + 8 <= bytes.count {
      if bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self) & 0x8080_8080_8080_8080 != 0 { return false }
      position += 8
    }
    return bytes[position...].allSatisfy { $0 < 0x80 }
  }

  /// The integer in 0 to 8 little-endian bytes, the sign in the highest bit.
  @inline(__always)
  static func integer(_ bytes: UnsafeRawBufferPointer) -> Int64 {
    // Most numbers are small: they have no more than two bytes.
    let count = bytes.count
    switch count {
    case 0: return 0
    case 1: return Int64(Int8(bitPattern: bytes[0]))
    case 2: return Int64(Int16(littleEndian: bytes.loadUnaligned(as: Int16.self)))
    case 3:
      let low = UInt16(littleEndian: bytes.loadUnaligned(as: UInt16.self))
      return Int64(low) | Int64(Int8(bitPattern: bytes[2])) << 16
    default:
      // The lowest four bytes and the highest four, which overlap where there are less than eight.
      let low = UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self))
      let high = Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: count - 4, as: Int32.self))
      return Int64(low) | Int64(high) << Int64(8 * (count - 4))
    }
  }
}
