// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// The migrations that pass filters. Sorting and pages came with Rocky: a list that is sorted or limited has the newest
  /// migrations first where the caller does not say otherwise.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - filters: Which migrations.
  ///   - sortKeys: The names of the columns to sort by.
  ///   - sortDirections: Their directions; the first one is also that of the columns without one.
  ///   - limit: How many at most; nil for all.
  ///   - marker: The UUID of the last migration of the page before.
  /// - Throws: ``NovaError/Code/markerNotFound``, ``NovaError/Code/invalidSortKey``, and ``NovaError/Code/invalidInput`` for
  ///   more directions than columns.
  public func migrationGetAllByFilters(
    _ context: NovaContext, filters: MigrationFilters, sortKeys: [String]? = nil,
    sortDirections: [SortDirection]? = nil, limit: Int? = nil, marker: String? = nil
  ) async throws(NovaError) -> [NovaRow<Migration>] {
    try await reading(context) { call in
      var migrations = filters.conditions.reduce(call.query(Migration.self)) { $0.filter($1) }
      guard sortKeys != nil || sortDirections != nil || limit != nil || marker != nil else {
        return try await migrations.rows()
      }
      let sorting = try NovaSorting(sortKeys ?? [], sortDirections ?? [], fallback: .descending)
      migrations = try migrations.sorted(by: sorting).limit(limit)
      if let marker {
        guard let last = try await call.migration(uuid: marker) else {
          throw NovaError(.markerNotFound, ["marker": .string(marker)])
        }
        migrations = migrations.after(last)
      }
      return try await migrations.all().map { NovaRow($0) }
    }
  }
}
