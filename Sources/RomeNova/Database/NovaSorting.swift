// SPDX-License-Identifier: Apache-2.0

import Rome

/// The columns that a list is sorted by, the most significant first.
struct NovaSorting {
  private(set) var keys: [(column: String, direction: SortDirection)]

  /// Completes the wish of a caller, so that no two rows are equal.
  ///
  /// - Parameters:
  ///   - columns: The names of the columns that he wishes.
  ///   - directions: Their directions; the first one is also that of the columns without one.
  ///   - last: The names of the columns that come behind them, in the direction of the first.
  ///   - direction: The direction when the caller names none.
  /// - Throws: ``NovaError/Code/invalidInput`` for more directions than columns.
  init(
    _ columns: [String], _ directions: [SortDirection], completedBy last: [String],
    default direction: SortDirection = .ascending
  ) throws(NovaError) {
    guard directions.count <= columns.count else {
      throw NovaError(.invalidInput, ["reason": "Sort direction size exceeds sort key size"])
    }
    let first = directions.first ?? direction
    keys = columns.enumerated().map { ($1, $0 < directions.count ? directions[$0] : first) }
    keys += last.filter { !columns.contains($0) }.map { ($0, first) }
  }
}

extension RomeQuery where Row: NovaModel {
  /// Sorts the rows.
  ///
  /// - Throws: ``NovaError/Code/invalidSortKey`` for a column that there is not.
  func sorted(by sorting: NovaSorting) throws(NovaError) -> RomeQuery<Row> {
    var query = self
    for (column, direction) in sorting.keys {
      guard Row.schema.position(of: column) != nil else {
        throw NovaError(.invalidSortKey, detail: "a list can't be sorted by '\(column)'")
      }
      query = query.order(by: column, descending: direction == .descending)
    }
    return query
  }
}
