// SPDX-License-Identifier: Apache-2.0

import Rome

/// The order of the listings that have one key and one direction: those of tasks, and of the metadata definitions.
///
/// Behind the key stand `created_at` and `id`, so that it is whole. A key that is one of these two changes nothing, as in
/// Glance. NULL is the smallest value.
struct ListingOrder {
  /// The columns, the most significant first.
  let columns: [String]
  /// Whether the greatest values come first.
  let isDescending: Bool

  /// Makes the order of a listing.
  ///
  /// - Parameters:
  ///   - key: The column to sort by.
  ///   - direction: `asc`, `desc`, or nil, which is the former.
  ///   - type: The entity that is listed.
  /// - Returns: nil when there is no such column or no such direction.
  init?<E: Entity>(key: String, direction: String?, of type: E.Type) {
    guard Self.isDirection(direction), type.columnNames.contains(key) else { return nil }
    let ties = ["created_at", "id"]
    columns = ties.contains(key) ? ties : [key] + ties
    isDescending = direction == "desc"
  }

  /// Makes the order of a listing of metadata definitions.
  ///
  /// - Throws: `rpc` for a key that is no column, or none; `valueError` for an unknown direction.
  init<E: Entity>(metadefKey key: String?, direction: String?, of type: E.Type) throws(GlanceError) {
    guard Self.isDirection(direction) else {
      throw GlanceError(.valueError, "Unknown sort direction, must be one of: asc, desc")
    }
    guard let key, let order = ListingOrder(key: key, direction: direction, of: type) else {
      throw GlanceError(.rpc, "Sort key supplied is invalid: \(key ?? "None")")
    }
    self = order
  }

  /// Whether this is a direction.
  static func isDirection(_ direction: String?) -> Bool {
    direction == nil || direction == "asc" || direction == "desc"
  }
}

extension RomeQuery {
  /// Sorts the rows in the order of a listing.
  func order(by order: ListingOrder) -> RomeQuery<Row> {
    order.columns.reduce(self) { $0.order(by: $1, descending: order.isDescending) }
  }
}

/// How many rows a page may have; a negative limit is none, as in SQLite.
func pageLimit(_ limit: Int?) -> Int? {
  limit.flatMap { $0 < 0 ? nil : $0 }
}
