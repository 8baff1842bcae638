// SPDX-License-Identifier: Apache-2.0

import Rome

extension GlanceDatabase {
  /// Changes an image, its properties and its locations, all of it or nothing.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - imageID: The id.
  ///   - values: The columns to change; `properties`, an object, of which each sets one; `locations`, which replace all, but
  ///     an empty array changes none. Times, `deleted` and unknown names are ignored.
  ///   - purgeProps: Whether properties that are not named are deleted.
  ///   - fromState: The status that the image must have; nil for any. Of callers who name the same one at the same time, one
  ///     succeeds if the new status is another.
  ///   - v1Mode: Whether the values of the answer are those of version 1.
  /// - Returns: The image as it is then.
  /// - Throws: `imageNotFound`; `forbidden` when the caller may not see it; `forbidden` or `forbiddenPublicImage` when it is
  ///   not the caller's; `invalid`; `conflict` when the image is in another status; `notFound` for a location that the image
  ///   does not have.
  public func imageUpdate(
    _ context: GlanceContext, imageID: String, values: [String: GlanceValue], purgeProps: Bool = false,
    fromState: String? = nil, v1Mode: Bool = false
  ) async throws(GlanceError) -> ImageRecord {
    try FourByteCharacters.refuse(in: imageID)
    try FourByteCharacters.refuse(in: values)
    if let fromState { try FourByteCharacters.refuse(in: fromState) }
    return try await transaction { session in
      let image = try await session.image(imageID, for: context)
      try context.checkChange(of: ImageAccess(image))
      let attributes = try ImageAttributes(values, isNew: false)
      if let fromState, image.status.rawValue != fromState {
        throw GlanceError(
          .conflict,
          "cannot transition from \(image.status.rawValue) to \(attributes.status?.rawValue ?? "None") in update "
            + "(wanted from_state=\(fromState))")
      }
      let now = clock.now()
      attributes.apply(to: image)
      image.updatedAt = now
      let properties = try await session.set(attributes.properties ?? [:], of: image, purging: purgeProps, at: now)
      let locations = try await session.replace(attributes.locations, of: image, at: now)
      try await session.flush()
      return ImageRecord(
        image, properties: properties, locations: locations, for: context, showsDeletedLocations: false,
        v1Mode: v1Mode)
    }
  }
}
