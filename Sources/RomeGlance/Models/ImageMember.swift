// SPDX-License-Identifier: Apache-2.0

public import Rome

/// A row of `image_members`: a tenant that an image is shared with. As in Glance, the living rows of an image and a tenant
/// may be several.
@Entity(
  "image_members", indexes: .index("image_id", "member"), .index("member", "deleted", "status", "image_id"),
  .unique("image_id", "member", "deleted_at"))
public final class ImageMember {
  /// The number of the row.
  @PrimaryKey public var id: Int?
  /// The image.
  public var imageID: String
  /// The tenant.
  public var member: String
  /// Whether the tenant may share the image with others.
  public var canShare: Bool = false
  /// `pending`, `accepted` or `rejected`; Glance does not check it.
  public var status: String = "pending"
  /// When the row was made.
  public var createdAt: GlanceTime
  /// When the row was last changed.
  public var updatedAt: GlanceTime
  /// When the row was deleted.
  @Indexed public var deletedAt: GlanceTime?
  /// Whether the row is deleted.
  public var deleted: Bool = false
}
