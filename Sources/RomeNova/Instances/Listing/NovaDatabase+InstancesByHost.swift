// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// The instances on a host.
  public func instanceGetAllByHost(
    _ context: NovaContext, host: String, joins: InstanceJoins? = nil
  ) async throws(NovaError) -> [NovaRow<Instance>] {
    try await reading(context) { call in
      try await call.filled(call.query(Instance.self).filter(Instance.host == host).byKey().all(), joins)
    }
  }

  /// The instances on a node of a host.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - host: The name of the host.
  ///   - node: The name of the node.
  ///   - joins: What is loaded with them; nil for the info cache and the security groups, and unlike elsewhere no metadata.
  public func instanceGetAllByHostAndNode(
    _ context: NovaContext, host: String, node: String, joins: InstanceJoins? = nil
  ) async throws(NovaError) -> [NovaRow<Instance>] {
    try await reading(context) { call in
      let found = call.query(Instance.self).filter(Instance.host == host, Instance.node == node)
      return try await call.filled(found.byKey().all(), joins ?? [.infoCache, .securityGroups])
    }
  }

  /// The instances on a host that have another flavor; without one, those that have any.
  public func instanceGetAllByHostAndNotType(
    _ context: NovaContext, host: String, typeID: Int? = nil
  ) async throws(NovaError) -> [NovaRow<Instance>] {
    try await reading(context) { call in
      let found = call.query(Instance.self).filter(Instance.host == host, Instance.instanceTypeID != typeID)
      return try await call.filled(found.byKey().all(), nil)
    }
  }

  /// The UUIDs of the live instances on hosts, by host; a host without any is not there. Nova has it since Stein.
  public func instanceGetAllUUIDsByHosts(
    _ context: NovaContext, hosts: [String]
  ) async throws(NovaError) -> [String: [String]] {
    try await reading(context) { call in
      let found = try await call.session.select(Instance.host, Instance.uuid).readDeleted(.no)
        .filter(Instance.host.in(hosts)).order(by: Instance.id).all()
      return Dictionary(grouping: found) { $0.0 ?? "" }.mapValues { $0.map(\.1) }
    }
  }
}
