// SPDX-License-Identifier: Apache-2.0

import Rome

extension GlanceDatabase {
  /// Adds a location to an image. Rights are not checked, nor whether the image exists.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - imageID: The image.
  ///   - location: `url`, `metadata` and `status`; one whose status says so is deleted from the begin.
  /// - Throws: `invalid` for characters that Glance refuses, `keyError` when a member is missing.
  public func imageLocationAdd(
    _ context: GlanceContext, imageID: String, location: GlanceValue
  ) async throws(GlanceError) {
    try FourByteCharacters.refuse(in: imageID)
    let attributes = try LocationAttributes(location)
    try await transaction { session in session.add(attributes.makeLocation(of: imageID, at: clock.now())) }
  }

  /// Replaces a location of an image. Rights are not checked.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - imageID: The image.
  ///   - location: `id`, `url`, `metadata` and `status`. A status of deleted locations deletes it, any other one revives it.
  /// - Throws: `notFound` when the image has no such location; `invalid` for characters that Glance refuses, or without an
  ///   id; `keyError` when a member is missing.
  public func imageLocationUpdate(
    _ context: GlanceContext, imageID: String, location: GlanceValue
  ) async throws(GlanceError) {
    try FourByteCharacters.refuse(in: imageID)
    let attributes = try LocationAttributes(location)
    guard let id = attributes.id else { throw GlanceError(.invalid, "The location data has an invalid ID") }
    try await transaction { session in
      attributes.apply(to: try await session.location(id, ofImage: imageID), at: clock.now())
    }
  }

  /// Marks a location of an image as deleted. Rights are not checked.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - imageID: The image.
  ///   - locationID: The number of the location.
  ///   - status: `deleted` or `pending_delete`.
  /// - Throws: `invalid` for another status; `notFound` when the image has no such location.
  public func imageLocationDelete(
    _ context: GlanceContext, imageID: String, locationID: Int64, status: String
  ) async throws(GlanceError) {
    guard LocationAttributes.isDeleted(status) else {
      throw GlanceError(
        .invalid, "The status of deleted image location can only be set to 'pending_delete' or 'deleted'")
    }
    try await transaction { session in
      try await session.location(locationID, ofImage: imageID).markDeleted(as: status, at: clock.now())
    }
  }
}
