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

  /// The first item. Most statements have one output, so it needs no array.
  private let head: Item?
  private let tail: [Item]

  /// Makes a result.
  init(_ items: some Sequence<Item>) {
    var iterator = items.makeIterator()
    head = iterator.next()
    var tail: [Item] = []
    while let item = iterator.next() { tail.append(item) }
    self.tail = tail
  }

  /// Makes the result of one output.
  init(_ item: Item) {
    head = item
    tail = []
  }
}

/// A batch of results of a statement.
enum ResultBatch {
  /// Those of a statement that yields the rows of its only source as they are found: nothing is made of them.
  case rows([SourceRow])
  /// Those of any other statement.
  case results([ResultRow])

  /// How many there are.
  var count: Int {
    switch self {
    case .rows(let rows): rows.count
    case .results(let results): results.count
    }
  }

  /// The results.
  var results: [ResultRow] {
    switch self {
    case .rows(let rows): rows.map { ResultRow(.row($0)) }
    case .results(let results): results
    }
  }
}

extension ResultRow: RandomAccessCollection {
  var startIndex: Int { 0 }
  var endIndex: Int { head == nil ? 0 : tail.count + 1 }

  subscript(position: Int) -> Item {
    if position == 0, let head { return head }
    return tail[position - 1]
  }
}
