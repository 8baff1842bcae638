// SPDX-License-Identifier: Apache-2.0

/// One combination of rows that a statement works on: a row of each of its sources, in their order, nil where an outer
/// join found none. A combination of a union has the values of its expressions, too.
struct Tuple {
  /// The rows of the first two sources. Most statements have no others, so they need no array.
  private var first: SourceRow?
  private var second: SourceRow?
  /// The rows of the other sources.
  private var others: [SourceRow?]
  var values: [Value] = []

  /// A combination of no rows.
  ///
  /// - Parameter count: The number of sources.
  init(count: Int) {
    others = count > 2 ? [SourceRow?](repeating: nil, count: count - 2) : []
  }

  /// A combination of these rows.
  init(_ rows: [SourceRow?], values: [Value]) {
    self.init(count: rows.count)
    for (place, row) in rows.enumerated() { self[place] = row }
    self.values = values
  }

  /// The row of the source at a place of the statement.
  subscript(place: Int) -> SourceRow? {
    get { place == 0 ? first : place == 1 ? second : others[place - 2] }
    set {
      switch place {
      case 0: first = newValue
      case 1: second = newValue
      default: others[place - 2] = newValue
      }
    }
  }
}

/// What expressions are evaluated against: one current row for each source of a query and its subqueries, and computed
/// values: the aggregates of the current group, the outputs of a union.
///
/// Each source of each statement has a slot of its own, so an inner statement sees the rows of those around it. Slots are read
/// and set one at a time, millions of times: that no two accesses overlap is not checked at run time.
final class Frame {
  @exclusivity(unchecked) var slots: [SourceRow?] = []
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
