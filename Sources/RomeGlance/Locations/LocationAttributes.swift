// SPDX-License-Identifier: Apache-2.0

import Rome

/// A location as a client sends it, checked.
struct LocationAttributes {
  /// The number of the row that is meant; nil for a new one.
  let id: Int64?
  let url: String
  let metadata: GlanceValue
  let status: String

  /// Checks a location.
  ///
  /// - Throws: `invalid` for characters that Glance refuses; `keyError` when a member is missing; `rpc` for values of a
  ///   wrong type.
  init(_ value: GlanceValue) throws(GlanceError) {
    guard let members = value.objectValue else { throw GlanceError(.typeError, "a location must be an object") }
    try FourByteCharacters.refuse(in: members)
    func member(_ name: String) throws(GlanceError) -> GlanceValue {
      guard let value = members[name] else { throw GlanceError(.keyError, "'\(name)'") }
      return value
    }
    id = try members["id"]?.integer("id")
    url = try member("url").requiredText("url")
    metadata = try member("metadata")
    status = try member("status").requiredText("status")
  }

  /// Whether a location of the status is deleted.
  static func isDeleted(_ status: String) -> Bool { status == "deleted" || status == "pending_delete" }

  /// A new row.
  func makeLocation(of imageID: String, at time: GlanceTime) -> ImageLocation {
    let location = ImageLocation(imageID: imageID, value: url, createdAt: time, updatedAt: time)
    apply(to: location, at: time)
    return location
  }

  /// Gives a row what the client sent. A status of deleted locations deletes it, any other one revives it.
  func apply(to location: ImageLocation, at time: GlanceTime) {
    location.value = url
    location.metaData = JSON(metadata)
    location.status = status
    location.updatedAt = time
    let isDeleted = Self.isDeleted(status)
    location.deletedAt = isDeleted ? location.deletedAt ?? time : nil
    location.deleted = isDeleted
  }
}
