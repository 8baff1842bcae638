// SPDX-License-Identifier: Apache-2.0

import Rome

extension GlanceDatabase {
  /// The namespaces that the caller sees: all for administrators, else the public ones and those of the caller's tenant.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - marker: The number of the namespace that the page begins behind; nil for the first page. Where it has no value in
  ///     the sort key, the page begins behind its `created_at` and `id`, as in Glance.
  ///   - limit: How many namespaces at the most; nil or a negative number for all.
  ///   - sortKey: The column to sort by, which is required. `created_at` and `id` come behind it, also where it is one of
  ///     them.
  ///   - sortDir: `asc` or `desc`, for all of the order; nil is `asc`. Nulls are the smallest values.
  ///   - filters: `visibility`; `resource_types`, names separated by commas, of which a namespace must be associated with
  ///     one. Others are ignored.
  /// - Returns: The namespaces.
  /// - Throws: `metadefNamespaceNotFound` and `metadefForbidden` for the marker; `rpc` for a key that is no column, or a
  ///   visibility of a wrong type; `valueError` for an unknown direction; `attributeError` for resource types that are no text.
  public func metadefNamespaceGetAll(
    _ context: GlanceContext, marker: Int? = nil, limit: Int? = nil, sortKey: String? = nil, sortDir: String? = nil,
    filters: [String: GlanceValue] = [:]
  ) async throws(GlanceError) -> [MetadefNamespaceRecord] {
    let listing = try MetadefNamespaceListing(
      context, filters: filters, limit: limit, sortKey: sortKey, sortDir: sortDir)
    return try await self.listing { session in
      // Where no namespace has one of the resource types, Glance does not look at the marker.
      guard let sides = try await listing.sides(session) else { return [] }
      let marker =
        if let marker { try await session.namespace(id: marker, for: context) } else { nil as MetadefNamespace? }
      return try await listing.namespaces(sides, session, after: marker).map { MetadefNamespaceRecord($0) }
    }
  }
}
