// SPDX-License-Identifier: Apache-2.0

public import Rome

/// A row of `metadef_namespace_resource_types`: says that a namespace is about a resource type.
@Entity("metadef_namespace_resource_types")
public final class MetadefAssociation {
  /// The resource type. It can't be deleted as long as namespaces are about it.
  @PrimaryKey @References(MetadefResourceType.self) public var resourceTypeID: Int
  /// The namespace, which takes the row with it.
  @PrimaryKey @References(MetadefNamespace.self, onDelete: .cascade) public var namespaceID: Int
  /// What of the resource the properties belong to, such as `image`.
  public var propertiesTarget: String?
  /// What the names of the properties begin with.
  public var prefix: String?
  /// When the row was made.
  public var createdAt: GlanceTime
  /// When the row was last changed.
  public var updatedAt: GlanceTime
  /// The resource type.
  @ToOne(\MetadefAssociation.resourceTypeID) public var resourceType: MetadefResourceType?
  /// The namespace.
  @ToOne(\MetadefAssociation.namespaceID) public var namespace: MetadefNamespace?
}
