// SPDX-License-Identifier: Apache-2.0

public import Rome

/// A row of `image_locations`: a place where the data of an image is.
@Entity("image_locations")
public final class ImageLocation {
  /// The number of the row.
  @PrimaryKey public var id: Int?
  /// The image.
  @Indexed public var imageID: String
  /// The URL.
  public var value: String
  /// What the store of the data wants to know, an object.
  public var metaData: JSON<GlanceValue> = JSON(.object([:]))
  /// `active`, `pending_delete` or `deleted`.
  public var status: String = "active"
  /// When the row was made.
  public var createdAt: GlanceTime
  /// When the row was last changed.
  public var updatedAt: GlanceTime
  /// When the row was deleted.
  @Indexed public var deletedAt: GlanceTime?
  /// Whether the row is deleted.
  public var deleted: Bool = false
}
