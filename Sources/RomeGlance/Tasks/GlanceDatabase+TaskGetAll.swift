// SPDX-License-Identifier: Apache-2.0

import Rome

extension GlanceDatabase {
  /// The tasks of the caller's tenant; all tasks for administrators, for callers without a tenant, and with `adminAsUser`.
  /// Deleted tasks are among them, unless a filter says otherwise.
  ///
  /// Before that, tasks of the caller's tenant that have expired are marked as deleted.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - filters: Columns and the values that they must have. Nulls and unknown names are ignored.
  ///   - marker: The id of the task that the page begins behind; nil for the first page.
  ///   - limit: How many tasks at the most; nil or a negative number for all.
  ///   - sortKey: The column to sort by. `created_at` and `id` come behind it, also where it is one of them.
  ///   - sortDir: `asc` or `desc`, for all of the order; nil is `asc`. Nulls are the smallest values.
  ///   - adminAsUser: Whether the caller gets all tasks, whoever it is.
  /// - Returns: The tasks, without `info`.
  /// - Throws: `taskNotFound` and `forbidden` for the marker; `invalidSortKey`; `keyError` for an unknown direction; `rpc`
  ///   for a filter of a wrong type.
  public func taskGetAll(
    _ context: GlanceContext, filters: [String: GlanceValue] = [:], marker: String? = nil, limit: Int? = nil,
    sortKey: String = "created_at", sortDir: String? = "desc", adminAsUser: Bool = false
  ) async throws(GlanceError) -> [TaskRecord] {
    if let owner = context.owner { try await deleteExpiredTasks(of: owner) }
    let listing = try TaskListing(
      context, filters: filters, limit: limit, sortKey: sortKey, sortDir: sortDir, adminAsUser: adminAsUser)
    return try await self.listing { session in
      let marker =
        if let marker {
          try await session.task(marker, for: context, showsDeleted: listing.showsDeletedMarker)
        } else {
          nil as ImageTask?
        }
      return try await listing.query(session, after: marker)?.all().map { TaskRecord($0, info: nil) } ?? []
    }
  }

  /// Marks the tasks of a tenant that have expired as deleted. Where none have, that is one look into an index.
  private func deleteExpiredTasks(of owner: String) async throws(GlanceError) {
    func expired(_ session: RomeSession, at time: GlanceTime) -> RomeQuery<ImageTask> {
      session.query(ImageTask.self)
        .filter(ImageTask.owner == owner, ImageTask.deleted == false, ImageTask.expiresAt <= time)
    }
    while try await listing({ session in try await expired(session, at: clock.now()).exists() }) {
      try await transaction { session in
        let now = clock.now()
        // So many at a time that a tenant who was away for long does not make a transaction without bounds.
        for task in try await expired(session, at: now).limit(1000).all() { task.markDeleted(at: now) }
      }
    }
  }
}
