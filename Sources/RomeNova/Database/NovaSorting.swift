// SPDX-License-Identifier: Apache-2.0

import Rome

/// The direction of a key that a list is sorted by.
public enum SortDirection: String, Hashable, Sendable {
  /// The smallest value first.
  case ascending = "asc"
  /// The greatest value first.
  case descending = "desc"
}

/// What a list is sorted by: columns with their directions, the most significant first.
struct NovaSorting {
  private(set) var keys: [(column: String, direction: SortDirection)]

  /// The columns that a caller names, and behind them, unless he names them, others in the direction of the first one: then
  /// no two rows are equal.
  ///
  /// - Parameters:
  ///   - columns: The names of the caller's columns.
  ///   - directions: Their directions. Those that are missing are that of the first one.
  ///   - last: The names of the columns behind them, the number last.
  ///   - fallback: The direction of all when there is none.
  /// - Throws: ``NovaError/Code/invalidInput`` when there are more directions than columns.
  init(
    _ columns: [String], _ directions: [SortDirection], completedBy last: [String] = ["created_at", "id"],
    fallback: SortDirection
  ) throws(NovaError) {
    guard directions.count <= columns.count else {
      throw NovaError(.invalidInput, ["reason": "Sort direction size exceeds sort key size"])
    }
    let first = directions.first ?? fallback
    keys = columns.enumerated().map { place, column in (column, place < directions.count ? directions[place] : first) }
    for column in last where !columns.contains(column) { keys.append((column, first)) }
  }
}

extension RomeQuery where Row: NovaModel {
  /// Sorts the rows.
  ///
  /// - Throws: ``NovaError/Code/invalidSortKey`` for a column that there is not.
  func sorted(by sorting: NovaSorting) throws(NovaError) -> RomeQuery<Row> {
    var query = self
    for (column, direction) in sorting.keys {
      guard Row.columnNames.contains(column) else {
        throw NovaError(.invalidSortKey, detail: "a list can't be sorted by '\(column)'")
      }
      query = query.order(by: column, descending: direction == .descending)
    }
    return query
  }
}
