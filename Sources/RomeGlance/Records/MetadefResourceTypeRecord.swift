// SPDX-License-Identifier: Apache-2.0

/// A resource type as Glance's functions answer it.
public struct MetadefResourceTypeRecord: Hashable, Sendable, Codable {
  /// The number of the row.
  public var id: Int
  /// The name.
  public var name: String
  /// Whether it can't be deleted.
  public var protected: Bool
  /// When the row was made.
  public var createdAt: GlanceTime
  /// When the row was last changed.
  public var updatedAt: GlanceTime

  /// The record of a row that is stored, or flushed.
  init(_ type: MetadefResourceType) {
    id = type.id ?? 0
    name = type.name
    protected = type.protected
    createdAt = type.createdAt
    updatedAt = type.updatedAt
  }

  /// The resource type as the registry answers it.
  public var values: GlanceValue {
    [
      "id": GlanceValue(id), "name": .string(name), "protected": .bool(protected), "created_at": .date(createdAt),
      "updated_at": .date(updatedAt),
    ]
  }
}
