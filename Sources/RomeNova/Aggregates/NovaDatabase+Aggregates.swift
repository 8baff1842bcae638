// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// Adds an aggregate with its metadata. Of two callers who add one of the same name, one gets it and the other an error.
  ///
  /// - Throws: ``NovaError/Code/aggregateNameExists`` when a live aggregate has the name.
  public func aggregateCreate(
    _ context: NovaContext, values: NovaValues<Aggregate>, metadata: [String: String]? = nil
  ) async throws(NovaError) -> NovaRow<Aggregate> {
    try await transaction(context) { call in
      if let name = values.name, try await call.aggregate(named: name) != nil {
        throw NovaError(.aggregateNameExists, ["aggregate_name": .string(name)])
      }
      let aggregate = try await call.insert(values)
      if let metadata, let id = aggregate.id { try await call.setMetadata(metadata, of: id) }
      return try await call.load(aggregate)
    }
  }

  /// Changes an aggregate. Metadata replaces all that it has; an availability zone alone is set beside it.
  ///
  /// - Throws: ``NovaError/Code/aggregateNotFound``, and ``NovaError/Code/aggregateNameExists`` when another live aggregate has
  ///   the name.
  public func aggregateUpdate(
    _ context: NovaContext, id: Int, changes: AggregateChanges
  ) async throws(NovaError) -> NovaRow<Aggregate> {
    try await transaction(context) { call in
      if let name = changes.values.name, let other = try await call.aggregate(named: name), other.id != id {
        throw NovaError(.aggregateNameExists, ["aggregate_name": .string(name)])
      }
      let aggregate = try await call.aggregate(id)
      var metadata = changes.metadata
      if let zone = changes.availabilityZone {
        metadata = (metadata ?? [:]).merging([Aggregate.availabilityZoneKey: zone]) { $1 }
      }
      if let metadata { try await call.setMetadata(metadata, of: id, replacing: changes.metadata != nil) }
      try await call.update(aggregate, changes.values)
      return try await call.load(aggregate)
    }
  }

  /// Soft-deletes an aggregate with its metadata. The rows of its hosts stay.
  ///
  /// - Throws: ``NovaError/Code/aggregateNotFound``.
  public func aggregateDelete(_ context: NovaContext, id: Int) async throws(NovaError) {
    try await transaction(context) { call in
      guard try await call.query(Aggregate.self).filter(Aggregate.id == id).softDelete() > 0 else {
        throw NovaError(.aggregateNotFound, ["aggregate_id": NovaField(id)])
      }
      try await call.query(AggregateMetadata.self).filter(AggregateMetadata.aggregateID == id).softDelete()
    }
  }

  /// An aggregate by its number, with its hosts and metadata.
  ///
  /// - Throws: ``NovaError/Code/aggregateNotFound``.
  public func aggregateGet(_ context: NovaContext, id: Int) async throws(NovaError) -> NovaRow<Aggregate> {
    try await reading(context) { call in try await call.load(try await call.aggregate(id)) }
  }

  /// An aggregate by its UUID, with its hosts and metadata; without a UUID the first one that has none. Nova has it since
  /// Newton.
  ///
  /// - Throws: ``NovaError/Code/aggregateNotFound``.
  public func aggregateGetByUUID(_ context: NovaContext, uuid: String?) async throws(NovaError) -> NovaRow<Aggregate> {
    try await reading(context) { call in
      guard let aggregate = try await call.query(Aggregate.self).filter(Aggregate.uuid == uuid).byKey().first() else {
        throw NovaError(.aggregateNotFound, ["aggregate_id": NovaField(uuid)])
      }
      return try await call.load(aggregate)
    }
  }

  /// All aggregates, with their hosts and metadata.
  public func aggregateGetAll(_ context: NovaContext) async throws(NovaError) -> [NovaRow<Aggregate>] {
    try await reading(context) { call in try await call.load(call.query(Aggregate.self)) }
  }

  /// The live aggregates that have a host, and if one is given a key in their metadata, with their hosts and metadata.
  public func aggregateGetByHost(
    _ context: NovaContext, host: String, key: String? = nil
  ) async throws(NovaError) -> [NovaRow<Aggregate>] {
    try await reading(context) { call in try await call.load(call.aggregates(of: host, key: key)) }
  }

  /// The live aggregates that have a key in their metadata, with their hosts and of the metadata that key.
  public func aggregateGetByMetadataKey(
    _ context: NovaContext, key: String
  ) async throws(NovaError) -> [NovaRow<Aggregate>] {
    try await reading(context) { call in
      var aggregates = try await call.query(Aggregate.self)
        .filter(Aggregate.deleted == 0, call.hasMetadata(key)).rows()
      try await call.session.load(Aggregate.hosts, into: &aggregates)
      try await call.session.load(Aggregate.metadata(key), into: &aggregates)
      return aggregates
    }
  }
}
