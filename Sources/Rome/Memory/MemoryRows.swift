// SPDX-License-Identifier: Apache-2.0

/// Rows of a leaf of the memory store, borrowed: no reference to one is counted.
struct MemoryRows: RowBatch {
  private let rows: UnsafeBufferPointer<MemoryRow>

  /// Some rows of a leaf, at most ``RowSet/capacity``. They are valid as long as the buffer is.
  init(_ rows: UnsafeBufferPointer<MemoryRow>, _ range: Range<Int>) {
    self.rows = UnsafeBufferPointer(rebasing: rows[range])
  }

  @inline(__always)
  func withRow<Result>(_ place: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    rows[place].bytes.withUnsafeBytes(body)
  }
}
