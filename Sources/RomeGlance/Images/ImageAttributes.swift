// SPDX-License-Identifier: Apache-2.0

import Rome

/// The values of a create or an update of an image, checked.
struct ImageAttributes {
  /// The status that was asked for; nil when none was.
  let status: ImageStatus?
  /// The properties that were named; nil when none were.
  let properties: [String: String?]?
  /// The locations that were named.
  let locations: [GlanceValue]
  private var changes: [@Sendable (Image) -> Void] = []

  /// Checks the values of a create or an update, in the order in which Glance does.
  ///
  /// - Parameters:
  ///   - values: The values as the client sent them; their characters are checked already.
  ///   - isNew: Whether they make an image.
  /// - Throws: `invalid` for a status or a size out of range; `valueError` and `rpc` for values of a wrong type.
  init(_ values: [String: GlanceValue], isNew: Bool) throws(GlanceError) {
    let visibility = try Self.visibility(values)
    status = try Self.status(values["status"] ?? .null, isNew: isNew)
    changes.append(contentsOf: try Self.requirements(values, isNew: isNew))
    properties = try values["properties"].flatMap { value throws(GlanceError) in try Self.properties(value) }
    locations = try Self.locations(values["locations"] ?? .null)
    if let visibility { changes.append { $0.visibility = visibility } }
    if let status { changes.append { $0.status = status } }
    for (name, value) in values {
      if let change = try Self.change(name, value) { changes.append(change) }
    }
    if isNew { try addTimes(values) }
  }

  /// Gives an image the values of columns.
  func apply(to image: Image) {
    for change in changes { change(image) }
  }

  /// The visibility, which version 1 calls `is_public`.
  private static func visibility(_ values: [String: GlanceValue]) throws(GlanceError) -> ImageVisibility? {
    if let isPublic = values["is_public"] {
      if values["visibility"] != nil {
        throw GlanceError(.invalid, "Specifying both 'visibility' and 'is_public' is not permitted.")
      }
      return try isPublic.boolean("is_public") == true ? .public : .shared
    }
    guard let value = values["visibility"], !value.isNull else { return nil }
    guard let name = value.stringValue, let visibility = ImageVisibility(rawValue: name) else {
      throw GlanceError(.rpc, "'visibility' must be one of public, private, shared, community")
    }
    return visibility
  }

  private static func status(_ value: GlanceValue, isNew: Bool) throws(GlanceError) -> ImageStatus? {
    if value.isNull {
      if isNew { throw GlanceError(.invalid, "Image status is required.") }
      return nil
    }
    let name = try value.requiredText("status")
    guard let status = ImageStatus(rawValue: name) else {
      throw GlanceError(.invalid, "Invalid image status '\(name)' for image.")
    }
    return status
  }

  private static func requirements(
    _ values: [String: GlanceValue], isNew: Bool
  ) throws(GlanceError) -> [@Sendable (Image) -> Void] {
    var changes: [@Sendable (Image) -> Void] = []
    for name in ["min_disk", "min_ram"] {
      guard let value = values[name] else { continue }
      let number = try value.integer(name) ?? 0
      if number > Int32.max {
        throw GlanceError(.invalid, "'\(name)' value out of range, must not exceed \(Int32.max).")
      }
      changes.append { image in if name == "min_disk" { image.minDisk = number } else { image.minRAM = number } }
    }
    return changes
  }

  private static func properties(_ value: GlanceValue) throws(GlanceError) -> [String: String?]? {
    if value.isNull { return nil }
    guard let members = value.objectValue else { throw GlanceError(.attributeError, "'properties' must be an object") }
    var properties: [String: String?] = [:]
    for (name, value) in members { properties[name] = .some(try value.text(name)) }
    return properties
  }

  private static func locations(_ value: GlanceValue) throws(GlanceError) -> [GlanceValue] {
    if value.isNull { return [] }
    guard let elements = value.arrayValue else { throw GlanceError(.typeError, "'locations' must be an array") }
    return elements
  }

  /// What a value changes; nil for names that are no plain column, which Glance ignores.
  private static func change(
    _ name: String, _ value: GlanceValue
  ) throws(GlanceError) -> (@Sendable (Image) -> Void)? {
    switch name {
    case "name":
      let text = try value.text(name)
      return { $0.name = text }
    case "disk_format":
      let text = try value.text(name)
      return { $0.diskFormat = text }
    case "container_format":
      let text = try value.text(name)
      return { $0.containerFormat = text }
    case "checksum":
      let text = try value.text(name)
      return { $0.checksum = text }
    case "os_hash_algo":
      let text = try value.text(name)
      return { $0.osHashAlgo = text }
    case "os_hash_value":
      let text = try value.text(name)
      return { $0.osHashValue = text }
    case "owner":
      let text = try value.text(name)
      return { $0.owner = text == "" ? nil : text }
    case "size":
      let number = try value.integer(name)
      return { $0.size = number }
    case "virtual_size":
      let number = try value.integer(name)
      return { $0.virtualSize = number }
    case "protected":
      let flag = try value.boolean(name) ?? false
      return { $0.protected = flag }
    case "os_hidden":
      let flag = try value.boolean(name) ?? false
      return { $0.osHidden = flag }
    default: return nil
    }
  }

  /// The columns that only a new image takes from its values.
  private mutating func addTimes(_ values: [String: GlanceValue]) throws(GlanceError) {
    if let time = try values["created_at"]?.time("created_at") { changes.append { $0.createdAt = time } }
    if let time = try values["updated_at"]?.time("updated_at") { changes.append { $0.updatedAt = time } }
    if let time = try values["deleted_at"]?.time("deleted_at") { changes.append { $0.deletedAt = time } }
    if let deleted = try values["deleted"]?.boolean("deleted") { changes.append { $0.deleted = deleted } }
  }
}
