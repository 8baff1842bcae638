// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova

extension ReadDeleted: WireArgument {
  init(wire: WireValue) throws(NovaError) {
    switch wire.text {
    case "no": self = .no
    case "yes": self = .yes
    case "only": self = .only
    case let other: throw NovaError(.valueError, detail: "Unrecognized read_deleted value '\(other ?? "None")'")
    }
  }
}

extension NovaSortDirection: WireArgument {
  init(wire: WireValue) throws(NovaError) {
    guard let direction = wire.text.flatMap({ NovaSortDirection(rawValue: $0) }) else {
      throw NovaError(.invalidInput, ["reason": "Unknown sort direction, must be 'desc' or 'asc'"])
    }
    self = direction
  }
}

extension WireValue {
  /// A member of an object; nil when it is not there. Where an optional is expected, the outer nil is for one that is not
  /// there, and the inner one for null.
  func member<T: WireArgument>(_ name: String) throws(NovaError) -> T? {
    guard let member = members?[name] else { return nil }
    return try T(wire: member)
  }

  /// A member of an object; nil when it is not there, or null.
  func memberOrNull<T: WireArgument>(_ name: String) throws(NovaError) -> T? {
    guard let member = members?[name], !member.isNull else { return nil }
    return try T(wire: member)
  }
}

extension FlavorValues: WireArgument {
  init(wire: WireValue) throws(NovaError) {
    self.init(try NovaValues(wire: wire), extraSpecs: try wire.memberOrNull("extra_specs") ?? [:])
  }
}

extension FlavorFilters: WireArgument {
  init(wire: WireValue) throws(NovaError) {
    self.init()
    minMemoryMB = try wire.member("min_memory_mb")
    minRootGB = try wire.member("min_root_gb")
    disabled = try wire.member("disabled")
    isPublic = try wire.memberOrNull("is_public")
  }
}

extension AggregateChanges: WireArgument {
  init(wire: WireValue) throws(NovaError) {
    self.init(
      try NovaValues(wire: wire), metadata: try wire.memberOrNull("metadata"),
      availabilityZone: try wire.memberOrNull("availability_zone"))
  }
}

extension InstanceGroupChanges: WireArgument {
  init(wire: WireValue) throws(NovaError) {
    self.init(
      try NovaValues(wire: wire), policies: try wire.memberOrNull("policies"),
      members: try wire.memberOrNull("members"))
  }
}

extension MigrationFilters: WireArgument {
  /// Reads filters; an empty list stands for none, too.
  init(wire: WireValue) throws(NovaError) {
    let status: OneOrMany? = try wire.member("status")
    let uuid: OneOrMany? = try wire.member("uuid")
    self.init()
    statuses = status?.values
    host = try wire.member("host")
    sourceCompute = try wire.member("source_compute")
    migrationType = try wire.member("migration_type")
    hidden = try wire.member("hidden")
    instanceUUID = try wire.member("instance_uuid")
    uuids = uuid?.values
    changesSince = try wire.memberOrNull("changes-since")
    changesBefore = try wire.memberOrNull("changes-before")
    userID = try wire.member("user_id")
    projectID = try wire.member("project_id")
  }
}
