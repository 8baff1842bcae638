// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// All compute nodes.
  public func computeNodeGetAll(_ context: NovaContext) async throws(NovaError) -> [NovaRow<ComputeNode>] {
    try await reading(context) { call in try await call.load(call.computeNodes()) }
  }

  /// A page of the compute nodes. Nova has it since Ocata.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - limit: How many at most; nil for all.
  ///   - marker: The number of the last node of the page before.
  /// - Throws: ``NovaError/Code/markerNotFound``.
  public func computeNodeGetAllByPagination(
    _ context: NovaContext, limit: Int? = nil, marker: Int? = nil
  ) async throws(NovaError) -> [NovaRow<ComputeNode>] {
    try await reading(context) { call in
      var nodes = call.computeNodes()
      if let marker {
        guard try await nodes.filter(ComputeNode.id == marker).exists() else {
          throw NovaError(.markerNotFound, ["marker": NovaField(marker)])
        }
        nodes = nodes.filter(ComputeNode.id > marker)
      }
      return try await call.load(nodes.limit(limit))
    }
  }

  /// The compute nodes that were mapped to cells less often than that. Nova has it since Pike.
  public func computeNodeGetAllMappedLessThan(
    _ context: NovaContext, mapped: Int
  ) async throws(NovaError) -> [NovaRow<ComputeNode>] {
    try await reading(context) { call in
      try await call.load(call.computeNodes().filter(ComputeNode.mapped < mapped))
    }
  }

  /// The compute nodes of a host.
  ///
  /// - Throws: ``NovaError/Code/computeHostNotFound`` when there is none.
  public func computeNodeGetAllByHost(
    _ context: NovaContext, host: String
  ) async throws(NovaError) -> [NovaRow<ComputeNode>] {
    try await reading(context) { call in
      try await call.nodes(where: ComputeNode.host == host, orThrow: .computeHostNotFound, ["host": .string(host)])
    }
  }

  /// The compute node of a name on a host.
  ///
  /// - Throws: ``NovaError/Code/computeHostNotFound``.
  public func computeNodeGetByHostAndNodename(
    _ context: NovaContext, host: String, nodename: String
  ) async throws(NovaError) -> NovaRow<ComputeNode> {
    try await reading(context) { call in
      let isNode = ComputeNode.host == host && ComputeNode.hypervisorHostname == nodename
      return try await call.nodes(where: isNode, orThrow: .computeHostNotFound, ["host": .string(host)])[0]
    }
  }

  /// The compute node of a name, whichever host has it. Nova has it since Rocky.
  ///
  /// - Throws: ``NovaError/Code/computeHostNotFound``, with the name of the node as its host.
  public func computeNodeGetByNodename(
    _ context: NovaContext, hypervisorHostname name: String
  ) async throws(NovaError) -> NovaRow<ComputeNode> {
    try await reading(context) { call in
      let isNode = ComputeNode.hypervisorHostname == name
      return try await call.nodes(where: isNode, orThrow: .computeHostNotFound, ["host": .string(name)])[0]
    }
  }

  /// The compute nodes that refer to a service by its number, as nodes of old releases do.
  ///
  /// - Throws: ``NovaError/Code/serviceNotFound`` when there is none.
  public func computeNodesGetByServiceID(
    _ context: NovaContext, serviceID: Int
  ) async throws(NovaError) -> [NovaRow<ComputeNode>] {
    try await reading(context) { call in
      try await call.nodes(
        where: ComputeNode.serviceID == serviceID, orThrow: .serviceNotFound, ["service_id": NovaField(serviceID)])
    }
  }

  /// The compute nodes whose name contains a text, whatever the case of its letters. `%` and `_` in it stand for any
  /// characters and for any one character.
  public func computeNodeSearchByHypervisor(
    _ context: NovaContext, match: String
  ) async throws(NovaError) -> [NovaRow<ComputeNode>] {
    try await reading(context) { call in
      try await call.query(ComputeNode.self).filter(ComputeNode.hypervisorHostname.ilike("%\(match)%")).rows()
    }
  }
}

extension NovaCall {
  /// The compute nodes that fulfil a condition, at least one.
  fileprivate func nodes(
    where condition: Condition, orThrow code: NovaError.Code, _ fields: [String: NovaField]
  ) async throws -> [NovaRow<ComputeNode>] {
    let nodes = try await load(computeNodes().filter(condition))
    guard !nodes.isEmpty else { throw NovaError(code, fields) }
    return nodes
  }
}
