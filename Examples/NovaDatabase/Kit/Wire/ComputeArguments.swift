// SPDX-License-Identifier: Apache-2.0

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

extension FlavorValues: WireArgument {
  init(wire: WireValue) throws(NovaError) {
    self.init(try NovaValues(wire: wire), extraSpecs: try wire.member("extra_specs") ?? [:])
  }
}

extension FlavorFilters: WireArgument {
  init(wire: WireValue) throws(NovaError) {
    self.init()
    minMemoryMB = try wire.member("min_memory_mb")
    minRootGB = try wire.member("min_root_gb")
    disabled = try wire.member("disabled")
    isPublic = try wire.member("is_public")
  }
}

extension AggregateChanges: WireArgument {
  init(wire: WireValue) throws(NovaError) {
    self.init(
      try NovaValues(wire: wire), metadata: try wire.member("metadata"),
      availabilityZone: try wire.member("availability_zone"))
  }
}

extension InstanceGroupChanges: WireArgument {
  init(wire: WireValue) throws(NovaError) {
    self.init(
      try NovaValues(wire: wire), policies: try wire.member("policies"),
      members: try wire.member("members"))
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
    // Null is a filter of its own: for migrations of no type.
    if wire.members?["migration_type"] != nil { migrationType = .some(try wire.member("migration_type")) }
    hidden = try wire.member("hidden")
    instanceUUID = try wire.member("instance_uuid")
    uuids = uuid?.values
    changesSince = try wire.member("changes-since")
    changesBefore = try wire.member("changes-before")
    userID = try wire.member("user_id")
    projectID = try wire.member("project_id")
  }
}
