// SPDX-License-Identifier: Apache-2.0

import Rome

extension GlanceDatabase {
  /// The tags of a namespace.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - namespaceName: The namespace.
  ///   - filters: Ignored, as in Glance.
  ///   - marker: The number of the tag that the page begins behind; nil for the first page.
  ///   - limit: How many tags at the most; nil or a negative number for all.
  ///   - sortKey: The column to sort by, which is required. `created_at` and `id` come behind it, also where it is one of
  ///     them.
  ///   - sortDir: `asc` or `desc`, for all of the order; nil is `asc`.
  /// - Returns: The tags.
  /// - Throws: `metadefNamespaceNotFound`; `metadefForbidden`; `metadefTagNotFound` for the marker; `rpc` for a key that is
  ///   no column; `valueError` for an unknown direction.
  public func metadefTagGetAll(
    _ context: GlanceContext, namespaceName: String, filters: [String: GlanceValue] = [:], marker: Int? = nil,
    limit: Int? = nil, sortKey: String? = nil, sortDir: String? = nil
  ) async throws(GlanceError) -> [MetadefTagRecord] {
    try await reading { session in
      let namespace = try await session.namespace(namespaceName, for: context)
      let marker =
        if let marker { try await session.child(MetadefTag.self, id: marker, of: namespace) } else {
          nil as MetadefTag?
        }
      let order = try ListingOrder(metadefKey: sortKey, direction: sortDir, of: MetadefTag.self)
      return try await session.tags(of: namespace, order: order, limit: pageLimit(limit), after: marker).all()
        .map(\.record)
    }
  }
}

extension RomeSession {
  /// The page of the tags of a namespace behind a marker.
  func tags(
    of namespace: MetadefNamespace, order: ListingOrder, limit: Int?, after marker: MetadefTag?
  ) -> RomeQuery<MetadefTag> {
    let query = children(MetadefTag.self, of: namespace).order(by: order).limit(limit)
    return marker.map { query.after($0) } ?? query
  }
}
