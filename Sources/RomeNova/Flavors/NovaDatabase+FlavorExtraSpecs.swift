// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// The extra specs of a flavor by key; none when there is no such flavor.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for a caller who is neither an administrator nor a user of a project.
  public func flavorExtraSpecsGet(
    _ context: NovaContext, flavorID: String
  ) async throws(NovaError) -> [String: String?] {
    try context.require()
    return try await reading(context) { call in
      guard let number = try await call.numberOfFlavor(flavorID) else { return [:] }
      let specs = try await call.specs(of: number).all()
      return Dictionary(
        specs.compactMap { spec in spec.key.map { ($0, spec.value) } }, uniquingKeysWith: { first, _ in first })
    }
  }

  /// Sets extra specs of a flavor; others stay. When many callers add the same key, it is there once.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - flavorID: The identifier of the flavor.
  ///   - specs: The extra specs by key.
  ///   - maxRetries: How often to try when others change the same flavor; nil for what ``retry`` says.
  /// - Returns: The extra specs that were set.
  /// - Throws: ``NovaError/Code/flavorNotFound``; ``NovaError/Code/flavorExtraSpecUpdateCreateFailed`` when others kept changing
  ///   the flavor; ``NovaError/Code/forbidden`` for a caller who is neither an administrator nor a user of a project.
  @discardableResult
  public func flavorExtraSpecsUpdateOrCreate(
    _ context: NovaContext, flavorID: String, specs: [String: String?], maxRetries: Int? = nil
  ) async throws(NovaError) -> [String: String?] {
    try context.require()
    let database = trying(maxRetries)
    return try await database.transaction(context) { error in
      guard error.code == .conflict else { return nil }
      let retries = NovaField(database.retry.maximumAttempts)
      return NovaError(.flavorExtraSpecUpdateCreateFailed, ["id": .string(flavorID), "retries": retries])
    } _: { call in
      let number = try await call.requiredFlavor(flavorID)
      let present = try await call.specs(of: number).filter(InstanceTypeExtraSpecs.key.in(Array(specs.keys))).all()
      for spec in present {
        if let key = spec.key, let value = specs[key] { spec.value = value }
      }
      let known = Set(present.compactMap(\.key))
      for (key, value) in specs.sorted(by: { $0.key < $1.key }) where !known.contains(key) {
        try call.makeSpec(key, value, of: number)
      }
      try await call.session.flush()
      return specs
    }
  }

  /// Soft-deletes an extra spec of a flavor.
  ///
  /// - Throws: ``NovaError/Code/flavorExtraSpecsNotFound``, and ``NovaError/Code/forbidden`` for a caller who is neither an
  ///   administrator nor a user of a project.
  public func flavorExtraSpecsDelete(
    _ context: NovaContext, flavorID: String, key: String
  ) async throws(NovaError) {
    try context.require()
    try await transaction(context) { call in
      guard let number = try await call.numberOfFlavor(flavorID),
        try await call.specs(of: number).filter(InstanceTypeExtraSpecs.key == key).softDelete() > 0
      else {
        throw NovaError(
          .flavorExtraSpecsNotFound, ["extra_specs_key": .string(key), "flavor_id": .string(flavorID)])
      }
    }
  }
}

extension NovaCall {
  /// Adds an extra spec to a flavor, without flushing it.
  func makeSpec(_ key: String, _ value: String?, of number: Int) throws {
    try make(
      NovaValues<InstanceTypeExtraSpecs> {
        $0.key = key
        $0[dynamicMember: \.value] = value
        $0.instanceTypeID = number
      })
  }

  /// The extra specs of a flavor.
  fileprivate func specs(of number: Int) -> RomeQuery<InstanceTypeExtraSpecs> {
    query(InstanceTypeExtraSpecs.self, readDeleted: .no).filter(InstanceTypeExtraSpecs.instanceTypeID == number)
  }
}
