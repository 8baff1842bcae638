// SPDX-License-Identifier: Apache-2.0

/// A row of which some columns get new values. The others need not be decoded.
struct ChangedRow {
  /// The row as it was.
  let old: EncodedRow
  /// The number of columns of the table.
  let columnCount: Int
  /// The columns that have new values.
  private(set) var changed = PositionSet.empty
  /// The new values.
  private var values: [(position: Int, value: Value)] = []
  /// The number of columns that the old row has.
  private let oldCount: Int

  /// A row without changes.
  ///
  /// - Parameters:
  ///   - old: The row as it was.
  ///   - columnCount: The number of columns of its table.
  init(_ old: EncodedRow, columnCount: Int) {
    self.old = old
    self.columnCount = columnCount
    oldCount = old.columnCount
  }

  /// Whether the bytes of the column are those of the old row. A column that was added to the table later has none there.
  func isCopied(_ position: Int) -> Bool {
    position < oldCount && !changed.contains(position)
  }

  /// The value of a column.
  subscript(position: Int) -> Value {
    get {
      guard changed.contains(position), let place = place(of: position) else { return old[position] }
      return values[place].value
    }
    set {
      if changed.contains(position), let place = place(of: position) {
        values[place].value = newValue
      } else {
        values.append((position, newValue))
        changed.insert(position)
      }
    }
  }

  private func place(of position: Int) -> Int? {
    values.indices.first { values[$0].position == position }
  }
}
