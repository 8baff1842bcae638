// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome

extension GlanceDatabase {
  /// Makes an image with its properties and locations. Rights are not checked, and the owner is the one in the values, not
  /// that of the caller.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - values: The columns; `properties`, an object of texts; `locations`, an array of `url`, `metadata` and `status`.
  ///     `status` is required; unknown names are ignored. `tags` may be an empty array only.
  ///   - v1Mode: Whether the values of the answer are those of version 1.
  /// - Returns: The image.
  /// - Throws: `duplicate` when the id is in use, be it by a deleted image; `attributeError` for tags; `invalid` for
  ///   characters that Glance refuses, a status that it does not know or a requirement out of range; `imageNotFound` when
  ///   the id is too long.
  public func imageCreate(
    _ context: GlanceContext, values: [String: GlanceValue], v1Mode: Bool = false
  ) async throws(GlanceError) -> ImageRecord {
    try FourByteCharacters.refuse(in: values)
    let attributes = try ImageAttributes(values, isNew: true)
    let id = try values["id"]?.text("id") ?? UUID().uuidString.lowercased()
    try checkImageID(id)
    // Glance's API passes an empty list of tags on; its tags come by another function.
    guard values["tags"].map({ $0 == [] }) ?? true else {
      throw GlanceError(.attributeError, "tags are set by 'image_tag_set_all'")
    }
    let now = clock.now()
    let locations = try attributes.locations.map { value throws(GlanceError) in try LocationAttributes(value) }
    return try await transaction(translating: { Self.meaning($0, ofCreating: id) }) { session in
      let image = Image(id: id, status: attributes.status ?? .queued, createdAt: now, updatedAt: now)
      attributes.apply(to: image)
      let properties = (attributes.properties ?? [:]).sorted { $0.key < $1.key }.map { name, value in
        ImageProperty(imageID: id, name: name, value: value, createdAt: now, updatedAt: now)
      }
      let places = locations.map { $0.makeLocation(of: id, at: now) }
      session.add(image)
      session.addAll(properties)
      session.addAll(places)
      try await session.flush()
      return ImageRecord(
        image, properties: properties, locations: places, for: context, showsDeletedLocations: false, v1Mode: v1Mode)
    }
  }

  /// The id is in use when there is an image of it, or when there are properties of it: which of the two the store notices
  /// first does not matter.
  private static func meaning(_ error: RomeError, ofCreating id: String) -> GlanceError? {
    let isTaken =
      error.code == .duplicatePrimaryKey && error.entity == Image.tableName
      || error.code == .uniqueViolation && error.entity == ImageProperty.tableName
    return isTaken ? GlanceError(.duplicate, "Image ID \(id) already exists!") : nil
  }
}
