// SPDX-License-Identifier: Apache-2.0

extension EntityState {
  /// Makes a to-one relationship lead to an entity. The columns take its key at the next flush, when it has one.
  ///
  /// - Parameters:
  ///   - relationship: The relationship.
  ///   - target: The entity that it shall lead to, or nil for none.
  public func assign<Owner: Entity, Target: Entity>(_ relationship: ToOne<Owner, Target>, _ target: Target?) {
    assign(relationship.name, relationship.columns, target)
  }

  func assign(_ name: String, _ columns: [String], _ target: (any Entity)?) {
    let positions = columns.compactMap { schema.position(of: $0) }
    guard let target else {
      for position in positions { set(.null, at: position) }
      relate(name, RelatedEntities(entities: [], columns: positions, isAssigned: false))
      return
    }
    // The key of a new entity is not known yet; setting what is known keeps reads of the column right.
    if let session, let entity, status == .persistent { session.willChange(entity) }
    relate(name, RelatedEntities(entities: [target], columns: positions, isAssigned: true))
    if target.entityState.key != nil { try? resolveAssigned() }
  }

  /// Gives the columns of assigned relationships the keys of the entities that they lead to.
  func resolveAssigned() throws(RomeError) {
    if related.isEmpty { return }
    for (name, assigned) in related where assigned.isAssigned {
      guard let target = assigned.entities.first?.entityState else { continue }
      let targetColumns = try schema.targetColumns(of: assigned.columns, in: target.schema)
      for (position, targetPosition) in zip(assigned.columns, targetColumns) {
        let value = target.value(at: targetPosition)
        if value.isNull {
          throw RomeError(
            .invalidState, "the entity of relationship '\(name)' has no key: it was not added to the session",
            entity: schema.table)
        }
        if self.value(at: position) != value { set(value, at: position) }
      }
      // Setting the columns has dropped what they led to.
      relate(name, assigned)
    }
  }

  /// Notes that assigned relationships are as their columns say.
  func settleAssigned() {
    for (name, var assigned) in related where assigned.isAssigned {
      assigned.isAssigned = false
      relate(name, assigned)
    }
  }
}

extension EntitySchema {
  /// The positions of the columns of the target that columns of this table refer to: those of the foreign key, else the
  /// primary key.
  func targetColumns(of columns: [Int], in target: EntitySchema) throws(RomeError) -> [Int] {
    let foreignKey = foreignKeys.first { $0.columns == columns && $0.description.table == target.table }
    let names = foreignKey?.description.targetColumns ?? []
    let positions = names.isEmpty ? target.primaryKey : names.compactMap { target.position(of: $0) }
    guard positions.count == columns.count, !columns.isEmpty else {
      throw RomeError(
        .invalidSchema, "a relationship to '\(target.table)' has other columns than the key that it refers to",
        entity: table)
    }
    return positions
  }
}
