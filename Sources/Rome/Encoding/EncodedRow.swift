// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A row in its encoded form, whose columns are decoded one by one when they are asked for.
///
/// Making one checks the structure of the bytes once, so that reading a column can't fail or go astray.
public struct EncodedRow: Sendable {
  /// What is wrong with the bytes of a row.
  public struct Malformed: Error, Hashable, Sendable {
    /// The reason, in words.
    public let reason: String
    /// The column that is wrong, or nil when it is the row itself.
    public let column: String?
  }

  /// The bytes of the row.
  public let bytes: ArraySlice<UInt8>
  /// The number of columns in the bytes; the table may have more.
  public let columnCount: Int
  /// The columns of the row's table.
  @usableFromInline let columns: [ColumnDescription]
  private let isWide: Bool
  private let dataOffset: Int

  /// Checks the bytes against the columns of the table.
  ///
  /// - Parameters:
  ///   - bytes: The bytes of a row.
  ///   - columns: The columns of its table.
  /// - Throws: ``Malformed`` when the bytes are no row of that table.
  public init(_ bytes: ArraySlice<UInt8>, columns: [ColumnDescription]) throws(Malformed) {
    self.bytes = bytes
    self.columns = columns
    guard bytes.count >= RowFormat.headerLength else { throw Malformed(reason: "too short", column: nil) }
    let start = bytes.startIndex
    guard bytes[start] == RowFormat.narrow || bytes[start] == RowFormat.wide else {
      throw Malformed(reason: "unknown format \(bytes[start])", column: nil)
    }
    isWide = bytes[start] == RowFormat.wide
    columnCount = Int(bytes[start + 1]) | Int(bytes[start + 2]) << 8
    guard columnCount <= columns.count else {
      throw Malformed(reason: "\(columnCount) columns where the table has \(columns.count)", column: nil)
    }
    dataOffset = RowFormat.headerLength + (columnCount + 7) / 8 + columnCount * (isWide ? 4 : 2)
    guard dataOffset <= bytes.count else { throw Malformed(reason: "too short", column: nil) }
    try validate()
  }

  private func validate() throws(Malformed) {
    let problem: Malformed? = bytes.withUnsafeBytes { raw in
      var begin = 0
      for position in 0..<columnCount {
        let end = endOffset(position, raw)
        guard end >= begin, end <= raw.count - dataOffset else {
          return Malformed(reason: "offset out of bounds", column: columns[position].name)
        }
        let length = end - begin
        begin = end
        if raw[RowFormat.headerLength + position >> 3] >> UInt8(position & 7) & 1 == 1 {
          guard columns[position].isNullable else {
            return Malformed(reason: "NULL in a column that has none", column: columns[position].name)
          }
          continue
        }
        let fits =
          switch columns[position].type {
          case .bool: length <= 1
          case .int, .date: length <= 8
          case .double: length == 8
          case .uuid: length == 16
          case .string, .bytes, .json: true
          }
        guard fits else {
          return Malformed(
            reason: "\(length) bytes for a value of type \(columns[position].type)", column: columns[position].name)
        }
      }
      return begin == raw.count - dataOffset ? nil : Malformed(reason: "bytes behind the last column", column: nil)
    }
    if let problem { throw problem }
  }

  private func endOffset(_ position: Int, _ raw: UnsafeRawBufferPointer) -> Int {
    let table = RowFormat.headerLength + (columnCount + 7) / 8
    if isWide {
      return Int(UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: table + position * 4, as: UInt32.self)))
    }
    return Int(UInt16(littleEndian: raw.loadUnaligned(fromByteOffset: table + position * 2, as: UInt16.self)))
  }

  /// Calls the closure with the bytes of one column; nil for NULL.
  ///
  /// - Parameters:
  ///   - position: The position of the column in the row, below ``columnCount``.
  ///   - body: What to do with the bytes.
  /// - Returns: What the closure returns.
  func withColumn<Result>(_ position: Int, _ body: (UnsafeRawBufferPointer?) -> Result) -> Result {
    bytes.withUnsafeBytes { raw in
      if raw[RowFormat.headerLength + position >> 3] >> UInt8(position & 7) & 1 == 1 { return body(nil) }
      let begin = position == 0 ? 0 : endOffset(position - 1, raw)
      let end = endOffset(position, raw)
      return body(UnsafeRawBufferPointer(rebasing: raw[dataOffset + begin..<dataOffset + end]))
    }
  }

  /// Whether the column is NULL.
  public func isNull(_ position: Int) -> Bool {
    position < columnCount ? withColumn(position) { $0 == nil } : self[position].isNull
  }

  /// The value of the column. Text that is not UTF-8 is repaired.
  public subscript(position: Int) -> Value {
    guard position < columnCount else { return columns[position].fill }
    let type = columns[position].type
    return withColumn(position) { raw in
      guard let raw else { return .null }
      switch type {
      case .bool: return .bool(raw.first == 1)
      case .int: return .int(RowFormat.integer(raw))
      case .date: return .date(RowFormat.integer(raw))
      case .double: return .double(Double(bitPattern: UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self))))
      case .string: return .string(String(decoding: raw, as: UTF8.self))
      case .bytes: return .bytes(Array(raw))
      case .json: return .json(Array(raw))
      case .uuid: return .uuid(UUID(uuid: raw.loadUnaligned(as: uuid_t.self)))
      }
    }
  }

  /// The values of all columns of the table.
  public var values: [Value] {
    (0..<columns.count).map { self[$0] }
  }
}
