// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// The names of the hosts of an aggregate, in the order in which they came.
  ///
  /// - Throws: ``NovaError/Code/aggregateNotFound``.
  public func aggregateHostGetAll(_ context: NovaContext, aggregateID: Int) async throws(NovaError) -> [String] {
    try await reading(context) { call in
      _ = try await call.aggregate(aggregateID)
      let hosts = call.query(AggregateHost.self).filter(AggregateHost.aggregateID == aggregateID)
      return try await hosts.byKey().select(AggregateHost.host).all().compactMap { $0 }
    }
  }

  /// Adds a host to an aggregate. Of two callers who add the same one, one gets it and the other an error.
  ///
  /// - Throws: ``NovaError/Code/aggregateNotFound``, ``NovaError/Code/aggregateHostExists``.
  public func aggregateHostAdd(
    _ context: NovaContext, aggregateID: Int, host: String
  ) async throws(NovaError) -> NovaRow<AggregateHost> {
    try await transaction(context) { error in
      guard error.isDuplicate(in: AggregateHost.self) else { return nil }
      return NovaError(.aggregateHostExists, ["aggregate_id": NovaField(aggregateID), "host": .string(host)])
    } _: { call in
      _ = try await call.aggregate(aggregateID)
      return NovaRow(
        try await call.insert(
          NovaValues<AggregateHost> {
            $0.host = host
            $0.aggregateID = aggregateID
          }))
    }
  }

  /// Soft-deletes a host of an aggregate.
  ///
  /// - Throws: ``NovaError/Code/aggregateNotFound``, ``NovaError/Code/aggregateHostNotFound``.
  public func aggregateHostDelete(
    _ context: NovaContext, aggregateID: Int, host: String
  ) async throws(NovaError) {
    try await transaction(context) { call in
      _ = try await call.aggregate(aggregateID)
      let deleted = try await call.query(AggregateHost.self)
        .filter(AggregateHost.aggregateID == aggregateID, AggregateHost.host == host).softDelete()
      guard deleted > 0 else {
        throw NovaError(.aggregateHostNotFound, ["aggregate_id": NovaField(aggregateID), "host": .string(host)])
      }
    }
  }
}
