// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// The info cache of an instance, if there is one.
  ///
  /// - Throws: ``NovaError/Code/forbidden``.
  public func instanceInfoCacheGet(
    _ context: NovaContext, instanceUUID: String
  ) async throws(NovaError) -> NovaRow<InstanceInfoCache>? {
    try context.require()
    return try await reading(context) { call in
      try await call.infoCaches(of: instanceUUID).first().map { NovaRow($0) }
    }
  }

  /// Changes the info cache of an instance, or adds one when it is missing.
  ///
  /// An instance has one info cache for ever: where a deleted one is in the way, or another instance has one and the values
  /// would give that to this one, nothing is written, and that is no error.
  ///
  /// - Returns: The info cache as it is, or, where a deleted one is in the way, as it would have been.
  /// - Throws: ``NovaError/Code/forbidden``, and ``NovaError/Code/instanceInfoCacheNotFound`` when the info cache is deleted,
  ///   and the context sees deleted rows.
  @discardableResult
  public func instanceInfoCacheUpdate(
    _ context: NovaContext, instanceUUID: String, values: NovaValues<InstanceInfoCache>
  ) async throws(NovaError) -> NovaRow<InstanceInfoCache> {
    try context.require()
    return try await transaction(context) { call in
      guard let cache = try await call.infoCaches(of: instanceUUID).first() else {
        return try await call.addInfoCache(of: instanceUUID, values)
      }
      guard cache.deleted == 0 else {
        throw NovaError(.instanceInfoCacheNotFound, ["instance_uuid": .string(instanceUUID)])
      }
      let owner = values.value(of: InstanceInfoCache.instanceUUID) ?? instanceUUID
      if owner == instanceUUID {
        try await call.update(cache, values)
      } else if try await !call.hasInfoCache(owner) {
        try await call.update(cache, values)
      }
      return NovaRow(cache)
    }
  }

  /// Soft-deletes the info cache of an instance.
  ///
  /// - Throws: ``NovaError/Code/forbidden``.
  public func instanceInfoCacheDelete(_ context: NovaContext, instanceUUID: String) async throws(NovaError) {
    try context.require()
    try await transaction(context) { call in try await call.infoCaches(of: instanceUUID).softDelete() }
  }
}

extension NovaCall {
  fileprivate func infoCaches(of uuid: String) -> RomeQuery<InstanceInfoCache> {
    query(InstanceInfoCache.self).filter(InstanceInfoCache.instanceUUID == uuid)
  }

  /// Whether an instance has an info cache, a deleted one too.
  fileprivate func hasInfoCache(_ uuid: String) async throws(RomeError) -> Bool {
    try await query(InstanceInfoCache.self, readDeleted: .yes).filter(InstanceInfoCache.instanceUUID == uuid).exists()
  }

  /// Adds an info cache, unless one that the context does not see is in the way.
  fileprivate func addInfoCache(
    of uuid: String, _ values: NovaValues<InstanceInfoCache>
  ) async throws -> NovaRow<InstanceInfoCache> {
    var values = values
    values.instanceUUID = uuid
    if try await !hasInfoCache(uuid) { return NovaRow(try await insert(values)) }
    let unstored = InstanceInfoCache(entityState: EntityState(of: InstanceInfoCache.self))
    try values.apply(to: unstored)
    return NovaRow(unstored)
  }
}
