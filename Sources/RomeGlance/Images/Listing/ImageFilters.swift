// SPDX-License-Identifier: Apache-2.0

import Rome

/// The filters of a listing, understood.
struct ImageFilters {
  /// Which visibilities are wanted.
  enum VisibilityFilter: Equatable {
    /// All but community images of others.
    case usual
    /// All.
    case all
    /// One; nil for a name that no image has.
    case only(ImageVisibility?)
  }

  /// A condition with an index of its own, which says which images are wanted.
  enum Mark: Hashable {
    /// A property of that name and value that is not deleted.
    case property(name: String, value: String?)
    /// A tag that is not deleted.
    case tag(String)
    /// That checksum, or none.
    case checksum(String?)
    /// That hash, or none.
    case osHashValue(String?)
  }

  /// The conditions on columns but those of the visibility and of `deleted`.
  private(set) var conditions: [Condition] = []
  /// The conditions on properties, tags and hashes.
  private(set) var marks: [Mark] = []
  /// The ids, when the filters name them.
  private(set) var ids: [String]?
  /// Which visibilities are wanted.
  private(set) var visibility = VisibilityFilter.usual
  /// Whether the wanted images are deleted: false, true, or both.
  private(set) var deleted = [false, true]
  /// Whether deleted locations are shown, and a deleted image can be a marker.
  private(set) var showsDeleted = false

  /// Understands the filters of a client, by Glance's order of precedence.
  ///
  /// - Throws: `invalidFilterOperatorValue`, `invalidFilterRangeValue`, `invalidParameterValue`; `attributeError` for values of
  ///   a wrong type.
  init(_ filters: [String: GlanceValue]) throws(GlanceError) {
    // In the order of the names, so that of several errors it is always the same one that is thrown.
    for (name, value) in filters.sorted(by: { $0.key < $1.key }) { try add(name, value) }
  }

  private mutating func add(_ name: String, _ value: GlanceValue) throws(GlanceError) {
    switch name {
    case "visibility": addVisibility(value)
    case "os_hidden": conditions.append(try value.boolean(name).map { Image.osHidden == $0 } ?? .never)
    case "checksum": marks.append(.checksum(try value.text(name)))
    case "os_hash_value": marks.append(.osHashValue(try value.text(name)))
    case "properties":
      guard let members = value.objectValue else {
        throw GlanceError(.attributeError, "'properties' must be an object")
      }
      for (name, value) in members.sorted(by: { $0.key < $1.key }) {
        marks.append(.property(name: name, value: try value.text(name)))
      }
    case "changes-since":
      guard let time = value.timeValue else { throw GlanceError(.attributeError, "'changes-since' must be a datetime") }
      conditions.append(Image.updatedAt > time)
      showsDeleted = true
    case "deleted":
      guard let isDeleted = try value.boolean(name) else {
        conditions.append(.never)
        break
      }
      deleted = [isDeleted]
      if isDeleted { showsDeleted = true } else { conditions.append(Image.status != .killed) }
    case "tags":
      guard let tags = value.arrayValue else { throw GlanceError(.typeError, "'tags' must be an array") }
      for tag in tags { marks.append(.tag(try tag.requiredText(name))) }
    default: if !value.isNull { try addCondition(name, value) }
    }
  }

  private mutating func addVisibility(_ value: GlanceValue) {
    switch value {
    case .null: break
    case .string("all"): visibility = .all
    case .string(let name): visibility = .only(ImageVisibility(rawValue: name))
    default: visibility = .only(nil)
    }
  }

  private mutating func addCondition(_ name: String, _ value: GlanceValue) throws(GlanceError) {
    switch name {
    case _ where name.hasSuffix("_min"): try addBound(name, .greaterOrEqual, value)
    case _ where name.hasSuffix("_max"): try addBound(name, .lessOrEqual, value)
    case "created_at": conditions.append(try Self.time(ImageField.all[name], name, value))
    case "updated_at": conditions.append(try Self.time(ImageField.all[name], name, value))
    case "id": ids = try Self.texts(name, value)
    case "name", "status", "container_format", "disk_format":
      let texts = try Self.texts(name, value)
      guard let field = ImageField.all[name] else { break }
      let alternatives = Set(texts).sorted().map { field.compare(.equal, .string($0)) }
      conditions.append(alternatives.dropFirst().reduce(alternatives.first ?? .never) { $0 || $1 })
    default:
      if let field = ImageField.all[name] {
        conditions.append(try Self.equality(field, value))
      } else {
        marks.append(.property(name: name, value: try value.text(name)))
      }
    }
  }

  private mutating func addBound(
    _ name: String, _ comparison: ImageField.Comparison, _ value: GlanceValue
  ) throws(GlanceError) {
    let number: Int64
    do {
      number = try value.integer(name) ?? 0
    } catch {
      throw GlanceError(.invalidFilterRangeValue, "Unable to filter on a range with a non-numeric value.")
    }
    let column = String(name.dropLast(4))
    guard let field = ImageField.all[column] else {
      throw GlanceError(.attributeError, "type object 'Image' has no attribute '\(column)'")
    }
    switch field.kind {
    case .number: conditions.append(field.compare(comparison, .int(number)))
    case .text: conditions.append(field.compare(comparison, .string(String(number))))
    case .flag, .time: throw GlanceError(.rpc, "'\(column)' has no range of numbers")
    }
  }

  private static func time(
    _ field: ImageField?, _ name: String, _ value: GlanceValue
  ) throws(GlanceError) -> Condition {
    guard let field, let text = value.stringValue else {
      throw GlanceError(.attributeError, "'\(name)' must be a string")
    }
    let (operation, threshold) = FilterOperators.split(text)
    guard let time = GlanceTime(iso8601: threshold) else {
      throw GlanceError(
        .invalidParameterValue, "Bad \"\(name)\" query filter format. Use ISO 8601 DateTime notation.")
    }
    let comparisons: [String: ImageField.Comparison] = [
      "eq": .equal, "neq": .unequal, "lt": .less, "lte": .lessOrEqual, "gt": .greater, "gte": .greaterOrEqual,
    ]
    guard let comparison = comparisons[operation] else {
      throw GlanceError(.invalidFilterOperatorValue, "Unable to filter on a unknown operator.")
    }
    return field.compare(comparison, time.value)
  }

  private static func texts(_ name: String, _ value: GlanceValue) throws(GlanceError) -> [String] {
    guard let text = value.stringValue else { throw GlanceError(.attributeError, "'\(name)' must be a string") }
    let (operation, threshold) = FilterOperators.split(text)
    switch operation {
    case "eq": return [threshold]
    case "in": return try FilterOperators.list(threshold)
    default:
      throw GlanceError(
        .invalidFilterOperatorValue, "Unable to filter by unknown operator '\(operation)'.")
    }
  }

  /// Equality with a value as SQL compares it: texts of digits equal numbers, and numbers equal their texts.
  private static func equality(_ field: ImageField, _ value: GlanceValue) throws(GlanceError) -> Condition {
    switch field.kind {
    case .text: return field.compare(.equal, GlanceValue.string(try value.requiredText(field.name)).stored)
    case .number:
      if let text = value.stringValue {
        return Int64(text.trimmed).map { field.compare(.equal, .int($0)) } ?? .never
      }
      if case .double(let number) = value {
        return Int64(exactly: number).map { field.compare(.equal, .int($0)) } ?? .never
      }
      return field.compare(.equal, GlanceValue(try value.integer(field.name)).stored)
    case .flag: return field.compare(.equal, GlanceValue(try value.boolean(field.name)).stored)
    case .time: return field.compare(.equal, GlanceValue(try value.time(field.name)).stored)
    }
  }
}

extension GlanceValue {
  /// The value as Rome stores it; NULL for arrays and objects, which no column compares with.
  fileprivate var stored: Value {
    switch self {
    case .string(let text): .string(text)
    case .int(let number): .int(number)
    case .bool(let value): .bool(value)
    case .double(let number): .double(number)
    case .date(let time): time.value
    case .null, .array, .object: .null
    }
  }
}
