// SPDX-License-Identifier: Apache-2.0

/// A relationship that can be loaded for many entities at once.
public protocol LoadableRelationship: Relationship {
  /// Loads the relationship for entities of a session, so that asking them for it costs nothing until the session or its
  /// transaction moves on. One round trip for all of them, two for a many-to-many relationship.
  ///
  /// - Parameters:
  ///   - owners: Entities that have rows in the session.
  ///   - session: Their session.
  /// - Returns: The entities that the relationship leads to, each of them once.
  /// - Throws: ``RomeError``: the failures of reading.
  func load(for owners: [Owner], in session: RomeSession) async throws(RomeError) -> [Target]
}

extension ToOne: LoadableRelationship {
  /// Loads the entities that the owners refer to, in one round trip; in none when the session has read them already.
  public func load(for owners: [Owner], in session: RomeSession) async throws(RomeError) -> [Target] {
    let columns = self.columns.compactMap { Owner.schema.position(of: $0) }
    let targetColumns = try Owner.schema.targetColumns(of: columns, in: Target.schema)
    let isByKey = targetColumns == Target.schema.primaryKey
    var loaded = LoadedEntities<Target>()
    var open: [(owner: Owner, values: [Value])] = []
    for owner in owners {
      let state = owner.entityState
      if state.related[name]?.isAssigned == true { continue }
      let values = columns.map { state.value(at: $0) }
      if values.contains(where: \.isNull) {
        state.related[name] = nil
        continue
      }
      if isByKey, loaded.entities[values] == nil,
        let held = session.heldEntity(Target.self, key: KeyEncoder.encode(values))
      {
        loaded.entities[values] = [held]
      }
      open.append((owner, values))
    }
    try await loaded.load(open.map(\.values), of: targetColumns, in: session)
    let stamp = session.stamp(of: Target.schema.table)
    for (owner, values) in open {
      let target = loaded.entities[values]?.first.map { [$0] } ?? []
      owner.entityState.relate(
        name, RelatedEntities(entities: target, columns: columns, isAssigned: false, stamp: stamp))
    }
    return unique(open.compactMap { loaded.entities[$0.values]?.first })
  }
}

extension ToMany: LoadableRelationship {
  /// Loads the entities that refer to the owners, in one round trip.
  public func load(for owners: [Owner], in session: RomeSession) async throws(RomeError) -> [Target] {
    let columns = self.columns.compactMap { Target.schema.position(of: $0) }
    let ownerColumns = try Target.schema.targetColumns(of: columns, in: Owner.schema)
    let open = owners.map { owner in (owner: owner, values: ownerColumns.map { owner.entityState.value(at: $0) }) }
    var loaded = LoadedEntities<Target>()
    try await loaded.load(open.map(\.values), of: columns, in: session)
    let stamp = session.stamp(of: Target.schema.table)
    for (owner, values) in open {
      let targets = loaded.entities[values] ?? []
      owner.entityState.relate(name, RelatedEntities(entities: targets, columns: [], isAssigned: false, stamp: stamp))
    }
    return unique(open.flatMap { loaded.entities[$0.values] ?? [] })
  }
}

extension ManyToMany: LoadableRelationship {
  /// Loads the entities that are connected to the owners, in two round trips.
  public func load(for owners: [Owner], in session: RomeSession) async throws(RomeError) -> [Target] {
    let link = through.schema
    let linkOwner = ownerColumns.compactMap { link.position(of: $0) }
    let linkTarget = targetColumns.compactMap { link.position(of: $0) }
    let ownerKey = try link.targetColumns(of: linkOwner, in: Owner.schema)
    let targetKey = try link.targetColumns(of: linkTarget, in: Target.schema)
    let open = owners.map { owner in (owner: owner, values: ownerKey.map { owner.entityState.value(at: $0) }) }
    let known = open.filter { !$0.values.contains(where: \.isNull) }
    var links: [[[Value]]] = []
    for rows in try await session.rows(of: link, where: linkOwner, equal: known.map(\.values)) {
      links.append(rows.map { row in linkTarget.map { row.row[$0] } })
    }
    var loaded = LoadedEntities<Target>()
    try await loaded.load(links.flatMap { $0 }, of: targetKey, in: session)
    let stamp = session.stamp(of: link.table) + session.stamp(of: Target.schema.table)
    var all: [Target] = []
    for (owner, keys) in zip(known.map(\.owner), links) {
      let targets = unique(keys.flatMap { loaded.entities[$0] ?? [] }).sorted {
        ($0.entityState.key ?? .first) < ($1.entityState.key ?? .first)
      }
      all += targets
      owner.entityState.relate(name, RelatedEntities(entities: targets, columns: [], isAssigned: false, stamp: stamp))
    }
    return unique(all)
  }
}

/// Entities by the values of some of their columns.
private struct LoadedEntities<Target: Entity> {
  var entities: [[Value]: [Target]] = [:]

  /// Reads the rows with the values that there are no entities of yet.
  mutating func load(_ values: [[Value]], of columns: [Int], in session: RomeSession) async throws(RomeError) {
    var wanted: [[Value]] = []
    var seen: Set<[Value]> = []
    for values in values where entities[values] == nil && !values.contains(where: \.isNull) {
      if seen.insert(values).inserted { wanted.append(values) }
    }
    for (values, rows) in zip(wanted, try await session.rows(of: Target.schema, where: columns, equal: wanted)) {
      var found: [Target] = []
      for row in rows { found.append(try session.entity(Target.self, of: row)) }
      entities[values] = found
    }
  }
}

/// The entities without repetitions.
private func unique<E: Entity>(_ entities: [E]) -> [E] {
  var seen: Set<ObjectIdentifier> = []
  return entities.filter { seen.insert(ObjectIdentifier($0)).inserted }
}
