// SPDX-License-Identifier: Apache-2.0

/// A row of which some columns get new values. The others need not be decoded.
struct ChangedRow {
  /// The row as it was.
  let old: EncodedRow
  /// The columns that have new values.
  private(set) var changed = PositionSet.empty
  /// The new values at their positions.
  private var values: [Value]

  /// A row without changes.
  ///
  /// - Parameters:
  ///   - old: The row as it was.
  ///   - columnCount: The number of columns of its table.
  init(_ old: EncodedRow, columnCount: Int) {
    self.old = old
    values = [Value](repeating: .null, count: columnCount)
  }

  /// The number of columns of the table.
  var columnCount: Int { values.count }

  /// Whether the bytes of the column are those of the old row. A column that was added to the table later has none there.
  func isCopied(_ position: Int) -> Bool {
    position < old.columnCount && !changed.contains(position)
  }

  /// The value of a column.
  subscript(position: Int) -> Value {
    get { changed.contains(position) ? values[position] : old[position] }
    set {
      values[position] = newValue
      changed.insert(position)
    }
  }
}
