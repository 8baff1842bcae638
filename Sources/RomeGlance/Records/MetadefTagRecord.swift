// SPDX-License-Identifier: Apache-2.0

/// A tag of a namespace as Glance's functions answer it.
public struct MetadefTagRecord: Hashable, Sendable, Codable {
  /// The number of the row.
  public var id: Int
  /// The namespace.
  public var namespaceID: Int
  /// The tag.
  public var name: String
  /// When the row was made.
  public var createdAt: GlanceTime
  /// When the row was last changed.
  public var updatedAt: GlanceTime

  /// The record of a row that is stored, or flushed.
  init(_ tag: MetadefTag) {
    id = tag.id ?? 0
    namespaceID = tag.namespaceID
    name = tag.name
    createdAt = tag.createdAt
    updatedAt = tag.updatedAt
  }

  /// The tag as the registry answers it.
  public var values: GlanceValue {
    [
      "id": GlanceValue(id), "namespace_id": GlanceValue(namespaceID), "name": .string(name),
      "created_at": .date(createdAt), "updated_at": .date(updatedAt),
    ]
  }
}
