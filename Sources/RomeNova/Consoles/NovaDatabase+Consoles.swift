// SPDX-License-Identifier: Apache-2.0

import Rome

// Consoles come and go with their users: they are deleted for good, and found whatever the caller wants to see.
extension NovaDatabase {
  /// Adds a console.
  public func consoleCreate(
    _ context: NovaContext, values: NovaValues<Console>
  ) async throws(NovaError) -> NovaRow<Console> {
    try await transaction(context) { call in NovaRow(try await call.insert(values)) }
  }

  /// Deletes a console for good, if it is there.
  public func consoleDelete(_ context: NovaContext, id: Int) async throws(NovaError) {
    try await transaction(context) { call in _ = try await call.consoles.filter(Console.id == id).delete() }
  }

  /// The console of an instance in a pool, with the pool.
  ///
  /// - Throws: ``NovaError/Code/consoleNotFoundInPoolForInstance``.
  public func consoleGetByPoolInstance(
    _ context: NovaContext, poolID: Int, instanceUUID: String
  ) async throws(NovaError) -> NovaRow<Console> {
    try await reading(context) { call in
      let found = call.consoles.filter(Console.poolID == poolID, Console.instanceUUID == instanceUUID)
      guard var console = try await found.rows().first else {
        throw NovaError(
          .consoleNotFoundInPoolForInstance, ["pool_id": NovaField(poolID), "instance_uuid": .string(instanceUUID)])
      }
      try await call.session.load(Console.pool, into: &console)
      return console
    }
  }

  /// The consoles of an instance.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - instanceUUID: The instance.
  ///   - loadingPools: Whether the consoles come with their pools.
  public func consoleGetAllByInstance(
    _ context: NovaContext, instanceUUID: String, loadingPools: Bool = false
  ) async throws(NovaError) -> [NovaRow<Console>] {
    try await reading(context) { call in
      var consoles = try await call.consoles.filter(Console.instanceUUID == instanceUUID).rows()
      if loadingPools { try await call.session.load(Console.pool, into: &consoles) }
      return consoles
    }
  }

  /// A console by its number, with its pool.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - id: The number of the console.
  ///   - instanceUUID: The instance that it must be of; nil for any.
  /// - Throws: ``NovaError/Code/consoleNotFound``, or ``NovaError/Code/consoleNotFoundForInstance`` where there is an
  ///   instance.
  public func consoleGet(
    _ context: NovaContext, id: Int, instanceUUID: String? = nil
  ) async throws(NovaError) -> NovaRow<Console> {
    try await reading(context) { call in
      let byID = call.consoles.filter(Console.id == id)
      let found = instanceUUID.map { byID.filter(Console.instanceUUID == $0) } ?? byID
      guard var console = try await found.rows().first else {
        guard let instanceUUID else { throw NovaError(.consoleNotFound, ["console_id": NovaField(id)]) }
        throw NovaError(
          .consoleNotFoundForInstance, ["console_id": NovaField(id), "instance_uuid": .string(instanceUUID)])
      }
      try await call.session.load(Console.pool, into: &console)
      return console
    }
  }
}

extension NovaCall {
  fileprivate var consoles: RomeQuery<Console> { query(Console.self, readDeleted: .yes) }
}
