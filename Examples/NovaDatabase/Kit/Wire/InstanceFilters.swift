// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova

extension InstanceFilters: WireArgument {
  /// Reads filters from an object. Names that are no filters are patterns for columns.
  init(wire: WireValue) throws(NovaError) {
    guard var members = wire.members else { throw .mistyped("an object") }
    self.init()
    func take<T: WireArgument>(_ name: String) throws(NovaError) -> T? {
      guard let value = members.removeValue(forKey: name), !value.isNull else { return nil }
      return try T(wire: value)
    }
    func match<T: WireArgument>(_ name: String) throws(NovaError) -> Match<T>? {
      try members.removeValue(forKey: name).map { value throws(NovaError) in try Match(wire: value) }
    }
    projectID = try match("project_id")
    userID = try match("user_id")
    imageRef = try match("image_ref")
    vmState = try match("vm_state")
    taskState = try match("task_state")
    instanceTypeID = try match("instance_type_id")
    uuid = try match("uuid")
    host = try match("host")
    locked = try match("locked")
    changesSince = try take("changes-since")
    changesBefore = try take("changes-before")
    // Null is a truth value as any other, for Python.
    deleted = members.removeValue(forKey: "deleted")?.isTrue
    softDeleted = members.removeValue(forKey: "soft_deleted")?.isTrue
    cleaned = members.removeValue(forKey: "cleaned")?.isTrue
    hidden = members.removeValue(forKey: "hidden")?.isTrue ?? false
    tags = try take("tags") ?? []
    anyOfTags = try take("tags-any")
    notTags = try take("not-tags") ?? []
    noneOfTags = try take("not-tags-any") ?? []
    metadata = try take("metadata").map { (items: MetadataItems) in items.items } ?? []
    systemMetadata = try take("system_metadata").map { (items: MetadataItems) in items.items } ?? []
    metadataTags = try Self.metadataTags(members.removeValue(forKey: "filter"))
    patterns = members.mapValues(\.pythonText)
  }

  /// Reads what EC2's API filters by. Blocks of other names have no effect.
  private static func metadataTags(_ blocks: WireValue?) throws(NovaError) -> [MetadataTag] {
    var tags: [MetadataTag] = []
    for block in blocks?.elements ?? [] {
      guard let name = block.members?["name"]?.text, let value = block.members?["value"] else { continue }
      let values = (value.elements ?? value.members.map { Array($0.values) } ?? [value]).compactMap(\.text)
      if name.hasPrefix("tag:") {
        tags.append(.entry(String(name.dropFirst(4)), values))
      } else if name.hasPrefix("tag-") {
        switch name.dropFirst(4) {
        case "key": tags.append(.keys(values))
        case "value": tags.append(.values(values))
        case let other: throw NovaError(.invalidParameterValue, ["err": .string("Invalid field name: \(other)")])
        }
      }
    }
    return tags
  }
}

extension InstanceFilters.Match: WireArgument where Value: WireArgument {
  /// Reads a value, or a list of values.
  init(wire: WireValue) throws(NovaError) {
    self = wire.elements == nil ? .equals(try Value?(wire: wire)) : .anyOf(try [Value?](wire: wire))
  }
}

/// Metadata to filter by: one object, or a list of objects.
private struct MetadataItems: WireArgument {
  let items: [[String: String?]]

  init(wire: WireValue) throws(NovaError) {
    items = wire.elements == nil ? [try .init(wire: wire)] : try .init(wire: wire)
  }
}

extension SortDirection: WireArgument {
  /// Reads a direction.
  init(wire: WireValue) throws(NovaError) {
    guard let direction = wire.text.flatMap(SortDirection.init) else {
      throw NovaError(.invalidInput, ["reason": "Unknown sort direction, must be 'desc' or 'asc'"])
    }
    self = direction
  }
}

extension NovaField: WireArgument {
  /// Reads a value of whatever type.
  init(wire: WireValue) throws(NovaError) {
    switch wire {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .int(let number): self = .int(number)
    case .double(let number): self = .double(number)
    case .string(let text): self = .string(text)
    case .time: self = .date(try Date(wire: wire))
    default: throw .mistyped("a plain value")
    }
  }
}

extension WireValue {
  /// What Python's `str` makes of the value.
  fileprivate var pythonText: String {
    switch self {
    case .null: "None"
    case .bool(let value): value ? "True" : "False"
    case .list(let elements): "[" + elements.map(\.pythonLiteral).joined(separator: ", ") + "]"
    default: text ?? ""
    }
  }

  private var pythonLiteral: String { if case .string(let text) = self { "'\(text)'" } else { pythonText } }
}
