// SPDX-License-Identifier: Apache-2.0

import Rome

extension GlanceDatabase {
  /// Adds a property to an image. Rights are not checked, nor whether the image exists.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - values: `image_id`, `name` and `value`.
  /// - Returns: The property.
  /// - Throws: `rpc` when the name is in use, be it by a deleted property, or when a value is missing.
  public func imagePropertyCreate(
    _ context: GlanceContext, values: [String: GlanceValue]
  ) async throws(GlanceError) -> ImagePropertyRecord {
    let imageID = try (values["image_id"] ?? .null).requiredText("image_id")
    let name = try (values["name"] ?? .null).requiredText("name")
    let value = try (values["value"] ?? .null).text("value")
    return try await transaction { session in
      let now = clock.now()
      let property = ImageProperty(imageID: imageID, name: name, value: value, createdAt: now, updatedAt: now)
      session.add(property)
      try await session.flush()
      return ImagePropertyRecord(property)
    }
  }

  /// Marks a property as deleted. Rights are not checked.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - name: The name of the property, which Glance calls `prop_ref`.
  ///   - imageID: The image, which Glance calls `image_ref`.
  /// - Returns: The deleted property.
  /// - Throws: `rpc` when the image has no such property.
  @discardableResult
  public func imagePropertyDelete(
    _ context: GlanceContext, name: String, imageID: String
  ) async throws(GlanceError) -> ImagePropertyRecord {
    try await transaction { session in
      guard let property = try await session.property(name, ofImage: imageID) else {
        throw GlanceError(.rpc, "No row was found for one()")
      }
      property.markDeleted(at: clock.now())
      return ImagePropertyRecord(property)
    }
  }

  /// Sets a property that the image does not have, so that of several callers one succeeds: Glance uses it as a lock. Rights
  /// are not checked.
  ///
  /// - Parameters:
  ///   - imageID: The image.
  ///   - name: The name of the property.
  ///   - value: The value.
  /// - Throws: `duplicate` when the image has the property.
  public func imageSetPropertyAtomic(imageID: String, name: String, value: String) async throws(GlanceError) {
    try await transaction { session in
      let now = clock.now()
      guard let property = try await session.property(name, ofImage: imageID) else {
        session.add(ImageProperty(imageID: imageID, name: name, value: value, createdAt: now, updatedAt: now))
        return
      }
      if !property.deleted {
        throw GlanceError(.duplicate, "The image has the property already")
      }
      property.set(value, at: now)
    }
  }

  /// Removes a property if it has exactly the value, so that of several callers one succeeds. The row is really removed.
  /// Rights are not checked.
  ///
  /// - Parameters:
  ///   - imageID: The image.
  ///   - name: The name of the property.
  ///   - value: The value that it must have.
  /// - Throws: `notFound` when the image has no such property, or it has another value.
  public func imageDeletePropertyAtomic(imageID: String, name: String, value: String) async throws(GlanceError) {
    try await transaction { session in
      guard let property = try await session.property(name, ofImage: imageID), !property.deleted,
        property.value == value
      else { throw GlanceError(.notFound, "The image has no such property of that value") }
      session.delete(property)
    }
  }
}
