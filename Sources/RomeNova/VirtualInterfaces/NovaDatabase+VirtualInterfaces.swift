// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// Adds an interface.
  ///
  /// - Throws: ``NovaError/Code/virtualInterfaceCreateException`` when a live interface has the address, or the store fails;
  ///   ``NovaError/Code/forbidden``.
  public func virtualInterfaceCreate(
    _ context: NovaContext, values: NovaValues<VirtualInterface>
  ) async throws(NovaError) -> NovaRow<VirtualInterface> {
    try context.require()
    return try await transaction(context, translating: { _ in NovaError(.virtualInterfaceCreateException) }) { call in
      NovaRow(try await call.insert(values))
    }
  }

  /// Changes the live interface of an address. Mitaka does not have it.
  ///
  /// - Throws: ``NovaError/Code/notFound``; ``NovaError/Code/forbidden``.
  public func virtualInterfaceUpdate(
    _ context: NovaContext, address: String, values: NovaValues<VirtualInterface>
  ) async throws(NovaError) -> NovaRow<VirtualInterface> {
    try context.require()
    return try await transaction(context) { call in
      let interfaces = call.interfaces.filter(VirtualInterface.address == address)
      guard let interface = try await interfaces.byKey().first() else {
        throw NovaError(.notFound, detail: "there is no virtual interface with this address")
      }
      try await call.update(interface, values)
      return NovaRow(interface)
    }
  }

  /// Soft-deletes an interface. Mitaka does not have it.
  ///
  /// - Throws: ``NovaError/Code/forbidden``.
  public func virtualInterfaceDelete(_ context: NovaContext, id: Int) async throws(NovaError) {
    try context.require()
    _ = try await transaction(context) { call in
      try await call.interfaces.filter(VirtualInterface.id == id).softDelete()
    }
  }

  /// Soft-deletes the interfaces of an instance.
  ///
  /// - Throws: ``NovaError/Code/forbidden``.
  public func virtualInterfaceDeleteByInstance(
    _ context: NovaContext, instanceUUID: String
  ) async throws(NovaError) {
    try context.require()
    _ = try await transaction(context) { call in
      try await call.interfaces.filter(VirtualInterface.instanceUUID == instanceUUID).softDelete()
    }
  }
}

extension NovaCall {
  /// The live interfaces: these functions show no others, whatever the caller wants to see.
  var interfaces: RomeQuery<VirtualInterface> { query(VirtualInterface.self, readDeleted: .no) }
}
