// SPDX-License-Identifier: Apache-2.0

import Rome

/// The direction of a key that a list is sorted by.
public enum SortDirection: String, Hashable, Sendable {
  /// The smallest value first.
  case ascending = "asc"
  /// The greatest value first.
  case descending = "desc"
}

/// What instances are sorted by: columns with their directions.
struct InstanceOrder {
  private(set) var keys: [(name: String, direction: SortDirection)]

  /// The columns that a caller names, and behind them, unless he names them, the time of creation and the number, in the
  /// direction of the first one: then no two instances are equal.
  ///
  /// - Parameters:
  ///   - names: The names of columns.
  ///   - directions: Their directions. Those that are missing are that of the first one.
  ///   - fallback: The direction of all when there is none.
  /// - Throws: ``NovaError/Code/invalidInput`` when there are more directions than columns.
  init(_ names: [String], _ directions: [SortDirection], fallback: SortDirection) throws(NovaError) {
    guard directions.count <= names.count else {
      throw NovaError(.invalidInput, ["reason": "Sort direction size exceeds sort key size"])
    }
    let first = directions.first ?? fallback
    keys = names.enumerated().map { place, name in (name, place < directions.count ? directions[place] : first) }
    for name in ["created_at", "id"] where !names.contains(name) { keys.append((name, first)) }
  }

  /// Sorts a query.
  ///
  /// - Throws: ``NovaError/Code/invalidSortKey`` when instances have no such column.
  func sorted(_ query: RomeQuery<Instance>) throws(NovaError) -> RomeQuery<Instance> {
    var query = query
    for (name, direction) in keys {
      guard Instance.columnNames.contains(name) else { throw NovaError(.invalidSortKey) }
      query = query.order(by: name, descending: direction == .descending)
    }
    return query
  }
}
