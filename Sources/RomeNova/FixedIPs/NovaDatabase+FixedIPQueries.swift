// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome

extension NovaDatabase {
  /// A fixed address by its number, with its network where the caller wants that.
  ///
  /// - Throws: ``NovaError/Code/fixedIPNotFound``; ``NovaError/Code/forbidden`` when an instance of another project has it.
  public func fixedIPGet(
    _ context: NovaContext, id: Int, withNetwork: Bool = false
  ) async throws(NovaError) -> NovaRow<FixedIp> {
    try context.require()
    return try await reading(context) { call in
      guard let address = try await call.query(FixedIp.self).filter(FixedIp.id == id).first() else {
        throw NovaError(.fixedIPNotFound, ["id": .int(Int64(id))])
      }
      try await call.authorize(for: address)
      return try await call.row(address, with: withNetwork ? .network : [])
    }
  }

  /// All fixed addresses, deleted ones too.
  ///
  /// - Throws: ``NovaError/Code/noFixedIPsDefined`` when there are none.
  public func fixedIPGetAll(_ context: NovaContext) async throws(NovaError) -> [NovaRow<FixedIp>] {
    try await reading(context) { call in
      let addresses = try await call.query(FixedIp.self, readDeleted: .yes).rows()
      if addresses.isEmpty { throw NovaError(.noFixedIPsDefined) }
      return addresses
    }
  }

  /// A fixed address with what belongs to it, as far as the caller wants that.
  ///
  /// - Throws: ``NovaError/Code/fixedIPNotFoundForAddress``; ``NovaError/Code/forbidden`` when an instance of another project
  ///   has it.
  public func fixedIPGetByAddress(
    _ context: NovaContext, address: NovaAddress, joins: FixedIPJoins = []
  ) async throws(NovaError) -> NovaRow<FixedIp> {
    try context.require()
    return try await reading(context) { call in
      try await call.row(try await call.fixedIP(at: address), with: joins)
    }
  }

  /// The fixed address that a floating address leads to, if there is one.
  ///
  /// - Throws: ``NovaError/Code/forbidden``.
  public func fixedIPGetByFloatingAddress(
    _ context: NovaContext, floatingAddress: NovaAddress
  ) async throws(NovaError) -> NovaRow<FixedIp>? {
    try context.require()
    return try await reading(context) { call in
      let targets = call.session.select(FloatingIp.fixedIpID).readDeleted(.yes)
        .filter(FloatingIp.address == floatingAddress)
      return try await call.query(FixedIp.self).filter(FixedIp.id.in(targets)).rows().first
    }
  }

  /// The live fixed addresses of an instance with their networks, interfaces and floating addresses, in the order in which
  /// the interfaces were added. Addresses without an interface come first.
  ///
  /// - Throws: ``NovaError/Code/invalidUUID``; ``NovaError/Code/fixedIPNotFoundForInstance`` when there are none;
  ///   ``NovaError/Code/forbidden``.
  public func fixedIPGetByInstance(
    _ context: NovaContext, instanceUUID: String
  ) async throws(NovaError) -> [NovaRow<FixedIp>] {
    try context.require()
    guard instanceUUID.isUUID else { throw NovaError(.invalidUUID, ["uuid": .string(instanceUUID)]) }
    return try await reading(context) { call in
      var addresses = try await call.query(FixedIp.self, readDeleted: .no)
        .filter(FixedIp.instanceUUID == instanceUUID).rows()
      if addresses.isEmpty {
        throw NovaError(.fixedIPNotFoundForInstance, ["instance_uuid": .string(instanceUUID)])
      }
      try await call.load([.network, .virtualInterface, .floatingIPs], into: &addresses)
      func place(_ address: NovaRow<FixedIp>) -> (Date, Int, Int) {
        let interface = address[FixedIp.virtualInterface] ?? nil
        return (interface?.createdAt ?? .distantPast, interface?.id ?? 0, address.id ?? 0)
      }
      return addresses.sorted { place($0) < place($1) }
    }
  }

  /// The fixed addresses of the live instances on a host.
  public func fixedIPGetByHost(_ context: NovaContext, host: String) async throws(NovaError) -> [NovaRow<FixedIp>] {
    try await reading(context) { call in
      let instances = call.session.select(Instance.uuid).readDeleted(.no).filter(Instance.host == host)
      return try await call.query(FixedIp.self).filter(FixedIp.instanceUUID.in(instances)).rows()
    }
  }

  /// The first live fixed address that a host has itself in a network.
  ///
  /// - Throws: ``NovaError/Code/fixedIPNotFoundForNetworkHost``; ``NovaError/Code/forbidden``.
  public func fixedIPGetByNetworkHost(
    _ context: NovaContext, networkID: Int, host: String
  ) async throws(NovaError) -> NovaRow<FixedIp> {
    try context.require()
    return try await reading(context) { call in
      let addresses = call.query(FixedIp.self, readDeleted: .no)
        .filter(FixedIp.networkID == networkID, FixedIp.host == host)
      guard let address = try await addresses.byKey().first() else {
        throw NovaError(
          .fixedIPNotFoundForNetworkHost, ["network_id": .int(Int64(networkID)), "host": .string(host)])
      }
      return NovaRow(address)
    }
  }

  /// The live fixed addresses of an interface with their networks and floating addresses.
  ///
  /// - Throws: ``NovaError/Code/forbidden``.
  public func fixedIPsByVirtualInterface(
    _ context: NovaContext, virtualInterfaceID: Int
  ) async throws(NovaError) -> [NovaRow<FixedIp>] {
    try context.require()
    return try await reading(context) { call in
      var addresses = try await call.query(FixedIp.self, readDeleted: .no)
        .filter(FixedIp.virtualInterfaceID == virtualInterfaceID).rows()
      try await call.load([.network, .floatingIPs], into: &addresses)
      return addresses
    }
  }
}
