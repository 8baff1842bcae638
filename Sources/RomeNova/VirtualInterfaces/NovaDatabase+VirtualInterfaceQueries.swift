// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome

extension NovaDatabase {
  /// The live interface of a number, if there is one.
  ///
  /// - Throws: ``NovaError/Code/forbidden``.
  public func virtualInterfaceGet(
    _ context: NovaContext, id: Int
  ) async throws(NovaError) -> NovaRow<VirtualInterface>? {
    try await interfaces(context, VirtualInterface.id == id).first
  }

  /// The live interface of a MAC address, if there is one.
  ///
  /// - Throws: ``NovaError/Code/forbidden``.
  public func virtualInterfaceGetByAddress(
    _ context: NovaContext, address: String
  ) async throws(NovaError) -> NovaRow<VirtualInterface>? {
    try await interfaces(context, VirtualInterface.address == address).first
  }

  /// The live interface of a UUID, if there is one.
  ///
  /// - Throws: ``NovaError/Code/forbidden``.
  public func virtualInterfaceGetByUUID(
    _ context: NovaContext, uuid: String
  ) async throws(NovaError) -> NovaRow<VirtualInterface>? {
    try await interfaces(context, VirtualInterface.uuid == uuid).first
  }

  /// The live interfaces of an instance, in the order in which they were added. From Train on the instance need not be there any more.
  ///
  /// - Throws: ``NovaError/Code/instanceNotFound`` when the caller sees no such instance, before Train; ``NovaError/Code/forbidden``.
  public func virtualInterfaceGetByInstance(
    _ context: NovaContext, instanceUUID: String
  ) async throws(NovaError) -> [NovaRow<VirtualInterface>] {
    try context.require()
    return try await reading(context) { call in
      if call.options.release < .train {
        guard try await call.projectQuery(Instance.self).filter(Instance.uuid == instanceUUID).exists() else {
          throw NovaError(.instanceNotFound, ["instance_id": .string(instanceUUID)])
        }
      }
      let interfaces = try await call.interfaces.filter(VirtualInterface.instanceUUID == instanceUUID).rows()
      func place(_ interface: NovaRow<VirtualInterface>) -> (Date, Int) {
        (interface.createdAt ?? .distantPast, interface.id ?? 0)
      }
      return interfaces.sorted { place($0) < place($1) }
    }
  }

  /// The first live interface that an instance has in a network, if there is one.
  ///
  /// - Throws: ``NovaError/Code/forbidden``.
  public func virtualInterfaceGetByInstanceAndNetwork(
    _ context: NovaContext, instanceUUID: String, networkID: Int
  ) async throws(NovaError) -> NovaRow<VirtualInterface>? {
    let isOfBoth = VirtualInterface.instanceUUID == instanceUUID && VirtualInterface.networkID == networkID
    return try await interfaces(context, isOfBoth).first
  }

  /// The live interfaces.
  ///
  /// - Throws: ``NovaError/Code/forbidden``.
  public func virtualInterfaceGetAll(
    _ context: NovaContext
  ) async throws(NovaError) -> [NovaRow<VirtualInterface>] {
    try context.require()
    return try await reading(context) { call in try await call.interfaces.rows() }
  }

  private func interfaces(
    _ context: NovaContext, _ condition: Condition
  ) async throws(NovaError) -> [NovaRow<VirtualInterface>] {
    try context.require()
    return try await reading(context) { call in try await call.interfaces.filter(condition).rows() }
  }
}
