// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// A network by its number.
  ///
  /// - Throws: ``NovaError/Code/networkNotFound``; ``NovaError/Code/forbidden``.
  public func networkGet(
    _ context: NovaContext, id: Int, of scope: NovaProjectScope = .ownOrNone
  ) async throws(NovaError) -> NovaRow<Network> {
    try context.require()
    return try await reading(context) { call in NovaRow(try await call.network(id, in: scope)) }
  }

  /// The live networks.
  ///
  /// - Throws: ``NovaError/Code/noNetworksFound`` when there are none; ``NovaError/Code/forbidden``.
  public func networkGetAll(
    _ context: NovaContext, of scope: NovaProjectScope = .ownOrNone
  ) async throws(NovaError) -> [NovaRow<Network>] {
    try context.require()
    return try await reading(context) { call in
      let networks = try await call.query(Network.self, in: scope, readDeleted: .no).rows()
      if networks.isEmpty { throw NovaError(.noNetworksFound) }
      return networks
    }
  }

  /// The live networks of some UUIDs.
  ///
  /// - Throws: ``NovaError/Code/noNetworksFound`` when there are none of them; ``NovaError/Code/networkNotFoundForProject`` when
  ///   one is missing, ``NovaError/Code/networkNotFound`` where the networks of all projects count;
  ///   ``NovaError/Code/forbidden``.
  public func networkGetAllByUUIDs(
    _ context: NovaContext, uuids: [String], of scope: NovaProjectScope = .ownOrNone
  ) async throws(NovaError) -> [NovaRow<Network>] {
    try context.require()
    return try await reading(context) { call in
      let networks = try await call.query(Network.self, in: scope, readDeleted: .no)
        .filter(Network.uuid.in(uuids)).rows()
      if networks.isEmpty { throw NovaError(.noNetworksFound) }
      let found = Set(networks.map(\.uuid))
      if let missing = uuids.first(where: { !found.contains($0) }) {
        if scope == .all { throw NovaError(.networkNotFound, ["network_id": .string(missing)]) }
        throw NovaError(
          .networkNotFoundForProject,
          ["network_uuid": .string(missing), "project_id": NovaField(context.projectID)])
      }
      return networks
    }
  }

  /// The live network of a UUID.
  ///
  /// - Throws: ``NovaError/Code/networkNotFoundForUUID``.
  public func networkGetByUUID(_ context: NovaContext, uuid: String) async throws(NovaError) -> NovaRow<Network> {
    try await reading(context) { call in
      let networks = call.query(Network.self, readDeleted: .no)
      guard let network = try await networks.filter(Network.uuid == uuid).byKey().first() else {
        throw NovaError(.networkNotFoundForUUID, ["uuid": .string(uuid)])
      }
      return NovaRow(network)
    }
  }

  /// The live network of a range of IPv4 or IPv6 addresses.
  ///
  /// - Throws: ``NovaError/Code/networkNotFoundForCIDR``.
  public func networkGetByCIDR(_ context: NovaContext, cidr: NovaCIDR) async throws(NovaError) -> NovaRow<Network> {
    try await reading(context) { call in
      let networks = call.query(Network.self, readDeleted: .no)
      guard let network = try await networks.filter(Network.cidr == cidr || Network.cidrV6 == cidr).byKey().first()
      else { throw NovaError(.networkNotFoundForCIDR, ["cidr": .string(cidr.description)]) }
      return NovaRow(network)
    }
  }

  /// The live networks that a host needs: those whose services it runs, and those in which it has an address itself or one
  /// of its instances has.
  public func networkGetAllByHost(_ context: NovaContext, host: String) async throws(NovaError) -> [NovaRow<Network>] {
    try await reading(context) { call in
      let instances = call.session.select(Instance.uuid).readDeleted(.yes).filter(Instance.host == host)
      let used = call.session.select(FixedIp.networkID).readDeleted(context.readDeleted)
        .filter(FixedIp.host == host || FixedIp.instanceUUID.in(instances)).distinct()
      return try await call.query(Network.self, readDeleted: .no)
        .filter(Network.host == host || Network.id.in(used)).rows()
    }
  }

  /// How many live addresses of a network are reserved.
  public func networkCountReservedIPs(_ context: NovaContext, id: Int) async throws(NovaError) -> Int {
    try await reading(context) { call in
      try await call.query(FixedIp.self, readDeleted: .no)
        .filter(FixedIp.networkID == id, FixedIp.reserved == true).count()
    }
  }
}
