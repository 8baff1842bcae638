// SPDX-License-Identifier: Apache-2.0

public import Rome

/// A row of `metadef_properties`: the definition of a property in a namespace.
@Entity("metadef_properties", indexes: .unique("namespace_id", "name"))
public final class MetadefProperty {
  /// The number of the row.
  @PrimaryKey public var id: Int?
  /// The namespace, which takes the row with it.
  @References(MetadefNamespace.self, onDelete: .cascade) public var namespaceID: Int
  /// The name, unique in the namespace.
  public var name: String
  /// The schema of the values.
  public var jsonSchema: JSON<GlanceValue> = JSON(.object([:]))
  /// When the row was made.
  public var createdAt: GlanceTime
  /// When the row was last changed.
  public var updatedAt: GlanceTime
}
