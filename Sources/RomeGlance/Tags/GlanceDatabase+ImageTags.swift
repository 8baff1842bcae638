// SPDX-License-Identifier: Apache-2.0

import Rome

extension GlanceDatabase {
  /// Adds a tag to an image, even if it has that tag already. Rights are not checked, nor whether the image exists.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - imageID: The image.
  ///   - value: The tag.
  /// - Returns: The tag.
  /// - Throws: `invalid` for characters that Glance refuses.
  @discardableResult
  public func imageTagCreate(
    _ context: GlanceContext, imageID: String, value: String
  ) async throws(GlanceError) -> String {
    try FourByteCharacters.refuse(in: imageID)
    try FourByteCharacters.refuse(in: value)
    let now = clock.now()
    try await transaction { session in
      session.add(ImageTag(imageID: imageID, value: value, createdAt: now, updatedAt: now))
    }
    return value
  }

  /// Makes the tags of an image equal to a list: missing ones are added in its order, without repetitions, and those that it
  /// does not name are deleted. Rights are not checked.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - imageID: The image.
  ///   - tags: The tags.
  /// - Throws: `imageNotFound` when the id is too long; `invalid` for characters that Glance refuses.
  public func imageTagSetAll(
    _ context: GlanceContext, imageID: String, tags: [String]
  ) async throws(GlanceError) {
    try checkImageID(imageID)
    for tag in tags { try FourByteCharacters.refuse(in: tag) }
    try await transaction { session in
      let now = clock.now()
      let existing = try await session.tags(ofImage: imageID)
      let wanted = Set(tags)
      for tag in existing where !wanted.contains(tag.value) { tag.markDeleted(at: now) }
      var known = Set(existing.map(\.value))
      for tag in tags where known.insert(tag).inserted {
        session.add(ImageTag(imageID: imageID, value: tag, createdAt: now, updatedAt: now))
      }
    }
  }

  /// The tags of an image, in the order in which they were made; none for an image that there is not.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - imageID: The image.
  /// - Returns: The tags.
  /// - Throws: `imageNotFound` when the id is too long.
  public func imageTagGetAll(_ context: GlanceContext, imageID: String) async throws(GlanceError) -> [String] {
    try checkImageID(imageID)
    return try await reading { session in try await session.tags(ofImage: imageID).map(\.value) }
  }

  /// Marks a tag of an image as deleted; if it has it several times, all of them.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - imageID: The image.
  ///   - value: The tag.
  /// - Throws: `imageNotFound` when the id is too long; `notFound` when the image has no such tag.
  public func imageTagDelete(
    _ context: GlanceContext, imageID: String, value: String
  ) async throws(GlanceError) {
    try checkImageID(imageID)
    try await transaction { session in
      let tags = try await session.query(ImageTag.self)
        .filter(ImageTag.imageID == imageID, ImageTag.value == value, ImageTag.deleted == false).all()
      if tags.isEmpty { throw GlanceError(.notFound, "An object with the specified identifier was not found.") }
      let now = clock.now()
      for tag in tags { tag.markDeleted(at: now) }
    }
  }
}

extension ImageTag {
  /// Marks the row as deleted.
  func markDeleted(at time: GlanceTime) {
    deleted = true
    deletedAt = time
    updatedAt = time
  }
}

extension RomeSession {
  /// The tags of an image that are not deleted, in the order in which they were made.
  fileprivate func tags(ofImage imageID: String) async throws -> [ImageTag] {
    try await query(ImageTag.self).filter(ImageTag.imageID == imageID, ImageTag.deleted == false)
      .order(by: ImageTag.id).all()
  }
}
