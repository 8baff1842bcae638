// SPDX-License-Identifier: Apache-2.0

import Rome

extension GlanceError {
  /// The image has no location of this number.
  static func locationNotFound(_ id: Int64, of imageID: String) -> GlanceError {
    GlanceError(.notFound, "No location found with ID \(id) from image \(imageID)")
  }
}

extension ImageLocation {
  /// Marks the row as deleted.
  func markDeleted(as status: String, at time: GlanceTime) {
    self.status = status
    deleted = true
    deletedAt = time
    updatedAt = time
  }
}

extension RomeSession {
  /// The location of a number, if it is one of the image.
  func location(_ id: Int64, ofImage imageID: String) async throws -> ImageLocation {
    guard let location = try await get(ImageLocation.self, id), location.imageID == imageID else {
      throw GlanceError.locationNotFound(id, of: imageID)
    }
    return location
  }

  /// Makes a list the locations of an image: those without a number are added, those with one are changed, the others are
  /// deleted. An empty list changes nothing.
  ///
  /// - Returns: All rows of the image.
  func replace(_ values: [GlanceValue], of image: Image, at time: GlanceTime) async throws -> [ImageLocation] {
    var locations = try await image.locations
    if values.isEmpty { return locations }
    let wanted = try values.map { try LocationAttributes($0) }
    let kept = Set(wanted.compactMap(\.id))
    for location in locations where !location.deleted && !kept.contains(Int64(location.id ?? 0)) {
      location.markDeleted(as: "deleted", at: time)
    }
    let known = Dictionary(locations.map { (Int64($0.id ?? 0), $0) }, uniquingKeysWith: { $1 })
    for attributes in wanted {
      guard let id = attributes.id else {
        let location = attributes.makeLocation(of: image.id, at: time)
        add(location)
        locations.append(location)
        continue
      }
      guard let location = known[id] else { throw GlanceError.locationNotFound(id, of: image.id) }
      attributes.apply(to: location, at: time)
    }
    return locations
  }
}
