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
    var data: [UInt8] = []
    data.reserveCapacity(values.count * 16)
    var ends: [Int] = []
    ends.reserveCapacity(values.count)
    let bitmapLength = (values.count + 7) / 8
    var bitmap = [UInt8](repeating: 0, count: bitmapLength)
    for (position, value) in values.enumerated() {
      if value.isNull {
        bitmap[position >> 3] |= 1 << UInt8(position & 7)
      } else {
        append(value, to: &data)
      }
      ends.append(data.count)
    }
    let isWide = data.count > Int(UInt16.max)
    var row: [UInt8] = []
    row.reserveCapacity(headerLength + bitmapLength + values.count * (isWide ? 4 : 2) + data.count)
    row.append(isWide ? wide : narrow)
    row.append(UInt8(truncatingIfNeeded: values.count))
    row.append(UInt8(truncatingIfNeeded: values.count >> 8))
    row.append(contentsOf: bitmap)
    for end in ends {
      row.append(UInt8(truncatingIfNeeded: end))
      row.append(UInt8(truncatingIfNeeded: end >> 8))
      if isWide {
        row.append(UInt8(truncatingIfNeeded: end >> 16))
        row.append(UInt8(truncatingIfNeeded: end >> 24))
      }
    }
    row.append(contentsOf: data)
    return row
  }

  /// Calls the closure with the bytes that a value has in a row; NULL has none.
  static func withBytes<Result>(of value: Value, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    var bytes: [UInt8] = []
    append(value, to: &bytes)
    return bytes.withUnsafeBytes(body)
  }

  private static func append(_ value: Value, to data: inout [UInt8]) {
    switch value {
    case .null: break
    case .bool(let value): if value { data.append(1) }
    case .int(let value), .date(let value): append(integer: value, to: &data)
    case .double(let value): withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) }
    case .string(var value): value.withUTF8 { data.append(contentsOf: $0) }
    case .bytes(let value), .json(let value): data.append(contentsOf: value)
    case .uuid(let value): withUnsafeBytes(of: value.uuid) { data.append(contentsOf: $0) }
    }
  }

  private static func append(integer value: Int64, to data: inout [UInt8]) {
    if value == 0 { return }
    let significant = 65 - (value < 0 ? (~value).leadingZeroBitCount : value.leadingZeroBitCount)
    for position in 0..<(significant + 7) / 8 {
      data.append(UInt8(truncatingIfNeeded: value >> (8 * Int64(position))))
    }
  }

  /// The integer in 0 to 8 little-endian bytes, the sign in the highest bit.
  static func integer(_ bytes: UnsafeRawBufferPointer) -> Int64 {
    // Most numbers are small: they have no more than two bytes.
    switch bytes.count {
    case 0: return 0
    case 1: return Int64(Int8(bitPattern: bytes[0]))
    case 2: return Int64(Int16(littleEndian: bytes.loadUnaligned(as: Int16.self)))
    default:
      var result: UInt64 = 0
      var shift: UInt64 = 0
      for byte in bytes {
        result |= UInt64(byte) << shift
        shift += 8
      }
      if shift < 64, result >> (shift - 1) == 1 { result |= UInt64.max << shift }
      return Int64(bitPattern: result)
    }
  }
}
