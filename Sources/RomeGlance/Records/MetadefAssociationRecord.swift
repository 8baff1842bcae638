// SPDX-License-Identifier: Apache-2.0

/// An association of a namespace with a resource type as Glance's functions answer it.
public struct MetadefAssociationRecord: Hashable, Sendable, Codable {
  /// The name of the resource type.
  public var name: String
  /// What of the resource the properties belong to.
  public var propertiesTarget: String?
  /// What the names of the properties begin with.
  public var prefix: String?
  /// When the row was made.
  public var createdAt: GlanceTime
  /// When the row was last changed.
  public var updatedAt: GlanceTime

  /// The record of a row.
  ///
  /// - Parameters:
  ///   - association: The row.
  ///   - resourceType: The name of the resource type.
  init(_ association: MetadefAssociation, resourceType: String) {
    name = resourceType
    propertiesTarget = association.propertiesTarget
    prefix = association.prefix
    createdAt = association.createdAt
    updatedAt = association.updatedAt
  }

  /// The association as the registry answers it.
  public var values: GlanceValue {
    [
      "name": .string(name), "properties_target": GlanceValue(propertiesTarget), "prefix": GlanceValue(prefix),
      "created_at": .date(createdAt), "updated_at": .date(updatedAt),
    ]
  }
}
