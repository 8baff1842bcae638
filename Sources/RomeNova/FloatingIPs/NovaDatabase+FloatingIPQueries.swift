// SPDX-License-Identifier: Apache-2.0

import Rome

/// A pool that floating addresses are taken from.
public struct FloatingIPPool: Hashable, Sendable {
  /// The name of the pool; nil for addresses of none.
  public let name: String?

  /// Makes a pool of its name.
  public init(name: String?) { self.name = name }
}

extension NovaDatabase {
  /// A floating address by its number, with the fixed one that it leads to, and the instance of that. Users see those of their project.
  ///
  /// - Throws: ``NovaError/Code/floatingIPNotFound``; ``NovaError/Code/forbidden``.
  public func floatingIPGet(_ context: NovaContext, id: Int) async throws(NovaError) -> NovaRow<FloatingIp> {
    try context.require()
    return try await reading(context) { call in
      var rows = try await call.projectQuery(FloatingIp.self).filter(FloatingIp.id == id).rows()
      if rows.isEmpty { throw NovaError(.floatingIPNotFound, ["id": .int(Int64(id))]) }
      try await call.loadTargets(into: &rows)
      return rows[0]
    }
  }

  /// The pools that floating addresses lie in, by name.
  ///
  /// - Throws: ``NovaError/Code/forbidden``.
  public func floatingIPGetPools(_ context: NovaContext) async throws(NovaError) -> [FloatingIPPool] {
    try context.require()
    return try await reading(context) { call in
      // Pools are few, and addresses many: each step reads one entry of the index, in whose order the addresses are.
      let addresses = call.query(FloatingIp.self).order(
        by: FloatingIp.pool, FloatingIp.fixedIpID, FloatingIp.projectID, FloatingIp.id)
      var pools: [FloatingIPPool] = []
      var next = try await addresses.select(FloatingIp.pool).first()
      while let pool = next {
        pools.append(FloatingIPPool(name: pool))
        let isBehind = pool.map { FloatingIp.pool > $0 } ?? (FloatingIp.pool != nil)
        next = try await addresses.filter(isBehind).select(FloatingIp.pool).first()
      }
      return pools
    }
  }

  /// The live floating addresses with their fixed addresses.
  ///
  /// - Throws: ``NovaError/Code/noFloatingIPsDefined`` when there are none.
  public func floatingIPGetAll(_ context: NovaContext) async throws(NovaError) -> [NovaRow<FloatingIp>] {
    try await reading(context) { call in
      var rows = try await call.query(FloatingIp.self, readDeleted: .no).rows()
      if rows.isEmpty { throw NovaError(.noFloatingIPsDefined) }
      try await call.session.load(FloatingIp.fixedIP, into: &rows)
      return rows
    }
  }

  /// The live floating addresses that a host routes, with their fixed addresses.
  ///
  /// - Throws: ``NovaError/Code/floatingIPNotFoundForHost`` when there are none.
  public func floatingIPGetAllByHost(
    _ context: NovaContext, host: String
  ) async throws(NovaError) -> [NovaRow<FloatingIp>] {
    try await reading(context) { call in
      var rows = try await call.query(FloatingIp.self, readDeleted: .no).filter(FloatingIp.host == host).rows()
      if rows.isEmpty { throw NovaError(.floatingIPNotFoundForHost, ["host": .string(host)]) }
      try await call.session.load(FloatingIp.fixedIP, into: &rows)
      return rows
    }
  }

  /// The live floating addresses of a project that Nova did not assign by itself, with their fixed addresses and the
  /// instances of those.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for another project.
  public func floatingIPGetAllByProject(
    _ context: NovaContext, projectID: String
  ) async throws(NovaError) -> [NovaRow<FloatingIp>] {
    try context.require()
    try context.authorize(project: projectID)
    return try await reading(context) { call in
      var rows = try await call.query(FloatingIp.self, readDeleted: .no)
        .filter(FloatingIp.projectID == projectID, FloatingIp.autoAssigned == false).rows()
      try await call.loadTargets(into: &rows)
      return rows
    }
  }

  /// A floating address with the fixed one that it leads to, and the instance of that.
  ///
  /// - Throws: ``NovaError/Code/floatingIPNotFoundForAddress``; ``NovaError/Code/forbidden`` when it is another project's.
  public func floatingIPGetByAddress(
    _ context: NovaContext, address: NovaAddress
  ) async throws(NovaError) -> NovaRow<FloatingIp> {
    try context.require()
    return try await reading(context) { call in
      var rows = [NovaRow(try await call.floatingIP(at: address))]
      try await call.loadTargets(into: &rows)
      return rows[0]
    }
  }

  /// The floating addresses that lead to a fixed address.
  ///
  /// - Throws: ``NovaError/Code/forbidden``.
  public func floatingIPGetByFixedAddress(
    _ context: NovaContext, fixedAddress: NovaAddress
  ) async throws(NovaError) -> [NovaRow<FloatingIp>] {
    try context.require()
    return try await reading(context) { call in
      let targets = call.session.select(FixedIp.id).readDeleted(.yes).filter(FixedIp.address == fixedAddress)
      return try await call.query(FloatingIp.self).filter(FloatingIp.fixedIpID.in(targets)).rows()
    }
  }

  /// The floating addresses that lead to the fixed address of a number.
  ///
  /// - Throws: ``NovaError/Code/forbidden``.
  public func floatingIPGetByFixedIPID(
    _ context: NovaContext, fixedIPID: Int
  ) async throws(NovaError) -> [NovaRow<FloatingIp>] {
    try context.require()
    return try await reading(context) { call in
      try await call.query(FloatingIp.self).filter(FloatingIp.fixedIpID == fixedIPID).rows()
    }
  }
}
