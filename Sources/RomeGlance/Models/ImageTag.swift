// SPDX-License-Identifier: Apache-2.0

public import Rome

/// A row of `image_tags`: a word on an image.
@Entity("image_tags", indexes: .index("image_id", "value"), .index("value", "deleted", "image_id"))
public final class ImageTag {
  /// The number of the row.
  @PrimaryKey public var id: Int?
  /// The image.
  public var imageID: String
  /// The tag.
  public var value: String
  /// When the row was made.
  public var createdAt: GlanceTime
  /// When the row was last changed.
  public var updatedAt: GlanceTime
  /// When the row was deleted.
  @Indexed public var deletedAt: GlanceTime?
  /// Whether the row is deleted.
  public var deleted: Bool = false
}
