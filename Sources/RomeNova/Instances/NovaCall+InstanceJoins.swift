// SPDX-License-Identifier: Apache-2.0

import Rome

// What belongs to instances is loaded in two ways, as in Nova: through the relationships of the table for the functions
// that answer one instance, and through queries of their own, which obey the context, for the listings. Both make one
// query for each relation and all rows.
extension NovaCall {
  /// Loads what belongs to an instance as the functions do that answer one: always the info cache and the security
  /// groups with their rules. Metadata that nobody asked for is an empty list.
  func load(_ joins: InstanceJoins?, into row: inout NovaRow<Instance>) async throws {
    let joins = joins ?? .usual
    var rows = [row]
    try await session.load(Instance.securityGroups, into: &rows) { groups in
      try await session.load(SecurityGroup.rules, into: &groups)
    }
    try await session.load(Instance.infoCache, into: &rows)
    rows[0][Instance.metadata] = []
    rows[0][Instance.systemMetadata] = []
    for relation in joins.inOrder where relation != .infoCache && relation != .securityGroups {
      try await load(relation, joins, into: &rows)
    }
    row = rows[0]
  }

  /// Loads what belongs to instances as listings do: metadata and PCI devices as the context sees them, only devices that
  /// are allocated, security groups without their rules. Metadata that nobody asked for is an empty list, and so is the
  /// fault null from Train on.
  func fill(_ joins: InstanceJoins, into rows: inout [NovaRow<Instance>]) async throws {
    if rows.isEmpty { return }
    for index in rows.indices {
      rows[index][Instance.metadata] = []
      rows[index][Instance.systemMetadata] = []
      if options.release >= .train { rows[index][Instance.fault] = .some(nil) }
    }
    let uuids = rows.map(\.uuid)
    for relation in joins.inOrder {
      switch relation {
      case .metadata:
        let found = try await query(InstanceMetadata.self).filter(InstanceMetadata.instanceUUID.in(uuids)).rows()
        let groups = Dictionary(grouping: found, by: \.instanceUUID)
        for index in rows.indices { rows[index][Instance.metadata] = groups[rows[index].uuid] ?? [] }
      case .pciDevices:
        let found = try await query(PciDevice.self)
          .filter(PciDevice.instanceUUID.in(uuids), PciDevice.status == "allocated").rows()
        let groups = Dictionary(grouping: found, by: \.instanceUUID)
        for index in rows.indices { rows[index][Instance.pciDevices] = groups[rows[index].uuid] ?? [] }
      default: try await load(relation, joins, into: &rows)
      }
    }
  }

  /// Loads a relation through the relationship of the table.
  private func load(
    _ relation: InstanceJoins.Relation, _ joins: InstanceJoins, into rows: inout [NovaRow<Instance>]
  ) async throws {
    switch relation {
    case .blockDeviceMapping: try await session.load(Instance.blockDeviceMapping, into: &rows)
    case .consoleAuthTokens: try await session.load(Instance.consoleAuthTokens, into: &rows)
    case .extra:
      let unloaded = joins.extraColumns.unloadedNames
      try await session.load(Instance.extra, into: &rows) { extras in
        for index in extras.indices { extras[index].unloadedColumns = unloaded }
      }
    case .fault:
      let faults = try await faults(of: rows.map(\.uuid), latest: true)
      for index in rows.indices { rows[index][Instance.fault] = .some(faults[rows[index].uuid]?.first) }
    case .infoCache: try await session.load(Instance.infoCache, into: &rows)
    case .metadata: try await session.load(Instance.metadata, into: &rows)
    case .pciDevices: try await session.load(Instance.pciDevices, into: &rows)
    case .securityGroups: try await session.load(Instance.securityGroups, into: &rows)
    case .services: try await session.load(Instance.services, into: &rows)
    case .systemMetadata: try await session.load(Instance.systemMetadata, into: &rows)
    case .tags: try await session.load(Instance.tags, into: &rows)
    }
  }
}

extension InstanceJoins {
  /// The tables, always in the same order.
  fileprivate var inOrder: [Relation] { Relation.allCases.filter { relations.contains($0) } }
}
