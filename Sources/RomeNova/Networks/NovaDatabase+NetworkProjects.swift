// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// Gives a network to a project that has none, or shows the one that it has.
  ///
  /// Of several calls for the same project at the same time, one gives it a network and the others find it.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - projectID: The project.
  ///   - networkID: The only network to give; nil for any that belongs to no project.
  ///   - force: Whether the project gets another network when it has one: only on the wish of a user.
  /// - Returns: The network of the project.
  /// - Throws: ``NovaError/Code/noMoreNetworks`` when no network, or not this one, is free.
  public func networkAssociate(
    _ context: NovaContext, projectID: String?, networkID: Int? = nil, force: Bool = false
  ) async throws(NovaError) -> NovaRow<Network> {
    try await transaction(context) { call in
      if !force, let network = try await call.networks(ofProject: projectID).byKey().first() {
        return NovaRow(network)
      }
      return NovaRow(try await call.giveNetwork(networkID, to: projectID))
    }
  }

  /// The networks of a project. One that has none gets one, unless the caller does not want that.
  ///
  /// - Throws: ``NovaError/Code/noMoreNetworks`` when no network is free; ``NovaError/Code/forbidden``.
  public func projectGetNetworks(
    _ context: NovaContext, projectID: String, associate: Bool = true
  ) async throws(NovaError) -> [NovaRow<Network>] {
    try context.require()
    return try await transaction(context) { call in
      let networks = try await call.networks(ofProject: projectID).rows()
      if !networks.isEmpty || !associate { return networks }
      return [NovaRow(try await call.giveNetwork(nil, to: projectID))]
    }
  }
}

extension NovaCall {
  fileprivate func networks(ofProject projectID: String?) -> RomeQuery<Network> {
    query(Network.self, readDeleted: .no).filter(Network.projectID == projectID)
  }

  /// Gives a free network to a project.
  fileprivate func giveNetwork(_ id: Int?, to projectID: String?) async throws -> Network {
    var free = networks(ofProject: nil)
    if let id { free = free.filter(Network.id == id) }
    guard let network = try await free.byKey().first() else { throw NovaError(.noMoreNetworks) }
    network.projectID = projectID
    try await session.flush()
    return network
  }
}
