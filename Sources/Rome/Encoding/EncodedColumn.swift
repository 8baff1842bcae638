// SPDX-License-Identifier: Apache-2.0

/// A column in the bytes of its row, for types that can be made of them without a ``Value`` in between.
public struct EncodedColumn {
  private let row: FoundRow
  private let position: Int

  /// The column of a row. When the row is older than the column, ``value`` says what it is, and nothing else does.
  init(_ row: FoundRow, _ position: Int) {
    self.row = row
    self.position = position
  }

  /// The type of the column.
  public var type: ColumnType { row.row.type(of: position) }

  /// Whether the column is NULL.
  public var isNull: Bool { row.row.isMarkedNull(position) }

  /// The stored value.
  public var value: Value { row.row[position] }

  /// The whole number in a column of the type ``ColumnType/int``; nil of NULL and of any other type.
  public var integer: Int64? { number(.int) }

  /// The microseconds since 1970 in a column of the type ``ColumnType/date``; nil of NULL and of any other type.
  public var microseconds: Int64? { number(.date) }

  /// The truth value in a column of the type ``ColumnType/bool``; nil of NULL and of any other type.
  public var bool: Bool? {
    guard type == .bool else { return nil }
    return row.row.withColumn(position) { bytes in bytes.map { $0.first == 1 } }
  }

  /// The text in a column of the type ``ColumnType/string``; nil of NULL and of any other type. What is not UTF-8 is repaired.
  public var string: String? {
    guard type == .string else { return nil }
    return row.row.withColumn(position) { bytes in bytes.map { String(decoding: $0, as: UTF8.self) } }
  }

  @inline(__always)
  private func number(_ type: ColumnType) -> Int64? {
    guard self.type == type else { return nil }
    return row.row.withColumn(position) { bytes in bytes.map { RowFormat.integer($0) } }
  }
}
