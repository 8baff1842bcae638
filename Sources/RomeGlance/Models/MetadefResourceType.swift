// SPDX-License-Identifier: Apache-2.0

public import Rome

/// A row of `metadef_resource_types`: a kind of things that metadata is about, such as `OS::Nova::Flavor`.
@Entity("metadef_resource_types")
public final class MetadefResourceType {
  /// The number of the row.
  @PrimaryKey public var id: Int?
  /// The name, unique.
  @Unique public var name: String
  /// Whether it can't be deleted.
  public var protected: Bool = false
  /// When the row was made.
  public var createdAt: GlanceTime
  /// When the row was last changed.
  public var updatedAt: GlanceTime
  /// The associations with namespaces.
  @ToMany(\MetadefAssociation.resourceTypeID) public var associations: [MetadefAssociation]
}
