// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// The metadata of an aggregate by key.
  ///
  /// - Throws: ``NovaError/Code/aggregateNotFound``.
  public func aggregateMetadataGet(
    _ context: NovaContext, aggregateID: Int
  ) async throws(NovaError) -> [String: String] {
    try await reading(context) { call in
      _ = try await call.aggregate(aggregateID)
      let metadata = try await call.query(AggregateMetadata.self)
        .filter(AggregateMetadata.aggregateID == aggregateID).byKey().all()
      return Dictionary(metadata.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
    }
  }

  /// The values that the metadata of the live aggregates of a host have, by key.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - host: The host.
  ///   - key: The only key that is of interest; nil for all.
  public func aggregateMetadataGetByHost(
    _ context: NovaContext, host: String, key: String? = nil
  ) async throws(NovaError) -> [String: Set<String>] {
    try await reading(context) { call in
      var aggregates = try await call.aggregates(of: host, key: key).rows()
      try await call.session.load(key.map { Aggregate.metadata($0) } ?? Aggregate.metadata, into: &aggregates)
      var values: [String: Set<String>] = [:]
      for entry in aggregates.flatMap({ $0[Aggregate.metadata] ?? [] }) {
        values[entry.key, default: []].insert(entry.value)
      }
      return values
    }
  }

  /// Sets keys of the metadata of an aggregate. When many callers add the same key, it is there once.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - aggregateID: The number of the aggregate.
  ///   - metadata: The values by key.
  ///   - replacing: Whether to soft-delete all other keys.
  ///   - maxRetries: How often to try when others change the same metadata; nil for what ``retry`` says.
  /// - Returns: The metadata that was set.
  /// - Throws: ``NovaError/Code/aggregateNotFound``; ``NovaError/Code/dbDeadlock`` when others kept changing the metadata.
  @discardableResult
  public func aggregateMetadataAdd(
    _ context: NovaContext, aggregateID: Int, metadata: [String: String], replacing: Bool = false,
    maxRetries: Int? = nil
  ) async throws(NovaError) -> [String: String] {
    try await trying(maxRetries).transaction(context) { call in
      _ = try await call.aggregate(aggregateID)
      try await call.setMetadata(metadata, of: aggregateID, replacing: replacing)
      return metadata
    }
  }

  /// Soft-deletes a key of the metadata of an aggregate.
  ///
  /// - Throws: ``NovaError/Code/aggregateNotFound``, ``NovaError/Code/aggregateMetadataNotFound``.
  public func aggregateMetadataDelete(
    _ context: NovaContext, aggregateID: Int, key: String
  ) async throws(NovaError) {
    try await transaction(context) { call in
      _ = try await call.aggregate(aggregateID)
      let deleted = try await call.query(AggregateMetadata.self)
        .filter(AggregateMetadata.aggregateID == aggregateID, AggregateMetadata.key == key).softDelete()
      guard deleted > 0 else {
        throw NovaError(
          .aggregateMetadataNotFound, ["aggregate_id": NovaField(aggregateID), "metadata_key": .string(key)])
      }
    }
  }
}

extension NovaCall {
  /// Sets keys of the metadata of an aggregate.
  ///
  /// - Parameters:
  ///   - metadata: The values by key.
  ///   - aggregateID: The number of the aggregate.
  ///   - replacing: Whether to soft-delete all other keys.
  func setMetadata(_ metadata: [String: String], of aggregateID: Int, replacing: Bool = false) async throws {
    let keys = Array(metadata.keys)
    let live = query(AggregateMetadata.self, readDeleted: .no).filter(AggregateMetadata.aggregateID == aggregateID)
    if replacing { try await live.filter(AggregateMetadata.key.notIn(keys)).softDelete() }
    let present = try await live.filter(AggregateMetadata.key.in(keys)).all()
    for entry in present {
      if let value = metadata[entry.key] { entry.value = value }
    }
    let known = Set(present.map(\.key))
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) where !known.contains(key) {
      try make(
        NovaValues<AggregateMetadata> {
          $0.key = key
          $0[dynamicMember: \.value] = value
          $0.aggregateID = aggregateID
        })
    }
    try await session.flush()
  }
}
