// SPDX-License-Identifier: Apache-2.0

/// What the rules look at in an image: a stored one, or one that a caller describes.
struct ImageAccess {
  let id: String
  let owner: String?
  let visibility: ImageVisibility

  init(_ image: Image) {
    id = image.id
    owner = image.owner
    visibility = image.visibility
  }

  init(id: String, owner: String?, visibility: ImageVisibility) {
    self.id = id
    self.owner = owner
    self.visibility = visibility
  }

  /// Whether everybody sees the image.
  var isPublic: Bool { visibility == .public || visibility == .community }
}

/// Which images a caller may see and change by their ids. What a caller *lists* is another rule: ``ImageListing``.
extension GlanceContext {
  /// Whether the caller sees an image.
  ///
  /// - Parameters:
  ///   - image: The image.
  ///   - isMember: Whether an image is shared with a tenant; asked for only where it decides.
  func sees(
    _ image: ImageAccess, isMember: (_ imageID: String, _ tenant: String) async throws -> Bool
  ) async throws
    -> Bool
  {
    if isAdmin || image.owner == nil || image.isPublic { return true }
    guard let owner else { return false }
    if owner == image.owner { return true }
    guard image.visibility == .shared else { return false }
    return try await isMember(image.id, owner)
  }

  /// Whether the caller may change an image. Whether it is protected is the business of glance-api.
  func changes(_ image: ImageAccess) -> Bool {
    isAdmin || (image.owner != nil && image.owner == owner)
  }

  /// Refuses to change an image of somebody else.
  func checkChange(of image: ImageAccess) throws(GlanceError) {
    if changes(image) { return }
    throw GlanceError(image.isPublic ? .forbiddenPublicImage : .forbidden, "You do not own this image")
  }
}
