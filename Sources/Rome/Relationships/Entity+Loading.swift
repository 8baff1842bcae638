// SPDX-License-Identifier: Apache-2.0

extension Entity {
  /// The entity that a to-one relationship leads to: `try await book.load(Book.author)` is `try await book.author`.
  ///
  /// It runs on the actor of its caller. The property does so only in modules that enable `NonisolatedNonsendingByDefault`;
  /// in others, actors use this function.
  ///
  /// - Parameter relationship: The relationship, such as `Book.author`.
  /// - Returns: The entity, or nil when the columns are NULL or no row has the key.
  /// - Throws: ``RomeError`` with the code `invalidState` when the entity belongs to no session, and the failures of reading.
  public func load<Target: Entity>(_ relationship: ToOne<Self, Target>) async throws(RomeError) -> Target? {
    try await entityState.load(relationship)
  }

  /// The entities that refer to this one, in the order of their keys, loaded on the actor of the caller.
  ///
  /// - Parameter relationship: The relationship, such as `Author.books`.
  /// - Throws: As loading a to-one relationship.
  public func load<Target: Entity>(_ relationship: ToMany<Self, Target>) async throws(RomeError) -> [Target] {
    try await entityState.load(relationship)
  }

  /// The entities that are connected to this one, loaded on the actor of the caller.
  ///
  /// - Parameter relationship: The relationship, such as `Book.tags`.
  /// - Throws: As loading a to-one relationship.
  public func load<Target: Entity>(_ relationship: ManyToMany<Self, Target>) async throws(RomeError) -> [Target] {
    try await entityState.load(relationship)
  }
}
