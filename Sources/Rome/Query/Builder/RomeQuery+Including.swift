// SPDX-License-Identifier: Apache-2.0

extension RomeQuery {
  /// Loads a relationship along with the entities of the query, so that `try await book.author` costs nothing later.
  ///
  /// It costs one round trip for all entities together (two for a many-to-many relationship), and another one for each
  /// further batch of a stream. Several calls load several relationships, in their order; one that starts from what an
  /// earlier one leads to is loaded for that, too: `.including(Book.author).including(Author.books)`.
  ///
  /// - Parameter relationship: The relationship. When no entity of the query has it, nothing is loaded.
  public func including<R: LoadableRelationship>(_ relationship: R) -> RomeQuery<Row> {
    var copy = self
    copy.loaders.append(RelationshipLoader(relationship))
    return copy
  }
}

/// Loads a relationship for many entities.
struct RelationshipLoader {
  /// Loads the relationship for those of the entities that have it, and returns those that it leads to.
  let load: (RomeSession, [any Entity]) async throws(RomeError) -> [any Entity]

  init<R: LoadableRelationship>(_ relationship: R) {
    load = { session, entities async throws(RomeError) in
      let owners = entities.compactMap { $0 as? R.Owner }.filter { $0.entityState.status == .persistent }
      return owners.isEmpty ? [] : try await relationship.load(for: owners, in: session)
    }
  }
}
