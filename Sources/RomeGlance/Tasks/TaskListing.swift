// SPDX-License-Identifier: Apache-2.0

import Rome

/// What `task_get_all` lists, and in which order.
struct TaskListing {
  /// Whether the marker may be a deleted task, because deleted ones are what the caller asks for.
  let showsDeletedMarker: Bool
  private let order: ListingOrder
  private let limit: Int?
  /// The tenant whose tasks are listed; nil for all.
  private let owner: String?
  /// The values that columns must have; nil when there is a column that can't have its one.
  private let values: [String: any ColumnValue]?

  /// Checks the arguments of a listing.
  ///
  /// - Throws: `invalidSortKey`; `keyError` for an unknown direction; `rpc` for a filter of a wrong type.
  init(
    _ context: GlanceContext, filters: [String: GlanceValue], limit: Int?, sortKey: String, sortDir: String?,
    adminAsUser: Bool
  ) throws(GlanceError) {
    guard let order = ListingOrder(key: sortKey, direction: sortDir, of: ImageTask.self) else {
      throw ListingOrder.isDirection(sortDir)
        ? GlanceError(.invalidSortKey, "Sort key supplied was not valid.")
        : GlanceError(.keyError, "'\(sortDir ?? "None")'")
    }
    self.order = order
    self.limit = pageLimit(limit)
    owner = context.isAdmin || adminAsUser ? nil : context.owner
    let values = try Self.values(of: filters)
    showsDeletedMarker = values?["deleted"] as? Bool ?? false
    self.values = values
  }

  /// The query of the page behind a marker; nil when a filter can't be true.
  func query(_ session: RomeSession, after marker: ImageTask?) -> RomeQuery<ImageTask>? {
    guard let values else { return nil }
    var query = session.query(ImageTask.self).filter(by: values)
    if let owner { query = query.filter(ImageTask.owner == owner) }
    query = query.order(by: order).limit(limit)
    return marker.map { query.after($0) } ?? query
  }

  private static func values(of filters: [String: GlanceValue]) throws(GlanceError) -> [String: any ColumnValue]? {
    var values: [String: any ColumnValue] = [:]
    var canMatch = true
    for column in ImageTask.schema.columns {
      guard let filter = filters[column.name], !filter.isNull else { continue }
      let value = try filter.comparable(with: column.type, column.name)
      if value == nil { canMatch = false }
      values[column.name] = value
    }
    return canMatch ? values : nil
  }
}
