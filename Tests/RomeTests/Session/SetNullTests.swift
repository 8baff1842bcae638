// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rome

/// A foreign key that is set to NULL may itself be what other rows refer to.
@Suite struct SetNullTests {
  private final class Badge: Entity {
    static let schema = EntitySchema(
      table: "badges",
      columns: [ColumnDescription("id", Int?.self), ColumnDescription("author_id", Int?.self)],
      primaryKey: ["id"], indexes: [.unique("author_id")],
      foreignKeys: [ForeignKeyDescription(["author_id"], references: "authors", onDelete: .setNull)])
    let entityState: EntityState
    init(entityState: EntityState) { self.entityState = entityState }
    init(author: Int) {
      entityState = EntityState(of: Badge.self)
      entityState[1] = Int?.some(author)
    }
  }

  private final class Door: Entity {
    static let schema = EntitySchema(
      table: "doors",
      columns: [ColumnDescription("id", Int?.self), ColumnDescription("badge_author", Int?.self)],
      primaryKey: ["id"],
      foreignKeys: [
        ForeignKeyDescription(["badge_author"], references: "badges", columns: ["author_id"], onDelete: .restrict)
      ])
    let entityState: EntityState
    init(entityState: EntityState) { self.entityState = entityState }
    init(badge: Int) {
      entityState = EntityState(of: Door.self)
      entityState[1] = Int?.some(badge)
    }
  }

  @Test(arguments: TestStore.all)
  func aColumnThatOthersReferToIsNotSetNullBehindTheirBack(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    let author = Author(name: "Asimov")
    session.add(author)
    try await session.flush()
    session.add(Badge(author: 1))
    try await session.flush()
    session.add(Door(badge: 1))
    try await session.commit()
    session.delete(author)
    await expectError(.restrictViolation) { try await session.commit() }
    session.rollback()
    try await expectClean(store)
    #expect(try await session.query(Author.self).count() == 1)
  }
}
