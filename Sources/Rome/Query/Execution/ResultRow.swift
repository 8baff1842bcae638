// SPDX-License-Identifier: Apache-2.0

/// A result of a statement: one item for each of its outputs.
struct ResultRow {
  /// A result of one output.
  enum Item {
    /// The row of an entity; nil where an outer join found none.
    case row(SourceRow?)
    /// The value of an expression.
    case value(Value)
  }

  /// The first two items. Most statements have no more outputs, so they need no array.
  private var head: Item?
  private var second: Item?
  private var tail: [Item] = []

  /// Makes a result of no items.
  init() {}

  /// Makes the result of one output.
  init(_ item: Item) {
    head = item
  }

  /// Adds the item of the next output.
  mutating func append(_ item: Item) {
    switch count {
    case 0: head = item
    case 1: second = item
    default: tail.append(item)
    }
  }
}

/// A batch of results of a statement.
enum ResultBatch {
  /// Those of a statement that yields the rows of its only source as they are found: nothing is made of them.
  case rows(RowBatch)
  /// Those of any other statement.
  case results([ResultRow])

  /// How many there are.
  var count: Int {
    switch self {
    case .rows(let rows): rows.count
    case .results(let results): results.count
    }
  }

  /// The results; rows are taken out.
  func takeResults() -> [ResultRow] {
    switch self {
    case .rows(let rows): return rows.takeSourceRows().map { ResultRow(.row($0)) }
    case .results(let results): return results
    }
  }
}

extension ResultRow: RandomAccessCollection {
  var startIndex: Int { 0 }
  var endIndex: Int { head == nil ? 0 : second == nil ? 1 : tail.count + 2 }

  subscript(position: Int) -> Item {
    if position == 0, let head { return head }
    if position == 1, let second { return second }
    return tail[position - 2]
  }
}
