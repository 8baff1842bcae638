// SPDX-License-Identifier: Apache-2.0

import Rome

extension GlanceDatabase {
  /// Marks an image as deleted, and its locations, properties, members and tags with it. Nothing is removed, and its status
  /// stays. A protected image is no exception: glance-api looks at that.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - imageID: The id.
  /// - Returns: The deleted image.
  /// - Throws: `imageNotFound`, also when it is deleted already and the caller no administrator; `forbidden` when the caller
  ///   may not see it; `forbidden` or `forbiddenPublicImage` when it is not the caller's.
  @discardableResult
  public func imageDestroy(_ context: GlanceContext, imageID: String) async throws(GlanceError) -> ImageRecord {
    try await transaction { session in
      let image = try await session.image(imageID, for: context)
      try context.checkChange(of: ImageAccess(image))
      let now = clock.now()
      image.deleted = true
      image.deletedAt = now
      image.updatedAt = now
      let properties = try await image.properties
      let locations = try await image.locations
      for property in properties where !property.deleted { property.markDeleted(at: now) }
      for location in locations where !location.deleted { location.markDeleted(as: "deleted", at: now) }
      for tag in try await image.tags where !tag.deleted { tag.markDeleted(at: now) }
      var tenants: [String: Int64] = [:]
      for member in try await image.members where !member.deleted {
        // A tenant that is a member twice is one twice in the same microsecond otherwise, which the table forbids.
        member.markDeleted(at: now + tenants[member.member, default: 0])
        tenants[member.member, default: 0] += 1
      }
      return ImageRecord(
        image, properties: properties, locations: locations, for: context, showsDeletedLocations: false,
        v1Mode: false)
    }
  }
}
