// SPDX-License-Identifier: Apache-2.0

import JSONService
import Rome
import RomeNova

extension InstanceJoins: WireArgument {
  /// Reads the names of what is loaded with an instance.
  init(wire: WireValue) throws(NovaError) { try self.init(names: try [String](wire: wire)) }
}

extension Set: WireArgument where Element == InstanceExtraColumn {
  /// Reads the names of columns.
  init(wire: WireValue) throws(NovaError) {
    self = []
    for name in try [String](wire: wire) {
      guard let column = InstanceExtraColumn(rawValue: name) else {
        throw NovaError(.valueError, detail: "'instance_extra' has no column '\(name)' to load")
      }
      insert(column)
    }
  }
}

extension NewInstance: WireArgument {
  /// Reads a new instance: columns, and what belongs to the instance under its name.
  init(wire: WireValue) throws(NovaError) {
    self.init(columns: try NovaValues(wire: wire))
    metadata = try wire.member("metadata") ?? [:]
    systemMetadata = try wire.member("system_metadata") ?? [:]
    infoCache = try wire.member("info_cache") ?? infoCache
    extra = try wire.member("extra") ?? extra
    securityGroups = try wire.member("security_groups") ?? []
  }
}

extension InstanceChanges: WireArgument {
  /// Reads changes: columns, metadata, and the states that are expected.
  init(wire: WireValue) throws(NovaError) {
    self.init(columns: try NovaValues(wire: wire))
    metadata = try wire.member("metadata")
    systemMetadata = try wire.member("system_metadata")
    for state in ["task_state", "vm_state"] {
      if let choices = wire.members?["expected_" + state] { try expected.expect(state, wire: choices) }
    }
  }
}

extension InstanceRevision: WireAnswer {
  /// A pair of rows.
  func wire(_ encoder: WireEncoder) -> JSONValue {
    ["$tuple": .array([original.wire(encoder), updated.wire(encoder)])]
  }
}

extension NovaExpectedValues: WireArgument {
  /// Reads the values that columns must have: one, or a list of which one will do. Null expects nothing.
  init(wire: WireValue) throws(NovaError) {
    self.init()
    if wire.isNull { return }
    guard let members = wire.members else { throw .mistyped("an object") }
    for (name, choices) in members { try expect(name, wire: choices) }
  }

  fileprivate mutating func expect(_ name: String, wire: WireValue) throws(NovaError) {
    try expect(name, oneOf: try Model.storedValues(wire.elements ?? [wire], of: name))
  }
}

extension NovaConstraint: WireArgument {
  /// Reads conditions on columns.
  init(wire: WireValue) throws(NovaError) {
    guard case .constraint(let conditions) = wire else { throw .mistyped("a constraint") }
    self.init()
    for (name, condition) in conditions {
      switch condition {
      case .equalAny(let values): try require(name, in: try Model.storedValues(values, of: name), isEqual: true)
      case .notEqual(let values): try require(name, in: try Model.storedValues(values, of: name), isEqual: false)
      default: throw .mistyped("a condition")
      }
    }
  }
}

extension NovaModel {
  /// Values as a column stores them; none when there is no such column.
  fileprivate static func storedValues(_ values: [WireValue], of name: String) throws(NovaError) -> [Value] {
    guard let position = schema.position(of: name) else { return [] }
    var stored: [Value] = []
    for value in values { stored.append(try value.stored(as: schema.columns[position].type)) }
    return stored
  }
}

extension WireValue {
  /// A member of an object; nil when it is missing or null.
  func member<T: WireArgument>(_ name: String) throws(NovaError) -> T? {
    guard let value = members?[name], !value.isNull else { return nil }
    return try T(wire: value)
  }
}
