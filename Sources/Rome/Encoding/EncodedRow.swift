// SPDX-License-Identifier: Apache-2.0

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

  /// What the row is a part of. Array and bounds instead of a slice: four words are passed in registers, five are not.
  private let buffer: [UInt8]
  private let start: Int
  private let end: Int
  private let shape: RowShape

  /// The bytes of the row.
  public var bytes: ArraySlice<UInt8> { buffer[start..<end] }

  /// The number of columns in the bytes; the table may have more.
  public var columnCount: Int { withView { $0.columnCount } }

  /// Checks the bytes against the columns of the table.
  ///
  /// - Parameters:
  ///   - bytes: The bytes of a row.
  ///   - columns: The columns of its table.
  /// - Throws: ``Malformed`` when the bytes are no row of that table.
  public init(_ bytes: ArraySlice<UInt8>, columns: [ColumnDescription]) throws(Malformed) {
    let copy = Array(bytes)
    try self.init(copy, copy.indices, RowShape(columns))
  }

  /// Checks a part of a buffer against the shape of the table's rows.
  init(_ buffer: [UInt8], _ range: Range<Int>, _ shape: RowShape) throws(Malformed) {
    let problem = buffer.withUnsafeBytes {
      Self.problem(of: UnsafeRawBufferPointer(rebasing: $0[range.lowerBound..<range.upperBound]), shape)
    }
    if let problem { throw problem }
    self.buffer = buffer
    start = range.lowerBound
    end = range.upperBound
    self.shape = shape
  }

  /// No row, which has no columns.
  init(without shape: RowShape) {
    buffer = []
    start = 0
    end = 0
    self.shape = shape
  }

  @inline(__always)
  private func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    buffer.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[start..<end])) }
  }

  /// Calls the closure with the row, which was checked.
  @inline(__always)
  private func withView<Result>(_ body: (RowView) -> Result) -> Result {
    withBytes { body(RowView(checked: $0)) }
  }

  /// What is wrong with the structure of a row; nil when it is right.
  private static func problem(of raw: UnsafeRawBufferPointer, _ shape: RowShape) -> Malformed? {
    func failure(_ reason: String, _ position: Int? = nil) -> Malformed {
      Malformed(reason: reason, column: position.map { shape.columns[$0].name })
    }
    guard let row = RowView(raw) else {
      if let format = raw.first, format != RowFormat.narrow, format != RowFormat.wide {
        return failure("unknown format \(format)")
      }
      return failure("too short")
    }
    guard row.columnCount <= shape.parts.count else {
      return failure("\(row.columnCount) columns where the table has \(shape.parts.count)")
    }
    // Every row that is read comes through here, so the common case is decided without a word about what is wrong.
    if row.fits(shape.parts) { return nil }
    let length = row.dataLength
    var begin = 0
    for position in 0..<row.columnCount {
      let end = row.end(of: position)
      let part = shape.parts[position]
      guard end >= begin, end <= length else { return failure("offset out of bounds", position) }
      if row.isNull(position) {
        guard part.isNullable else { return failure("NULL in a column that has none", position) }
      } else if !part.lengths.contains(end - begin) {
        return failure("\(end - begin) bytes for a value of type \(part.type)", position)
      }
      begin = end
    }
    return failure("bytes behind the last column")
  }

  /// Calls the closure with the bytes of one column; nil for NULL.
  ///
  /// - Parameters:
  ///   - position: The position of the column in the row, below ``columnCount``.
  ///   - body: What to do with the bytes.
  /// - Returns: What the closure returns.
  @inline(__always)
  func withColumn<Result>(_ position: Int, _ body: (UnsafeRawBufferPointer?) -> Result) -> Result {
    withView { row in
      // What was checked has no malformed column.
      if case .bytes(let value) = row[position] { return body(value) }
      return body(nil)
    }
  }

  /// Whether the row itself says that the column is NULL.
  @inline(__always)
  func isMarkedNull(_ position: Int) -> Bool {
    withView { $0.columnCount > position && $0.isNull(position) }
  }

  /// The type of a column of the table.
  @inline(__always)
  func type(of position: Int) -> ColumnType { shape.parts[position].type }

  /// Whether the column is NULL.
  public func isNull(_ position: Int) -> Bool {
    position < columnCount ? isMarkedNull(position) : self[position].isNull
  }

  /// The value of the column. Text that is not UTF-8 is repaired.
  public subscript(position: Int) -> Value {
    withView { row in
      switch row[position] {
      case .bytes(let value): shape.parts[position].type.value(of: value)
      case .missing: shape.columns[position].fill
      // What was checked has no malformed column.
      case .null, .malformed: .null
      }
    }
  }

  /// The values of all columns of the table.
  public var values: [Value] {
    (0..<shape.parts.count).map { self[$0] }
  }
}
