// SPDX-License-Identifier: Apache-2.0

/// Rows that were read whole, on their way to whom they are for: they are taken out one by one, as a reference that is handed
/// over needs not be counted. A class, so that no second owner of the list makes taking out a copy of it; for the same reason
/// nobody can access it twice at a time, which is not checked at run time.
final class RowBatch {
  @exclusivity(unchecked) private var rows: [FoundRow?] = []
  @exclusivity(unchecked) private var taken = 0

  /// How many rows there are.
  var count: Int { rows.count - taken }
  /// Whether there is none.
  var isEmpty: Bool { count == 0 }

  /// Makes room for as many rows more.
  func reserve(_ more: Int) {
    rows.reserveCapacity(rows.count + more)
  }

  /// Adds a row.
  func append(_ row: consuming FoundRow) {
    rows.append(row)
  }

  /// Leaves out the first rows and the last ones.
  func drop(first: Int, last: Int) {
    rows.removeLast(min(last, count))
    taken += min(first, count)
  }

  /// Takes the next row out; nil at the end.
  @inline(__always)
  func next() -> FoundRow? {
    guard taken < rows.count else { return nil }
    taken += 1
    return rows[taken - 1].take()
  }

  /// Takes the rows out, for who works on rows of any kind.
  func takeSourceRows() -> [SourceRow] {
    var result: [SourceRow] = []
    result.reserveCapacity(count)
    while let row = next() { result.append(WholeRow(row)) }
    return result
  }
}
