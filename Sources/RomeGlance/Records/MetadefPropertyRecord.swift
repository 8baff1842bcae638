// SPDX-License-Identifier: Apache-2.0

import Rome

/// A property of a namespace as Glance's functions answer it.
public struct MetadefPropertyRecord: Hashable, Sendable, Codable {
  /// The number of the row.
  public var id: Int
  /// The namespace.
  public var namespaceID: Int
  /// The name.
  public var name: String
  /// The schema, any JSON.
  public var jsonSchema: GlanceValue
  /// When the row was made.
  public var createdAt: GlanceTime
  /// When the row was last changed.
  public var updatedAt: GlanceTime

  /// The record of a row that is stored, or flushed.
  init(_ property: MetadefProperty) {
    id = property.id ?? 0
    namespaceID = property.namespaceID
    name = property.name
    jsonSchema = property.jsonSchema.wrapped
    createdAt = property.createdAt
    updatedAt = property.updatedAt
  }

  /// The property as the registry answers it.
  public var values: GlanceValue {
    [
      "id": GlanceValue(id), "namespace_id": GlanceValue(namespaceID), "name": .string(name),
      "json_schema": jsonSchema, "created_at": .date(createdAt), "updated_at": .date(updatedAt),
    ]
  }
}
