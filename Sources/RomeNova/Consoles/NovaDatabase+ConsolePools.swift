// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// Adds a pool of consoles. Of two callers who add the same one, one gets it and the other an error.
  ///
  /// - Throws: ``NovaError/Code/consolePoolExists``.
  public func consolePoolCreate(
    _ context: NovaContext, values: NovaValues<ConsolePool>
  ) async throws(NovaError) -> NovaRow<ConsolePool> {
    try await transaction(context) { error in
      guard error.isDuplicate(in: ConsolePool.self) else { return nil }
      return NovaError(
        .consolePoolExists,
        [
          "host": NovaField(values.host), "console_type": NovaField(values.consoleType),
          "compute_host": NovaField(values.computeHost),
        ])
    } _: { call in
      NovaRow(try await call.insert(values))
    }
  }

  /// The pool of consoles of a type that a proxy offers for a compute host, with its consoles.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - computeHost: The host of the instances.
  ///   - host: The host of the proxy.
  ///   - consoleType: The type of consoles.
  /// - Throws: ``NovaError/Code/consolePoolNotFoundForHostType``.
  public func consolePoolGetByHostType(
    _ context: NovaContext, computeHost: String, host: String, consoleType: String
  ) async throws(NovaError) -> NovaRow<ConsolePool> {
    try await reading(context) { call in
      let pools = call.consolePools(consoleType, of: host).filter(ConsolePool.computeHost == computeHost)
      guard var pool = try await pools.rows().first else {
        throw NovaError(
          .consolePoolNotFoundForHostType,
          ["host": .string(host), "console_type": .string(consoleType), "compute_host": .string(computeHost)])
      }
      try await call.session.load(ConsolePool.consoles, into: &pool)
      return pool
    }
  }

  /// The pools of consoles of a type that a proxy offers, with their consoles.
  public func consolePoolGetAllByHostType(
    _ context: NovaContext, host: String, consoleType: String
  ) async throws(NovaError) -> [NovaRow<ConsolePool>] {
    try await reading(context) { call in
      var pools = try await call.consolePools(consoleType, of: host).rows()
      try await call.session.load(ConsolePool.consoles, into: &pools)
      return pools
    }
  }
}

extension NovaCall {
  fileprivate func consolePools(_ consoleType: String, of host: String) -> RomeQuery<ConsolePool> {
    query(ConsolePool.self, readDeleted: .no)
      .filter(ConsolePool.host == host, ConsolePool.consoleType == consoleType)
  }
}
