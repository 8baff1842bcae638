// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The columns of an encoded row where it lies, borrowed: nothing is copied or retained.
struct RowView {
  /// What is found of a column.
  enum Part {
    /// The row is older than the column.
    case missing
    /// NULL.
    case null
    /// The bytes of the value.
    case bytes(UnsafeRawBufferPointer)
    /// The row is none that Rome wrote.
    case malformed
  }

  let raw: UnsafeRawBufferPointer
  /// The number of columns in the bytes; the table may have more.
  let columnCount: Int
  private let isWide: Bool
  private let dataOffset: Int
  /// How many bytes the columns have together.
  var dataLength: Int { raw.count - dataOffset }

  /// The row of the bytes; nil when they can be none.
  @inline(__always)
  init?(_ raw: UnsafeRawBufferPointer) {
    guard raw.count >= RowFormat.headerLength, raw[0] == RowFormat.narrow || raw[0] == RowFormat.wide else {
      return nil
    }
    self.raw = raw
    isWide = raw[0] == RowFormat.wide
    columnCount = Int(raw[1]) | Int(raw[2]) << 8
    dataOffset = RowFormat.headerLength + (columnCount + 7) >> 3 + columnCount * (isWide ? 4 : 2)
    guard dataOffset <= raw.count else { return nil }
  }

  /// The row of bytes that were found to be one.
  @inline(__always)
  init(checked raw: UnsafeRawBufferPointer) {
    self.raw = raw
    isWide = raw[0] == RowFormat.wide
    columnCount = Int(raw[1]) | Int(raw[2]) &<< 8
    dataOffset = RowFormat.headerLength &+ (columnCount &+ 7) &>> 3 &+ columnCount &* (isWide ? 4 : 2)
  }

  /// Where the data of a column ends, counted from the begin of the data.
  @inline(__always)
  func end(of position: Int) -> Int {
    let table = RowFormat.headerLength + (columnCount + 7) >> 3
    if isWide {
      return Int(UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: table + position * 4, as: UInt32.self)))
    }
    return Int(UInt16(littleEndian: raw.loadUnaligned(fromByteOffset: table + position * 2, as: UInt16.self)))
  }

  /// Where the data of a column begins, counted from the begin of the data.
  @inline(__always)
  func begin(of position: Int) -> Int { position == 0 ? 0 : end(of: position - 1) }

  /// Whether the null bitmap marks a column.
  @inline(__always)
  func isNull(_ position: Int) -> Bool {
    raw[RowFormat.headerLength + position >> 3] >> UInt8(position & 7) & 1 == 1
  }

  /// Whether the structure of the row is right for a table of these columns, of which the row has no more.
  func fits(_ parts: ContiguousArray<RowShape.Part>) -> Bool {
    let ends = RowFormat.headerLength + (columnCount + 7) >> 3
    if isWide {
      return fits(parts) {
        Int(UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: ends &+ $0 &* 4, as: UInt32.self)))
      }
    }
    return fits(parts) {
      Int(UInt16(littleEndian: raw.loadUnaligned(fromByteOffset: ends &+ $0 &* 2, as: UInt16.self)))
    }
  }

  @inline(__always)
  private func fits(_ parts: ContiguousArray<RowShape.Part>, end: (Int) -> Int) -> Bool {
    let length = dataLength
    return parts.withUnsafeBufferPointer { parts in
      var begin = 0
      var nulls: UInt8 = 0
      for position in 0..<columnCount {
        if position & 7 == 0 { nulls = raw[RowFormat.headerLength + position &>> 3] }
        let end = end(position)
        let taken = end &- begin
        // An end before the begin is a negative length, which no column has; the last end must be that of the row.
        if nulls & 1 == 0 {
          guard parts[position].hasLength(taken) else { return false }
        } else {
          guard parts[position].isNullable, taken >= 0 else { return false }
        }
        nulls &>>= 1
        begin = end
      }
      return begin == length
    }
  }

  /// The bytes of a column of a row that was checked, so that nothing is left to doubt; nil for NULL, and when the row is older.
  @inline(__always)
  func checkedColumn(_ position: Int) -> UnsafeRawBufferPointer? {
    guard position < columnCount, !isNull(position), let base = raw.baseAddress else { return nil }
    let begin = begin(of: position)
    return UnsafeRawBufferPointer(start: base + (dataOffset &+ begin), count: end(of: position) &- begin)
  }

  /// The column at a position.
  @inline(__always)
  subscript(position: Int) -> Part {
    guard position < columnCount else { return .missing }
    if isNull(position) { return .null }
    let begin = begin(of: position)
    let end = end(of: position)
    guard begin <= end, end <= dataLength else { return .malformed }
    return .bytes(UnsafeRawBufferPointer(rebasing: raw[dataOffset + begin..<dataOffset + end]))
  }
}

extension ColumnType {
  /// How many bytes a value of the type takes in a row.
  var encodedLengths: ClosedRange<Int> {
    switch self {
    case .bool: 0...1
    case .int, .date: 0...8
    case .double: 8...8
    case .uuid: 16...16
    case .string, .bytes, .json: 0...Int.max
    }
  }

  /// The value of bytes that are as long as ``encodedLengths`` says. Text that is not UTF-8 is repaired.
  @inline(__always)
  func value(of raw: UnsafeRawBufferPointer) -> Value {
    switch self {
    case .bool: .bool(raw.first == 1)
    case .int: .int(RowFormat.integer(raw))
    case .date: .date(RowFormat.integer(raw))
    case .double: .double(RowFormat.double(raw))
    case .string: .string(String(decoding: raw, as: UTF8.self))
    case .bytes: .bytes(Array(raw))
    case .json: .json(Array(raw))
    case .uuid: .uuid(UUID(uuid: raw.loadUnaligned(as: uuid_t.self)))
    }
  }
}
