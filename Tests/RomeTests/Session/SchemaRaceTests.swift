// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rome

/// A table gets another index while a unit of work has staged rows of it.
@Suite struct SchemaRaceTests {
  private final class Plain: Entity {
    static let schema = EntitySchema(
      table: "things", columns: [ColumnDescription("id", Int?.self), ColumnDescription("name", String.self)],
      primaryKey: ["id"])
    let entityState: EntityState
    init(entityState: EntityState) { self.entityState = entityState }
    init(_ name: String) {
      entityState = EntityState(of: Plain.self)
      entityState[1] = name
    }
  }

  private final class Indexed: Entity {
    static let schema = EntitySchema(
      table: "things", columns: [ColumnDescription("id", Int?.self), ColumnDescription("name", String.self)],
      primaryKey: ["id"], indexes: [.index("name")])
    static var name: Column<Indexed, String> { Column(1) }
    let entityState: EntityState
    init(entityState: EntityState) { self.entityState = entityState }
  }

  /// A session with a staged row of a table that then gets an index; the table was empty, so the index is used at once.
  private func staged(_ store: any Store) async throws -> RomeSession {
    let session = RomeSession(Reopened(store))
    session.add(Plain("x"))
    try await session.flush()
    #expect(try await RomeSession(Reopened(store)).query(Indexed.self).count() == 0)
    return session
  }

  @Test(arguments: TestStore.all)
  func usingAnotherTableDoesNotHideThatAStagedTableHasANewIndex(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = try await staged(store)
    await expectError(.conflict) {
      _ = try await session.query(Author.self).count()
      try await session.commit()
    }
    session.rollback()
    try await expectClean(store)
    session.add(Plain("x"))
    _ = try await session.query(Author.self).count()
    try await session.commit()
    try await expectClean(store)
    #expect(try await RomeSession(Reopened(store)).query(Indexed.self).filter(Indexed.name == "x").count() == 1)
  }

  @Test(arguments: TestStore.all)
  func committingAgainDoesNotHideThatAStagedTableHasANewIndex(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = try await staged(store)
    await expectError(.conflict) { try await session.commit() }
    await expectError(.conflict) { try await session.commit() }
    session.rollback()
    session.add(Plain("x"))
    try await session.commit()
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func aTransactionRunsAgainWithTheNewIndex(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(Reopened(store))
    var attempts = 0
    try await session.transaction { session in
      attempts += 1
      session.add(Plain("x"))
      try await session.flush()
      if attempts == 1 { _ = try await RomeSession(Reopened(store)).query(Indexed.self).count() }
      _ = try await session.query(Author.self).count()
    }
    #expect(attempts == 2)
    try await expectClean(store)
    #expect(try await RomeSession(Reopened(store)).query(Indexed.self).filter(Indexed.name == "x").count() == 1)
  }
}

extension SchemaRaceTests {
  @Test(arguments: TestStore.all)
  func aTableThatRefersToADeletedRowIsUsedForTheFirstTime(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(Reopened(store))
    let authors = [Author(name: "a"), Author(name: "b")]
    session.addAll(authors)
    try await session.commit()
    session.delete(authors[0])
    try await session.flush()
    #expect(try await session.query(Book.self).count() == 0)
    session.add(Book(title: "mine", author: authors[1]))
    try await session.commit()
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func aTableThatBeganToReferToADeletedRowIsAConflictOnceItHasRows(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(Reopened(store))
    session.add(Author(name: "a"))
    try await session.commit()
    session.delete(try #require(try await session.get(Author.self, 1)))
    try await session.flush()
    let other = RomeSession(Reopened(store))
    let book = Book(title: "theirs")
    book.authorID = 1
    other.add(book)
    try await other.commit()
    await expectError(.conflict) {
      _ = try await session.query(Tag.self).count()
      try await session.commit()
    }
    session.rollback()
    try await expectClean(store)
  }
}
