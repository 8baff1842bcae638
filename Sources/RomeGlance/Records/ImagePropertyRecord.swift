// SPDX-License-Identifier: Apache-2.0

/// A property of an image as Glance's functions answer it.
public struct ImagePropertyRecord: Hashable, Sendable, Codable {
  /// The number of the row.
  public var id: Int
  /// The image.
  public var imageID: String
  /// The name.
  public var name: String
  /// The value.
  public var value: String?
  /// When the row was made.
  public var createdAt: GlanceTime
  /// When the row was last changed.
  public var updatedAt: GlanceTime
  /// When the row was deleted.
  public var deletedAt: GlanceTime?
  /// Whether the row is deleted.
  public var deleted: Bool

  /// The record of a row that is stored, or flushed.
  init(_ property: ImageProperty) {
    id = property.id ?? 0
    imageID = property.imageID
    name = property.name
    value = property.value
    createdAt = property.createdAt
    updatedAt = property.updatedAt
    deletedAt = property.deletedAt
    deleted = property.deleted
  }

  /// The property as the registry answers it.
  public var values: GlanceValue {
    [
      "id": GlanceValue(id), "image_id": .string(imageID), "name": .string(name), "value": GlanceValue(value),
      "created_at": .date(createdAt), "updated_at": .date(updatedAt), "deleted_at": GlanceValue(deletedAt),
      "deleted": .bool(deleted),
    ]
  }
}
