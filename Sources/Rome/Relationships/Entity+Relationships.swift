// SPDX-License-Identifier: Apache-2.0

extension Entity {
  /// Makes a relationship lead to another entity: `book.assign(Book.author, asimov)`. Its columns take the key of that
  /// entity at the next flush.
  ///
  /// This is a function, because Swift has no setters for properties whose getter is asynchronous.
  ///
  /// - Parameters:
  ///   - relationship: The relationship.
  ///   - target: The entity, or nil to lead nowhere.
  public func assign<Target: Entity>(_ relationship: ToOne<Self, Target>, _ target: Target?) {
    entityState.assign(relationship, target)
  }

  /// Loads what a relationship leads to: `try await book.load(Book.author)`, the same as `try await book.author`.
  ///
  /// It runs on the actor of its caller. The property does so only in modules that enable `NonisolatedNonsendingByDefault`;
  /// in others, an actor uses this function.
  ///
  /// - Parameter relationship: The relationship.
  /// - Returns: The entity, or nil when the key is NULL or there is no such row.
  /// - Throws: ``RomeError/Code/invalidState`` when the entity belongs to no session, and what its session throws.
  public func load<Target: Entity>(_ relationship: ToOne<Self, Target>) async throws(RomeError) -> Target? {
    try await entityState.load(relationship)
  }

  /// Loads what a relationship leads to, on the actor of the caller.
  ///
  /// - Parameter relationship: The relationship.
  /// - Returns: The entities in the order of their primary keys.
  /// - Throws: ``RomeError/Code/invalidState`` when the entity belongs to no session, and what its session throws.
  public func load<Target: Entity>(_ relationship: ToMany<Self, Target>) async throws(RomeError) -> [Target] {
    try await entityState.load(relationship)
  }

  /// Loads what a relationship leads to, on the actor of the caller.
  ///
  /// - Parameter relationship: The relationship.
  /// - Returns: The entities in the order of their primary keys.
  /// - Throws: ``RomeError/Code/invalidState`` when the entity belongs to no session, and what its session throws.
  public func load<Target: Entity>(_ relationship: ManyToMany<Self, Target>) async throws(RomeError) -> [Target] {
    try await entityState.load(relationship)
  }
}
