// SPDX-License-Identifier: Apache-2.0

import Rome

/// An object of a namespace as Glance's functions answer it.
public struct MetadefObjectRecord: Hashable, Sendable, Codable {
  /// The number of the row.
  public var id: Int
  /// The namespace.
  public var namespaceID: Int
  /// The name.
  public var name: String
  /// What it is for.
  public var description: String?
  /// The names of the required properties, separated by commas.
  public var required: String?
  /// The schema, any JSON.
  public var jsonSchema: GlanceValue
  /// When the row was made.
  public var createdAt: GlanceTime
  /// When the row was last changed.
  public var updatedAt: GlanceTime

  /// The record of a row that is stored, or flushed.
  init(_ object: MetadefObject) {
    id = object.id ?? 0
    namespaceID = object.namespaceID
    name = object.name
    description = object.description
    required = object.required
    jsonSchema = object.jsonSchema.wrapped
    createdAt = object.createdAt
    updatedAt = object.updatedAt
  }

  /// The object as the registry answers it.
  public var values: GlanceValue {
    [
      "id": GlanceValue(id), "namespace_id": GlanceValue(namespaceID), "name": .string(name),
      "description": GlanceValue(description), "required": GlanceValue(required), "json_schema": jsonSchema,
      "created_at": .date(createdAt), "updated_at": .date(updatedAt),
    ]
  }
}
