// SPDX-License-Identifier: Apache-2.0

import Rome

extension GlanceError {
  /// There is no such image, or none that the caller may know of.
  static func imageNotFound(_ id: String) -> GlanceError {
    GlanceError(.imageNotFound, "No image found with ID \(id)")
  }
}

/// The longest id that an image can have, in characters.
let maximumImageIDLength = 36

/// Refuses an id that no image can have.
func checkImageID(_ id: String) throws(GlanceError) {
  if id.unicodeScalars.count > maximumImageIDLength { throw .imageNotFound(id) }
}

extension RomeSession {
  /// The image that a caller asks for by its id.
  ///
  /// - Parameters:
  ///   - id: The id.
  ///   - context: The caller.
  ///   - showsDeleted: Whether a deleted image will do; for administrators it always does.
  /// - Throws: `imageNotFound`, `forbidden`.
  func image(_ id: String, for context: GlanceContext, showsDeleted: Bool = false) async throws -> Image {
    try checkImageID(id)
    guard let image = try await get(Image.self, id), !image.deleted || showsDeleted || context.isAdmin else {
      throw GlanceError.imageNotFound(id)
    }
    if try await !sees(ImageAccess(image), context) {
      throw GlanceError(.forbidden, "Forbidding request, image \(id) not visible")
    }
    return image
  }

  /// Whether a caller sees an image.
  ///
  /// - Parameters:
  ///   - image: The image.
  ///   - context: The caller.
  ///   - memberStatus: Which status a membership must have; nil for any.
  func sees(_ image: ImageAccess, _ context: GlanceContext, memberStatus: String? = nil) async throws -> Bool {
    try await context.sees(image) { imageID, tenant in
      var query = query(ImageMember.self)
        .filter(ImageMember.imageID == imageID, ImageMember.member == tenant, ImageMember.deleted == false)
      if let memberStatus { query = query.filter(ImageMember.status == memberStatus) }
      return try await query.exists()
    }
  }

  /// What the caller gets of an image that the session holds.
  func record(
    of image: Image, for context: GlanceContext, showsDeletedLocations: Bool = false, v1Mode: Bool
  ) async throws -> ImageRecord {
    try await flush()
    return ImageRecord(
      image, properties: try await image.properties, locations: try await image.locations, for: context,
      showsDeletedLocations: showsDeletedLocations, v1Mode: v1Mode)
  }
}
