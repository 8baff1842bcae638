// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome

extension NovaDatabase {
  /// Gives a fixed address to an instance. Of several callers who want the same one, one gets it.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - address: The address.
  ///   - instanceUUID: The UUID of the instance.
  ///   - networkID: The network that the address must lie in, unless it lies in none, and gets then.
  ///   - reserved: Whether it must be a reserved address, or one that is not.
  ///   - virtualInterfaceID: The interface that gets the address; without one it is not allocated yet.
  /// - Returns: The address.
  /// - Throws: ``NovaError/Code/invalidUUID``; ``NovaError/Code/fixedIPNotFoundForNetwork`` when there is no such address;
  ///   ``NovaError/Code/fixedIPAlreadyInUse`` when an instance has it; ``NovaError/Code/fixedIPAssociateFailed`` when others
  ///   kept changing it.
  public func fixedIPAssociate(
    _ context: NovaContext, address: NovaAddress, instanceUUID: String, networkID: Int? = nil, reserved: Bool = false,
    virtualInterfaceID: Int? = nil
  ) async throws(NovaError) -> NovaRow<FixedIp> {
    guard instanceUUID.isUUID else { throw NovaError(.invalidUUID, ["uuid": .string(instanceUUID)]) }
    return try await transaction(context) { error in
      error.code == .conflict ? NovaError(.fixedIPAssociateFailed, ["net": NovaField(networkID)]) : nil
    } _: { call in
      let isInside = FixedIp.networkID == networkID || FixedIp.networkID == nil
      let candidates = call.query(FixedIp.self, readDeleted: .no)
        .filter(FixedIp.address == address, FixedIp.reserved == reserved, isInside)
      guard let found = try await candidates.byKey().first() else {
        throw NovaError(
          .fixedIPNotFoundForNetwork,
          ["address": .string(address.description), "network_uuid": NovaField(networkID)])
      }
      if !(found.instanceUUID ?? "").isEmpty {
        throw NovaError(
          .fixedIPAlreadyInUse,
          ["address": .string(address.description), "instance_uuid": .string(instanceUUID)])
      }
      try await call.give(
        found, of: networkID, toInstance: instanceUUID, host: nil, interface: virtualInterfaceID)
      return NovaRow(found)
    }
  }

  /// Takes the free address of a network that nobody has had for the longest time, and gives it to an instance, a host, or
  /// both. An address is free that is live and not reserved, and that no instance, no host and no DHCP lease has.
  ///
  /// It costs the same whatever the size of the network. Callers at the same time get different addresses: who loses
  /// the one that it chose to somebody else chooses another one of those that have been free for longest.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - networkID: The network. Addresses that lie in none are in its pool, too, and get into it.
  ///   - instanceUUID: The UUID of the instance that gets the address.
  ///   - host: The host that gets the address.
  ///   - virtualInterfaceID: The interface that gets the address; without one it is not allocated yet.
  /// - Returns: The address.
  /// - Throws: ``NovaError/Code/invalidUUID``; ``NovaError/Code/noMoreFixedIPs`` when no address is free;
  ///   ``NovaError/Code/fixedIPAssociateFailed`` when others were faster each time.
  public func fixedIPAssociatePool(
    _ context: NovaContext, networkID: Int?, instanceUUID: String? = nil, host: String? = nil,
    virtualInterfaceID: Int? = nil
  ) async throws(NovaError) -> NovaRow<FixedIp> {
    if let instanceUUID, !instanceUUID.isUUID { throw NovaError(.invalidUUID, ["uuid": .string(instanceUUID)]) }
    let exhausted = NovaError(.fixedIPAssociateFailed, ["net": NovaField(networkID)])
    return try await claiming(context, exhausted: exhausted) { call, choices in
      guard let address = try await call.freeAddresses(of: networkID, choices).randomElement() else {
        throw NovaError(.noMoreFixedIPs, ["net": NovaField(networkID)])
      }
      try await call.give(
        address, of: networkID, toInstance: instanceUUID, host: host, interface: virtualInterfaceID)
      return NovaRow(address)
    }
  }
}

extension NovaCall {
  /// The first free addresses of the pool of a network: first those that nobody has ever had, then those that were changed
  /// longest ago.
  fileprivate func freeAddresses(of networkID: Int?, _ count: Int) async throws -> [FixedIp] {
    let free = query(FixedIp.self, readDeleted: .no).filter(
      FixedIp.instanceUUID == nil, FixedIp.host == nil, FixedIp.reserved == false, FixedIp.leased == false
    ).order(by: FixedIp.updatedAt, FixedIp.id).limit(count)
    // Both parts of the pool are in the order of the index; a query for both would have to sort all of them.
    let everybodys = try await free.filter(FixedIp.networkID == nil).all()
    guard let networkID else { return everybodys }
    let own = try await free.filter(FixedIp.networkID == networkID).all()
    if everybodys.isEmpty { return own }
    func age(_ address: FixedIp) -> (Date, Int) { (address.updatedAt ?? .distantPast, address.id ?? 0) }
    return Array((own + everybodys).sorted { age($0) < age($1) }.prefix(count))
  }

  /// Gives an address to an instance, a host and an interface.
  fileprivate func give(
    _ address: FixedIp, of networkID: Int?, toInstance instanceUUID: String?, host: String?, interface: Int?
  ) async throws {
    address.networkID = address.networkID ?? networkID
    address.instanceUUID = instanceUUID ?? address.instanceUUID
    address.host = host ?? address.host
    address.virtualInterfaceID = interface ?? address.virtualInterfaceID
    address.allocated = interface != nil
    // Also where nothing of this is news: the address has its turn behind all others.
    address.updatedAt = now
    try await session.flush()
  }
}
