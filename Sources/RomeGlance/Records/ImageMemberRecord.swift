// SPDX-License-Identifier: Apache-2.0

/// A membership as Glance's functions answer it.
public struct ImageMemberRecord: Hashable, Sendable, Codable {
  /// The number of the row.
  public var id: Int
  /// The image.
  public var imageID: String
  /// The tenant.
  public var member: String
  /// Whether the tenant may share the image with others.
  public var canShare: Bool
  /// `pending`, `accepted` or `rejected`.
  public var status: String
  /// When the row was made.
  public var createdAt: GlanceTime
  /// When the row was last changed.
  public var updatedAt: GlanceTime
  /// Whether the row is deleted.
  public var deleted: Bool

  /// The record of a row that is stored, or flushed.
  init(_ member: ImageMember) {
    id = member.id ?? 0
    imageID = member.imageID
    self.member = member.member
    canShare = member.canShare
    status = member.status
    createdAt = member.createdAt
    updatedAt = member.updatedAt
    deleted = member.deleted
  }

  /// The membership as the registry answers it.
  public var values: GlanceValue {
    [
      "id": GlanceValue(id), "image_id": .string(imageID), "member": .string(member), "can_share": .bool(canShare),
      "status": .string(status), "created_at": .date(createdAt), "updated_at": .date(updatedAt),
      "deleted": .bool(deleted),
    ]
  }
}
