// SPDX-License-Identifier: Apache-2.0

extension EntityState {
  /// Loads the entity that a relationship leads to.
  ///
  /// - Parameter relationship: The relationship.
  /// - Returns: The entity, or nil when the key is NULL or there is no such row.
  /// - Throws: ``RomeError/Code/invalidState`` when the entity belongs to no session.
  public func load<O: Entity, T: Entity>(_ relationship: ToOne<O, T>) async throws(RomeError) -> T? {
    throw RomeError(.invalidState, "the entity belongs to no session", entity: schema.table)
  }

  /// Loads the entities that a relationship leads to.
  ///
  /// - Parameter relationship: The relationship.
  /// - Returns: The entities in the order of their primary keys.
  /// - Throws: ``RomeError/Code/invalidState`` when the entity belongs to no session.
  public func load<O: Entity, T: Entity>(_ relationship: ToMany<O, T>) async throws(RomeError) -> [T] {
    throw RomeError(.invalidState, "the entity belongs to no session", entity: schema.table)
  }

  /// Loads the entities that a relationship leads to.
  ///
  /// - Parameter relationship: The relationship.
  /// - Returns: The entities in the order of their primary keys.
  /// - Throws: ``RomeError/Code/invalidState`` when the entity belongs to no session.
  public func load<O: Entity, T: Entity>(_ relationship: ManyToMany<O, T>) async throws(RomeError) -> [T] {
    throw RomeError(.invalidState, "the entity belongs to no session", entity: schema.table)
  }
}
