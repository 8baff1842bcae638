// SPDX-License-Identifier: Apache-2.0

public import Rome

/// A row of `metadef_objects`: a group of properties in a namespace.
@Entity("metadef_objects", indexes: .unique("namespace_id", "name"))
public final class MetadefObject {
  /// The number of the row.
  @PrimaryKey public var id: Int?
  /// The namespace, which takes the row with it.
  @References(MetadefNamespace.self, onDelete: .cascade) public var namespaceID: Int
  /// The name, unique in the namespace.
  public var name: String
  /// What it is for.
  public var description: String?
  /// The names of the required properties, separated by commas.
  public var required: String?
  /// The schema of the properties.
  public var jsonSchema: JSON<GlanceValue> = JSON(.object([:]))
  /// When the row was made.
  public var createdAt: GlanceTime
  /// When the row was last changed.
  public var updatedAt: GlanceTime
}
