// SPDX-License-Identifier: Apache-2.0

/// A namespace as Glance's functions answer it.
public struct MetadefNamespaceRecord: Hashable, Sendable, Codable {
  /// The number of the row.
  public var id: Int
  /// The name.
  public var namespace: String
  /// The name for people.
  public var displayName: String?
  /// What it is for.
  public var description: String?
  /// `public` or `private`.
  public var visibility: String?
  /// Whether glance-api refuses to delete it.
  public var protected: Bool?
  /// The tenant that it belongs to.
  public var owner: String
  /// When the row was made.
  public var createdAt: GlanceTime
  /// When the row was last changed.
  public var updatedAt: GlanceTime

  /// The record of a row that is stored, or flushed.
  init(_ row: MetadefNamespace) {
    id = row.id ?? 0
    namespace = row.namespace
    displayName = row.displayName
    description = row.description
    visibility = row.visibility
    protected = row.protected
    owner = row.owner
    createdAt = row.createdAt
    updatedAt = row.updatedAt
  }

  /// The namespace as the registry answers it.
  public var values: GlanceValue {
    [
      "id": GlanceValue(id), "namespace": .string(namespace), "display_name": GlanceValue(displayName),
      "description": GlanceValue(description), "visibility": GlanceValue(visibility),
      "protected": GlanceValue(protected), "owner": .string(owner), "created_at": .date(createdAt),
      "updated_at": .date(updatedAt),
    ]
  }
}
