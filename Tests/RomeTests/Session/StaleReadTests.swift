// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rome

/// A transaction does not take what the session held before for something that it has read.
@Suite struct StaleReadTests {
  @Test(arguments: TestStore.all)
  func settingAnOldValueAgainDoesNotCountAsReading(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    let book = Book(title: "Foundation", price: 10)
    session.add(book)
    try await session.commit()
    let other = RomeSession(store)
    try #require(try await other.get(Book.self, 1)).price = 20
    try await other.commit()
    try await session.transaction { session in
      book.price = 10
      try await session.flush()
      #expect(try await session.get(Book.self, 1)?.price == 20)
    }
  }

  @Test(arguments: TestStore.all)
  func aToOneRelationshipIsReadByTheTransaction(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    let author = Author(name: "old")
    session.add(Book(title: "Foundation", author: author))
    try await session.commit()
    let book = try #require(try await session.get(Book.self, 1))
    #expect(try await book.author === author)
    let other = RomeSession(store)
    try #require(try await other.get(Author.self, 1)).name = "new"
    try await other.commit()
    var attempts = 0
    try await session.transaction { session in
      attempts += 1
      let book = try #require(try await session.get(Book.self, 1))
      let name = try #require(try await book.author).name
      if attempts == 1 {
        #expect(name == "new")
        let third = RomeSession(store)
        try #require(try await third.get(Author.self, 1)).name = "newest"
        try await third.commit()
      }
      book.title = name
    }
    #expect(attempts == 2)
    #expect(try await RomeSession(store).query(Book.self).select(Book.title).one() == "newest")
  }

  @Test(arguments: TestStore.all)
  func aBulkUpdateDoesNotDropChangesThatAreNotFlushed(_ kind: TestStore) async throws {
    let session = RomeSession(try await kind.make())
    let book = Book(title: "Foundation", price: 10)
    session.add(book)
    try await session.commit()
    session.autoflush = false
    book.title = "Nemesis"
    await expectError(.invalidState) { try await session.query(Book.self).update { $0.set(Book.price, to: 1) } }
    try await session.flush()
    try await session.query(Book.self).update { $0.set(Book.price, to: 1) }
    try await session.commit()
    #expect(book.title == "Nemesis" && book.price == 1)
    try await expectClean(session.store)
  }

  @Test(arguments: TestStore.all)
  func aRowThatTwoClassesChangeInOneUnitOfWorkIsAConflict(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    session.add(Book(title: "Foundation", price: 10))
    try await session.commit()
    let book = try #require(try await session.get(Book.self, 1))
    let same = try #require(try await session.get(SameBook.self, 1))
    book.price = 20
    try await session.flush()
    same.entityState[2] = "Nemesis"
    await expectError(.conflict) { try await session.commit() }
    session.rollback()
    try await expectClean(store)
  }

  private final class SameBook: Entity {
    static let schema = EntitySchema(
      table: "books", columns: Book.schema.columns, primaryKey: ["id"],
      foreignKeys: Book.schema.foreignKeys.map(\.description))
    let entityState: EntityState
    init(entityState: EntityState) { self.entityState = entityState }
  }
}
