// SPDX-License-Identifier: Apache-2.0

/// A row of one source while a query works on it: the whole row, or the columns that an index entry gives.
final class SourceRow {
  let key: Key
  let version: Revision?
  let row: EncodedRow?
  /// The values by position, when there is no row.
  let covered: [Value]

  init(key: Key, version: Revision?, row: EncodedRow) {
    self.key = key
    self.version = version
    self.row = row
    covered = []
  }

  init(key: Key, covered: [Value]) {
    self.key = key
    self.covered = covered
    version = nil
    row = nil
  }

  subscript(position: Int) -> Value {
    if let row { return row[position] }
    return position < covered.count ? covered[position] : .null
  }

  /// The row for those who need all of it.
  var found: FoundRow? {
    row.map { FoundRow(key: key, version: version, row: $0) }
  }
}

/// One combination of rows that a statement works on: a row of each of its sources, in their order, nil where an outer
/// join found none. A combination of a union has the values of its expressions, too.
struct Tuple {
  var rows: [SourceRow?]
  var values: [Value] = []
}

/// What expressions are evaluated against: one current row for each source of a query and its subqueries, and computed
/// values: the aggregates of the current group, the outputs of a union.
///
/// Each source of each statement has a slot of its own, so an inner statement sees the rows of those around it.
final class Frame {
  var slots: [SourceRow?] = []
  var values: [Value] = []

  /// Makes slots for the sources of a statement.
  ///
  /// - Parameter count: How many.
  /// - Returns: The first of them.
  func reserveSlots(_ count: Int) -> Int {
    let first = slots.count
    slots.append(contentsOf: [SourceRow?](repeating: nil, count: count))
    return first
  }

  /// Makes places for computed values.
  ///
  /// - Parameter count: How many.
  /// - Returns: The first of them.
  func reserveValues(_ count: Int) -> Int {
    let first = values.count
    values.append(contentsOf: [Value](repeating: .null, count: count))
    return first
  }
}
