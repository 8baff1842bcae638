// SPDX-License-Identifier: Apache-2.0

/// At most ``RowSet/capacity`` rows that lie in memory.
protocol RowBatch {
  /// Calls the closure with the bytes of a row.
  func withRow<Result>(_ place: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result
}

/// Rows that somebody points at.
struct PointedRows: RowBatch {
  private let rows: UnsafeBufferPointer<UnsafeRawBufferPointer>

  /// The rows, which are valid as long as what is pointed at.
  init(_ rows: UnsafeBufferPointer<UnsafeRawBufferPointer>) {
    self.rows = rows
  }

  @inline(__always)
  func withRow<Result>(_ place: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result { body(rows[place]) }
}

/// Rows of a page.
struct PageRows: RowBatch {
  private let rows: ArraySlice<StoredRow?>

  init(_ rows: ArraySlice<StoredRow?>) {
    self.rows = rows
  }

  @inline(__always)
  func withRow<Result>(_ place: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    guard let row = rows[rows.startIndex &+ place] else { return body(UnsafeRawBufferPointer(start: nil, count: 0)) }
    return row.buffer.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[row.range])) }
  }
}
