// SPDX-License-Identifier: Apache-2.0

import Rome

/// What `metadef_namespace_get_all` lists, and in which order.
///
/// A regular caller gets the public namespaces and those of its tenant. As one query that would be a disjunction, for which
/// all rows of both sides are read and sorted before the page is cut off. So it is a query for each side, in the order of an
/// index that begins with the column of the side, and limited to the page; the two pages are merged here.
struct MetadefNamespaceListing {
  /// The conditions of the queries. A namespace may fulfil several.
  private let sides: [[Condition]]
  private let resourceTypes: [String]?
  private let order: ListingOrder
  private let limit: Int?

  /// Checks the arguments of a listing.
  ///
  /// - Throws: `rpc` for a key that is no column, or a visibility of a wrong type; `valueError` for an unknown direction;
  ///   `attributeError` for resource types that are no text.
  init(
    _ context: GlanceContext, filters: [String: GlanceValue], limit: Int?, sortKey: String?, sortDir: String?
  ) throws(GlanceError) {
    order = try ListingOrder(metadefKey: sortKey, direction: sortDir, of: MetadefNamespace.self)
    self.limit = pageLimit(limit)
    var visibility: String?
    var canMatch = true
    if let filter = filters["visibility"], !filter.isNull {
      visibility = try filter.comparable(with: .string, "visibility") as? String
      canMatch = visibility != nil
    }
    if let filter = filters["resource_types"] {
      guard let names = filter.stringValue else {
        throw GlanceError(.attributeError, "the filter 'resource_types' must be a string")
      }
      resourceTypes = names.split(separator: ",", omittingEmptySubsequences: false).map { String($0) }
    } else {
      resourceTypes = nil
    }
    sides = canMatch ? Self.sides(context, visibility: visibility) : []
  }

  private static func sides(_ context: GlanceContext, visibility: String?) -> [[Condition]] {
    let named = visibility.map { [MetadefNamespace.visibility == $0] } ?? []
    if context.isAdmin { return [named] }
    let isPublic = [MetadefNamespace.visibility == "public"]
    // Of those that are public, the own ones are among all.
    if visibility == "public" { return [isPublic] }
    let own = context.owner.map { [[MetadefNamespace.owner == $0] + named] } ?? []
    return visibility == nil ? [isPublic] + own : own
  }

  /// The conditions of the queries; nil when no namespace is associated with one of the resource types that are wanted.
  func sides(_ session: RomeSession) async throws -> [[Condition]]? {
    guard let resourceTypes else { return sides }
    let ids = try await session.namespaces(about: resourceTypes)
    return ids.isEmpty ? nil : sides.map { $0 + [MetadefNamespace.id.in(ids)] }
  }

  /// The namespaces of the page behind a marker.
  func namespaces(
    _ sides: [[Condition]], _ session: RomeSession, after marker: MetadefNamespace?
  ) async throws -> [MetadefNamespace] {
    var pages: [[MetadefNamespace]] = []
    for query in queries(sides, session, after: marker) { pages.append(try await query.all()) }
    let merged = pages.dropFirst().reduce(pages.first ?? []) { order.merge($0, $1) }
    return limit.map { Array(merged.prefix($0)) } ?? merged
  }

  /// The queries whose results together hold the page.
  func queries(
    _ sides: [[Condition]], _ session: RomeSession, after marker: MetadefNamespace?
  ) -> [RomeQuery<MetadefNamespace>] {
    sides.map { conditions in
      let query = session.query(MetadefNamespace.self).filter(all: conditions).order(by: order).limit(limit)
      guard let marker else { return query }
      if let key = order.columns.first, marker.toDictionary()[key]?.isNull != false {
        return query.filter(order.isDescending ? Self.isOlder(than: marker) : Self.isNewer(than: marker))
      }
      return query.after(marker)
    }
  }

  private static func isNewer(than marker: MetadefNamespace) -> Condition {
    MetadefNamespace.createdAt > marker.createdAt
      || (MetadefNamespace.createdAt == marker.createdAt && MetadefNamespace.id > marker.number)
  }

  private static func isOlder(than marker: MetadefNamespace) -> Condition {
    MetadefNamespace.createdAt < marker.createdAt
      || (MetadefNamespace.createdAt == marker.createdAt && MetadefNamespace.id < marker.number)
  }
}

extension RomeSession {
  /// The numbers of the namespaces that are associated with one of the resource types.
  fileprivate func namespaces(about resourceTypes: [String]) async throws -> [Int] {
    let types = try await query(MetadefResourceType.self).filter(MetadefResourceType.name.in(resourceTypes)).all()
    if types.isEmpty { return [] }
    let ids = types.compactMap(\.id)
    let associations = try await query(MetadefAssociation.self).filter(MetadefAssociation.resourceTypeID.in(ids))
      .select(MetadefAssociation.namespaceID).all()
    return Set(associations).sorted()
  }
}

extension ListingOrder {
  /// Merges two lists that are in this order, and drops what both have.
  func merge<E: Entity>(_ left: [E], _ right: [E]) -> [E] {
    var result: [E] = []
    result.reserveCapacity(left.count + right.count)
    var (left, right) = (left[...], right[...])
    while let a = left.first, let b = right.first {
      if a === b {
        result.append(left.removeFirst())
        right.removeFirst()
      } else {
        result.append(precedes(a, b) ? left.removeFirst() : right.removeFirst())
      }
    }
    return result + left + right
  }

  /// Whether a row stands before another one.
  private func precedes<E: Entity>(_ left: E, _ right: E) -> Bool {
    let (left, right) = (left.toDictionary(), right.toDictionary())
    for column in columns {
      let (a, b) = (left[column] ?? .null, right[column] ?? .null)
      if a != b { return (a.order(to: b) < 0) != isDescending }
    }
    return false
  }
}
