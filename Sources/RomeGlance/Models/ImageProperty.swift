// SPDX-License-Identifier: Apache-2.0

public import Rome

/// A row of `image_properties`: a property of an image that is no column. A name stays taken when its row is deleted; the
/// row comes back to life with the next value.
@Entity(
  "image_properties", indexes: .unique("image_id", "name"), .index("name", "value", "deleted", "image_id"))
public final class ImageProperty {
  /// The number of the row.
  @PrimaryKey public var id: Int?
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
  @Indexed public var deletedAt: GlanceTime?
  /// Whether the row is deleted.
  public var deleted: Bool = false
}
