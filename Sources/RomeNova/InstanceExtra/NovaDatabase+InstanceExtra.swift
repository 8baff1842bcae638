// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// What else is known of an instance, if there is such a row.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - instanceUUID: The UUID of the instance.
  ///   - columns: The columns that are loaded; nil for the usual ones: NUMA topology, PCI requests, flavor, virtual CPU and
  ///     migration context, and from Train on trusted certificates and resources.
  public func instanceExtraGetByInstanceUUID(
    _ context: NovaContext, instanceUUID: String, columns: Set<InstanceExtraColumn>? = nil
  ) async throws(NovaError) -> NovaRow<InstanceExtra>? {
    let columns = columns ?? InstanceExtraColumn.usual(in: options.release)
    return try await reading(context) { call in
      guard let extra = try await call.extras(of: instanceUUID).byKey().first() else { return nil }
      var row = NovaRow(extra)
      row.unloadedColumns = columns.unloadedNames
      return row
    }
  }

  /// Changes what else is known of an instance, or adds a row when it is missing.
  ///
  /// - Returns: How many rows were written.
  @discardableResult
  public func instanceExtraUpdateByUUID(
    _ context: NovaContext, instanceUUID: String, values: NovaValues<InstanceExtra>
  ) async throws(NovaError) -> Int {
    try await transaction(context) { call in
      var values = values
      let isTimed = values.assigns(InstanceExtra.updatedAt)
      if !isTimed { values.updatedAt = call.now }
      let count = try await call.extras(of: instanceUUID).update(stored: values.assigned)
      if count > 0 { return count }
      if !isTimed { values.remove(InstanceExtra.updatedAt) }
      values.instanceUUID = instanceUUID
      try call.make(values)
      return 1
    }
  }
}

extension InstanceExtraColumn {
  /// The columns that are loaded where the caller does not say which.
  static func usual(in release: NovaRelease) -> Set<InstanceExtraColumn> {
    let columns: Set<InstanceExtraColumn> = [.numaTopology, .pciRequests, .flavor, .vcpuModel, .migrationContext]
    return release < .train ? columns : columns.union([.trustedCerts, .resources])
  }
}

extension NovaCall {
  fileprivate func extras(of uuid: String) -> RomeQuery<InstanceExtra> {
    query(InstanceExtra.self).filter(InstanceExtra.instanceUUID == uuid)
  }
}
