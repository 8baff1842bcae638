// SPDX-License-Identifier: Apache-2.0

import Rome

extension ImageProperty {
  /// Marks the row as deleted.
  func markDeleted(at time: GlanceTime) {
    deleted = true
    deletedAt = time
    updatedAt = time
  }

  /// Gives the property a value; a deleted row comes back to life.
  func set(_ value: String?, at time: GlanceTime) {
    self.value = value
    deleted = false
    deletedAt = nil
    updatedAt = time
  }
}

extension RomeSession {
  /// The row of a property, deleted or not.
  func property(_ name: String, ofImage imageID: String) async throws -> ImageProperty? {
    try await query(ImageProperty.self)
      .filter(ImageProperty.imageID == imageID, ImageProperty.name == name).oneOrNil()
  }

  /// Sets properties of an image.
  ///
  /// - Parameters:
  ///   - values: The values by name.
  ///   - image: The image.
  ///   - isPurging: Whether the others are deleted.
  ///   - time: What time it is.
  /// - Returns: All rows of the image.
  func set(
    _ values: [String: String?], of image: Image, purging isPurging: Bool, at time: GlanceTime
  ) async throws -> [ImageProperty] {
    var properties = try await image.properties
    let known = Set(properties.map(\.name))
    for property in properties {
      if let value = values[property.name] {
        property.set(value, at: time)
      } else if isPurging, !property.deleted {
        property.markDeleted(at: time)
      }
    }
    for (name, value) in values.sorted(by: { $0.key < $1.key }) where !known.contains(name) {
      let property = ImageProperty(imageID: image.id, name: name, value: value, createdAt: time, updatedAt: time)
      add(property)
      properties.append(property)
    }
    return properties
  }
}
