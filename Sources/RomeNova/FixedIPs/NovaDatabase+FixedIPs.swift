// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// Adds a fixed address.
  ///
  /// - Throws: ``NovaError/Code/fixedIPExists`` when a live row has the address; ``NovaError/Code/forbidden``.
  public func fixedIPCreate(
    _ context: NovaContext, values: NovaValues<FixedIp>
  ) async throws(NovaError) -> NovaRow<FixedIp> {
    try context.require()
    return try await transaction(context) { error in
      error.isDuplicate(in: FixedIp.self)
        ? NovaError(.fixedIPExists, ["address": NovaField(values.address)]) : nil
    } _: { call in
      NovaRow(try await call.insert(values))
    }
  }

  /// Adds fixed addresses, all or none.
  ///
  /// - Throws: ``NovaError/Code/fixedIPExists`` with the first address that a live row has, or that is there twice;
  ///   ``NovaError/Code/forbidden``.
  public func fixedIPBulkCreate(_ context: NovaContext, ips: [NovaValues<FixedIp>]) async throws(NovaError) {
    try context.require()
    _ = try await addAll(context, ips, orThrow: .fixedIPExists)
  }

  /// Changes what is known of a fixed address.
  ///
  /// - Throws: ``NovaError/Code/fixedIPNotFoundForAddress``; ``NovaError/Code/forbidden`` when an instance of another project
  ///   has it.
  public func fixedIPUpdate(
    _ context: NovaContext, address: NovaAddress, values: NovaValues<FixedIp>
  ) async throws(NovaError) {
    try context.require()
    try await transaction(context) { call in
      try await call.update(try await call.fixedIP(at: address), values)
    }
  }

  /// Takes a fixed address away from its instance and its interface.
  ///
  /// - Throws: ``NovaError/Code/fixedIPNotFoundForAddress``; ``NovaError/Code/forbidden`` when an instance of another project
  ///   has it.
  public func fixedIPDisassociate(_ context: NovaContext, address: NovaAddress) async throws(NovaError) {
    let nobody = NovaValues<FixedIp> {
      $0.instanceUUID = nil
      $0.virtualInterfaceID = nil
    }
    try await fixedIPUpdate(context, address: address, values: nobody)
  }
}

extension NovaCall {
  /// The row of a fixed address that the caller may see.
  func fixedIP(at address: NovaAddress) async throws -> FixedIp {
    guard let found = try await query(FixedIp.self).filter(FixedIp.address == address).byKey().first() else {
      throw NovaError(.fixedIPNotFoundForAddress, ["address": .string(address.description)])
    }
    try await authorize(for: found)
    return found
  }

  /// Refuses users of other projects than that of the instance, deleted or not, which has the address.
  func authorize(for address: FixedIp) async throws {
    guard context.isUserContext, let uuid = address.instanceUUID else { return }
    let instances = session.select(Instance.projectID).readDeleted(.yes).filter(Instance.uuid == uuid)
    guard let project = try await instances.first() else {
      throw NovaError(.instanceNotFound, ["instance_id": .string(uuid)])
    }
    try context.authorize(project: project)
  }
}
