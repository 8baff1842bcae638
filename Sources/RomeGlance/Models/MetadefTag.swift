// SPDX-License-Identifier: Apache-2.0

public import Rome

/// A row of `metadef_tags`: a tag that a namespace suggests. Listings are by time or by name.
@Entity(
  "metadef_tags",
  indexes: .unique("namespace_id", "name"), .index("namespace_id", "created_at"),
  .index("namespace_id", "name", "created_at"))
public final class MetadefTag {
  /// The number of the row.
  @PrimaryKey public var id: Int?
  /// The namespace, which takes the row with it.
  @References(MetadefNamespace.self, onDelete: .cascade) public var namespaceID: Int
  /// The tag, unique in the namespace.
  public var name: String
  /// When the row was made.
  public var createdAt: GlanceTime
  /// When the row was last changed.
  public var updatedAt: GlanceTime
}
