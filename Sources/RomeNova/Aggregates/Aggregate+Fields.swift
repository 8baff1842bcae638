// SPDX-License-Identifier: Apache-2.0

import Rome

extension Aggregate {
  /// The key of the metadata that makes an aggregate an availability zone.
  static let availabilityZoneKey = "availability_zone"

  /// The names of the hosts, the metadata by key as `metadetails`, and the availability zone, where they were loaded.
  public static func extraFields(of row: NovaRow<Aggregate>, _ options: NovaOptions) -> [String: NovaField] {
    var fields: [String: NovaField] = [:]
    if let hosts = row[Aggregate.hosts] { fields["hosts"] = .list(hosts.map { NovaField($0.host) }) }
    if let metadata = row[Aggregate.metadata] {
      let values = Dictionary(metadata.map { ($0.key, NovaField.string($0.value)) }, uniquingKeysWith: { $1 })
      fields["metadetails"] = .object(values)
      fields["availability_zone"] = values[availabilityZoneKey] ?? .null
    }
    return fields
  }
}

extension NovaCall {
  /// An aggregate by its number.
  func aggregate(_ id: Int) async throws -> Aggregate {
    guard let aggregate = try await query(Aggregate.self).filter(Aggregate.id == id).first() else {
      throw NovaError(.aggregateNotFound, ["aggregate_id": NovaField(id)])
    }
    return aggregate
  }

  /// The live aggregate of a name, if there is one.
  func aggregate(named name: String) async throws -> Aggregate? {
    try await query(Aggregate.self, readDeleted: .no).filter(Aggregate.name == name).first()
  }

  /// The aggregates that have a host, and a key in their metadata if one is given.
  func aggregates(of host: String, key: String?) -> RomeQuery<Aggregate> {
    let withHost = session.select(AggregateHost.aggregateID).readDeleted(.no).filter(AggregateHost.host == host)
    // A deleted aggregate has no hosts, even though their rows stay.
    let aggregates = query(Aggregate.self).filter(Aggregate.deleted == 0, Aggregate.id.in(withHost))
    return key.map { aggregates.filter(hasMetadata($0)) } ?? aggregates
  }

  /// Whether an aggregate has a key in its metadata.
  func hasMetadata(_ key: String) -> Condition {
    let withKey = session.select(AggregateMetadata.aggregateID).readDeleted(.no).filter(AggregateMetadata.key == key)
    return Aggregate.id.in(withKey)
  }

  /// An aggregate with its hosts and metadata.
  func load(_ aggregate: Aggregate) async throws -> NovaRow<Aggregate> {
    var rows = [NovaRow(aggregate)]
    try await loadParts(into: &rows)
    return rows[0]
  }

  /// The aggregates of a query with their hosts and metadata.
  func load(_ aggregates: RomeQuery<Aggregate>) async throws -> [NovaRow<Aggregate>] {
    var rows = try await aggregates.rows()
    try await loadParts(into: &rows)
    return rows
  }

  private func loadParts(into aggregates: inout [NovaRow<Aggregate>]) async throws {
    try await session.load(Aggregate.hosts, into: &aggregates)
    try await session.load(Aggregate.metadata, into: &aggregates)
  }
}
