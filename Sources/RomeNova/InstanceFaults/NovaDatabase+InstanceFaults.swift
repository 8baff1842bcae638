// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// Notes that something has gone wrong with an instance.
  public func instanceFaultCreate(
    _ context: NovaContext, values: NovaValues<InstanceFault>
  ) async throws(NovaError) -> NovaRow<InstanceFault> {
    try await transaction(context) { call in NovaRow(try await call.insert(values)) }
  }

  /// What has gone wrong with instances.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - instanceUUIDs: The instances.
  ///   - latest: Whether only the last fault of each instance is wanted. Nova has it since Ocata.
  /// - Returns: The faults of each of the instances, the newest first; an empty list for one without faults.
  public func instanceFaultGetByInstanceUUIDs(
    _ context: NovaContext, instanceUUIDs: [String], latest: Bool = false
  ) async throws(NovaError) -> [String: [NovaRow<InstanceFault>]] {
    if instanceUUIDs.isEmpty { return [:] }
    let none = Dictionary(
      instanceUUIDs.map { ($0, [NovaRow<InstanceFault>]()) }, uniquingKeysWith: { first, _ in first })
    return try await reading(context) { call in
      let faults = try await call.faults(of: instanceUUIDs, latest: latest)
      return none.merging(faults) { $1 }
    }
  }
}

extension NovaCall {
  /// The live faults of instances, the newest first, or only the newest.
  ///
  /// A fault has a long text, so the newest are chosen among the entries of the index.
  func faults(of instanceUUIDs: [String], latest: Bool) async throws -> [String: [NovaRow<InstanceFault>]] {
    var faults = query(InstanceFault.self, readDeleted: .no)
    if latest {
      let newest = session.select(InstanceFault.id.max()).readDeleted(.no)
        .filter(InstanceFault.instanceUUID.in(instanceUUIDs)).group(by: InstanceFault.instanceUUID)
      faults = faults.filter(InstanceFault.id.in(newest))
    } else {
      faults = faults.filter(InstanceFault.instanceUUID.in(instanceUUIDs))
    }
    if options.release == .mitaka { faults = faults.order(by: InstanceFault.createdAt.descending) }
    let rows = try await faults.order(by: InstanceFault.id.descending).all().map { NovaRow($0) }
    return Dictionary(grouping: rows) { $0.instanceUUID ?? "" }
  }
}
