// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// Takes the first free address of a pool for a project. Callers at the same time get different addresses.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - projectID: The project.
  ///   - pool: The name of the pool.
  ///   - autoAssigned: Whether Nova takes it by itself, so that it does not count in the quota.
  /// - Returns: The address.
  /// - Throws: ``NovaError/Code/noMoreFloatingIPs`` when no address is free; ``NovaError/Code/floatingIPAllocateFailed``
  ///   when others were faster each time; ``NovaError/Code/forbidden`` for another project.
  public func floatingIPAllocateAddress(
    _ context: NovaContext, projectID: String?, pool: String?, autoAssigned: Bool = false
  ) async throws(NovaError) -> NovaAddress? {
    try context.require()
    try context.authorize(project: projectID)
    return try await claiming(context, exhausted: NovaError(.floatingIPAllocateFailed)) { call, choices in
      let free = call.query(FloatingIp.self, readDeleted: .no)
        .filter(FloatingIp.pool == pool, FloatingIp.fixedIpID == nil, FloatingIp.projectID == nil)
      guard let address = try await free.byKey().limit(choices).all().randomElement() else {
        throw NovaError(.noMoreFloatingIPs)
      }
      address.projectID = projectID
      address.autoAssigned = autoAssigned
      return address.address
    }
  }

  /// Makes a floating address free again that a project has and that leads nowhere.
  ///
  /// - Returns: The number of addresses, 0 or 1.
  /// - Throws: ``NovaError/Code/forbidden``.
  public func floatingIPDeallocate(_ context: NovaContext, address: NovaAddress) async throws(NovaError) -> Int {
    try context.require()
    return try await transaction(context) { call in
      try await call.query(FloatingIp.self)
        .filter(FloatingIp.address == address, FloatingIp.projectID != nil, FloatingIp.fixedIpID == nil)
        .update {
          $0.set(FloatingIp.projectID, to: nil)
          $0.set(FloatingIp.host, to: nil)
          $0.set(FloatingIp.autoAssigned, to: false)
          $0.set(FloatingIp.updatedAt, to: call.now)
        }
    }
  }

  /// Lets a floating address of the caller's project lead to a fixed address, through a host.
  ///
  /// - Returns: The fixed address with its network.
  /// - Throws: ``NovaError/Code/fixedIPNotFoundForAddress``; ``NovaError/Code/floatingIPAssociateFailed`` when the project has no
  ///   such floating address, or it leads to another fixed one; ``NovaError/Code/forbidden``.
  public func floatingIPFixedIPAssociate(
    _ context: NovaContext, floatingAddress: NovaAddress, fixedAddress: NovaAddress, host: String?
  ) async throws(NovaError) -> NovaRow<FixedIp> {
    try context.require()
    return try await transaction(context) { call in
      let fixed = call.query(FixedIp.self).filter(FixedIp.address == fixedAddress)
      guard let target = try await fixed.byKey().first() else {
        throw NovaError(.fixedIPNotFoundForAddress, ["address": .string(fixedAddress.description)])
      }
      let count = try await call.query(FloatingIp.self)
        .filter(
          FloatingIp.address == floatingAddress, FloatingIp.projectID == context.projectID,
          FloatingIp.fixedIpID == target.id || FloatingIp.fixedIpID == nil
        )
        .update {
          $0.set(FloatingIp.fixedIpID, to: target.id)
          $0.set(FloatingIp.host, to: host)
          $0.set(FloatingIp.updatedAt, to: call.now)
        }
      if count == 0 {
        throw NovaError(.floatingIPAssociateFailed, ["address": .string(floatingAddress.description)])
      }
      return try await call.row(target, with: .network)
    }
  }

  /// Lets a floating address lead nowhere.
  ///
  /// - Returns: The fixed address that it led to with its network, if it led to one.
  /// - Throws: ``NovaError/Code/floatingIPNotFoundForAddress``; ``NovaError/Code/forbidden``.
  public func floatingIPDisassociate(
    _ context: NovaContext, address: NovaAddress
  ) async throws(NovaError) -> NovaRow<FixedIp>? {
    try context.require()
    return try await transaction(context) { call in
      let floating = call.query(FloatingIp.self).filter(FloatingIp.address == address)
      guard let found = try await floating.byKey().first() else {
        throw NovaError(.floatingIPNotFoundForAddress, ["address": .string(address.description)])
      }
      let targetID = found.fixedIpID
      found.fixedIpID = nil
      found.host = nil
      guard let targetID, let target = try await call.query(FixedIp.self).filter(FixedIp.id == targetID).first()
      else { return nil }
      return try await call.row(target, with: .network)
    }
  }
}
