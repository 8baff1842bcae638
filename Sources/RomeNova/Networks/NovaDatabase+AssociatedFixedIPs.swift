// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// The addresses of a network that live interfaces of live instances have.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - networkID: The number of the network.
  ///   - host: The host of the instances; nil for all.
  public func networkGetAssociatedFixedIPs(
    _ context: NovaContext, networkID: Int, host: String? = nil
  ) async throws(NovaError) -> [AssociatedFixedIP] {
    try await reading(context) { call in
      let found = try await call.associated(networkID, host).order(by: FixedIp.id).all()
      let firstInterfaces = try await call.firstInterfaces(of: Set(found.compactMap(\.2.instanceUUID)))
      return found.map { address, instance, interface in
        AssociatedFixedIP(
          address: address.address, instanceUUID: address.instanceUUID, networkID: address.networkID,
          interfaceID: interface.id, interfaceAddress: interface.address, instanceHostname: instance.hostname,
          instanceUpdatedAt: instance.updatedAt, instanceCreatedAt: instance.createdAt,
          isAllocated: address.allocated, isLeased: address.leased,
          isDefaultRoute: interface.instanceUUID.map { firstInterfaces[$0] == interface.id } ?? false)
      }
    }
  }

  /// Whether a live interface of a live instance has an address of a network.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - networkID: The number of the network.
  ///   - host: The host of the instances; nil for all.
  public func networkInUseOnHost(
    _ context: NovaContext, networkID: Int, host: String? = nil
  ) async throws(NovaError) -> Bool {
    try await reading(context) { call in try await call.associated(networkID, host).exists() }
  }
}

extension NovaCall {
  /// The live addresses of a network with their live instances and interfaces.
  fileprivate func associated(
    _ networkID: Int, _ host: String?
  ) -> RomeQuery<(FixedIp, Instance, VirtualInterface)> {
    // The instances of a host are few, the addresses of a network may be many. An empty host is none, as in Nova.
    let isWanted =
      if let host, !host.isEmpty {
        FixedIp.instanceUUID.in(session.select(Instance.uuid).filter(Instance.host == host))
      } else {
        FixedIp.instanceUUID != nil
      }
    return session.query(FixedIp.self, readDeleted: .no)
      .join(Instance.self, on: Instance.uuid == FixedIp.instanceUUID)
      .join(VirtualInterface.self, on: VirtualInterface.id == FixedIp.virtualInterfaceID)
      .filter(FixedIp.networkID == networkID, isWanted)
  }

  /// The smallest number of the interfaces of instances, with deleted ones, as in Nova.
  fileprivate func firstInterfaces(of instances: Set<String>) async throws -> [String: Int] {
    if instances.isEmpty { return [:] }
    let first = try await session.select(VirtualInterface.instanceUUID, VirtualInterface.id.min()).readDeleted(.yes)
      .filter(VirtualInterface.instanceUUID.in(instances)).group(by: VirtualInterface.instanceUUID).all()
    return Dictionary(
      first.compactMap { uuid, id in uuid.flatMap { uuid in id.map { (uuid, $0) } } },
      uniquingKeysWith: { first, _ in first })
  }
}
