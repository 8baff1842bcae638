// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// Adds a floating address.
  ///
  /// - Throws: ``NovaError/Code/floatingIPExists`` when a live row has the address; ``NovaError/Code/forbidden``.
  public func floatingIPCreate(
    _ context: NovaContext, values: NovaValues<FloatingIp>
  ) async throws(NovaError) -> NovaRow<FloatingIp> {
    try context.require()
    return try await transaction(context, translating: { floatingIPExists($0, values) }) { call in
      NovaRow(try await call.insert(values))
    }
  }

  /// Adds floating addresses, all or none.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - ips: The values of the rows.
  ///   - wantsResult: Whether the rows are answered.
  /// - Returns: The rows; nil when the caller does not want them.
  /// - Throws: ``NovaError/Code/floatingIPExists`` with the first address that a live row has, or that is there twice;
  ///   ``NovaError/Code/forbidden``.
  public func floatingIPBulkCreate(
    _ context: NovaContext, ips: [NovaValues<FloatingIp>], wantsResult: Bool = true
  ) async throws(NovaError) -> [NovaRow<FloatingIp>]? {
    try context.require()
    let rows = try await addAll(context, ips, orThrow: .floatingIPExists)
    return wantsResult ? rows : nil
  }

  /// Changes what is known of a floating address.
  ///
  /// - Returns: The row with the fixed address that it now leads to, and the instance of that.
  /// - Throws: ``NovaError/Code/floatingIPNotFoundForAddress``; ``NovaError/Code/floatingIPExists`` when a live row has the
  ///   new address; ``NovaError/Code/forbidden`` when it is another project's.
  public func floatingIPUpdate(
    _ context: NovaContext, address: NovaAddress, values: NovaValues<FloatingIp>
  ) async throws(NovaError) -> NovaRow<FloatingIp> {
    try context.require()
    return try await transaction(context, translating: { floatingIPExists($0, values) }) { call in
      let found = try await call.floatingIP(at: address)
      try await call.update(found, values)
      var rows = [NovaRow(found)]
      try await call.loadTargets(into: &rows)
      return rows[0]
    }
  }

  /// Removes a floating address for good.
  ///
  /// - Throws: ``NovaError/Code/forbidden``.
  public func floatingIPDestroy(_ context: NovaContext, address: NovaAddress) async throws(NovaError) {
    try context.require()
    _ = try await transaction(context) { call in
      try await call.query(FloatingIp.self).filter(FloatingIp.address == address).delete()
    }
  }

  /// Soft-deletes floating addresses.
  ///
  /// Up to Ocata it also gives their quota back to the projects that had them, but for those that Nova assigned by itself: a
  /// usage that is counted gets smaller, and one that is not counted yet will be when it is needed. Nova does that after
  /// the addresses are gone; here both happens or nothing. An address that no project had is nobody's usage: Nova takes it
  /// from the usage of the caller's project.
  ///
  /// - Throws: ``NovaError/Code/forbidden``.
  public func floatingIPBulkDestroy(_ context: NovaContext, addresses: [NovaAddress]) async throws(NovaError) {
    try context.require()
    try await transaction(context) { call in
      var given: [String: Int] = [:]
      for part in addresses.split(into: Self.addressesPerQuery) {
        let found = call.query(FloatingIp.self).filter(FloatingIp.address.in(part))
        if options.release < .train {
          let owners = found.filter(FloatingIp.autoAssigned == false, FloatingIp.projectID != nil)
          for case let project? in try await owners.select(FloatingIp.projectID).all() {
            given[project, default: 0] += 1
          }
        }
        try await found.softDelete()
      }
      try await call.giveBack(given)
    }
  }
}

/// What it means that a floating address can't be written.
private func floatingIPExists(_ error: RomeError, _ values: NovaValues<FloatingIp>) -> NovaError? {
  error.isDuplicate(in: FloatingIp.self)
    ? NovaError(.floatingIPExists, ["address": NovaField(values.address)]) : nil
}

extension NovaCall {
  /// The row of a floating address that the caller may see.
  func floatingIP(at address: NovaAddress) async throws -> FloatingIp {
    guard let found = try await query(FloatingIp.self).filter(FloatingIp.address == address).byKey().first() else {
      throw NovaError(.floatingIPNotFoundForAddress, ["address": .string(address.description)])
    }
    if let project = found.projectID { try context.authorize(project: project) }
    return found
  }

  /// Loads the fixed addresses that floating ones lead to, with their instances.
  func loadTargets(into rows: inout [NovaRow<FloatingIp>]) async throws {
    try await session.load(FloatingIp.fixedIP, into: &rows) { try await session.load(FixedIp.instance, into: &$0) }
  }

  /// Makes the usage of floating addresses smaller, by project. It never gets negative, even where it was counted wrong.
  fileprivate func giveBack(_ given: [String: Int]) async throws {
    let usages = query(QuotaUsage.self, readDeleted: .no)
      .filter(
        QuotaUsage.projectID.in(Array(given.keys)), QuotaUsage.userID == nil, QuotaUsage.resource == "floating_ips")
    for usage in try await usages.all() {
      let count = usage.projectID.flatMap { given[$0] } ?? 0
      usage.inUse = max(0, usage.inUse - count)
    }
  }
}
