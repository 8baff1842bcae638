// SPDX-License-Identifier: Apache-2.0

public import Rome

/// A row of `metadef_namespaces`: a catalogue of metadata. Rows of the metadata definitions are really removed.
///
/// The composite indexes are for listings: who sees the namespace, and then the two orders that clients ask for, by time
/// (glance-api) and by name (the dashboard). With the primary key behind the columns these are whole orders.
@Entity(
  "metadef_namespaces",
  indexes: .index("visibility", "created_at"), .index("visibility", "namespace", "created_at"),
  .index("owner", "created_at"), .index("owner", "namespace", "created_at"), .index("namespace", "created_at"))
public final class MetadefNamespace {
  /// The number of the row.
  @PrimaryKey public var id: Int?
  /// The name, unique.
  @Unique public var namespace: String
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
  @Indexed public var createdAt: GlanceTime
  /// When the row was last changed.
  public var updatedAt: GlanceTime
  /// The objects.
  @ToMany(\MetadefObject.namespaceID) public var objects: [MetadefObject]
  /// The properties.
  @ToMany(\MetadefProperty.namespaceID) public var properties: [MetadefProperty]
  /// The tags.
  @ToMany(\MetadefTag.namespaceID) public var tags: [MetadefTag]
  /// The associations with resource types.
  @ToMany(\MetadefAssociation.namespaceID) public var associations: [MetadefAssociation]
}
