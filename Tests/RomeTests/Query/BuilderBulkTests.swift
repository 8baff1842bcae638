// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rome

@Suite struct BuilderBulkTests {
  /// Soft-deleted by its id.
  private final class Note: Entity {
    static let schema = EntitySchema(
      table: "notes",
      columns: [
        ColumnDescription("id", Int?.self), ColumnDescription("text", String.self),
        ColumnDescription("deleted", Int.self, role: .deleted, default: { 0 }),
      ],
      primaryKey: ["id"], indexes: [.unique("text", "deleted")])
    static var text: Column<Note, String> { Column(1) }
    static var deleted: Column<Note, Int> { Column(2) }
    let entityState: EntityState
    init(entityState: EntityState) { self.entityState = entityState }
    init(_ text: String) {
      entityState = EntityState(of: Note.self)
      entityState[1] = text
    }
  }

  @Test(arguments: TestStore.all)
  func anUpdateSeesTheValuesFromBefore(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    let held = try await session.query(Book.self).filter(Book.isbn == "1").one()
    let count = try await session.query(Book.self).filter(Book.price >= 12).update {
      $0.set(Book.price, to: Book.price + 1)
      $0.set(Book.isbn, to: nil)
    }
    #expect(count == 3)
    #expect(held.price == 13)
    #expect(held.isbn == nil)
    #expect(try await session.select(Book.price).order(by: Book.price).all() == [5, 8, 13, 13, 21])
    #expect(try await RomeSession(session.store).query(Book.self).filter(Book.price == 13).count() == 0)
    try await session.commit()
    #expect(try await RomeSession(session.store).query(Book.self).filter(Book.price == 13).count() == 2)
    try await expectClean(session.store)
  }

  @Test(arguments: TestStore.all)
  func anUpdateByNameChecksNamesAndTypes(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    #expect(try await session.query(Book.self).filter(Book.price == 12).update(["price": 3, "authorID": nil]) == 2)
    #expect(try await session.query(Book.self).filter(Book.authorID == nil).count() == 3)
    let all = session.query(Book.self)
    await expectError(.unknownColumn) { try await all.update(["pages": 3]) }
    await expectError(.wrongType) { try await all.update(["price": "3"]) }
    await expectError(.notNullViolation) { try await all.update(["price": nil]) }
    await expectError(.invalidState) { try await all.update(["authorID": 1, "author_id": 2]) }
    await expectError(.invalidState) { try await all.update(["id": 77]) }
    await expectError(.invalidQuery) { try await all.update { $0.set(Author.name, to: "x") } }
    await expectError(.invalidQuery) { try await all.unionAll(all).update(["price": 3]) }
    session.rollback()
    #expect(try await session.query(Book.self).filter(Book.price == 12).count() == 2)
  }

  @Test(arguments: TestStore.all)
  func aJoinedUpdateChangesEachRowOnce(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    let count = try await session.query(Author.self).join(Author.books).filter(Book.price > 1)
      .update { $0.set(Author.name, to: concat(Author.name, constant("!"))) }
    #expect(count == 2)
    #expect(try await session.select(Author.name).order(by: Author.name).all() == ["Asimov!", "Campbell", "Clarke!"])
  }

  @Test(arguments: TestStore.all)
  func aDeletionFollowsForeignKeys(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    await expectError(.restrictViolation) {
      try await session.query(Author.self).filter(Author.name == "Clarke").delete()
    }
    #expect(try await session.query(Book.self).filter(Book.title == "Rama").delete() == 1)
    #expect(try await session.query(Review.self).count() == 0)
    #expect(try await session.query(Book.self).filter(Book.title == "Rama").delete() == 0)
    try await session.commit()
    #expect(try await session.query(Book.self).count() == 4)
    try await expectClean(session.store)
  }

  @Test(arguments: TestStore.all)
  func softDeletedRowsAreReadOnlyWhenAskedFor(_ kind: TestStore) async throws {
    let session = RomeSession(try await kind.make())
    session.addAll([Note("a"), Note("b"), Note("c")])
    try await session.commit()
    #expect(try await session.query(Note.self).filter(Note.text == "b").softDelete() == 1)
    try await session.commit()
    func texts(_ choice: ReadDeleted?) async throws -> [String] {
      try await session.query(Note.self, readDeleted: choice).order(by: Note.text).select(Note.text).all()
    }
    #expect(try await texts(nil) == ["a", "c"])
    #expect(try await texts(.no) == ["a", "c"])
    #expect(try await texts(.yes) == ["a", "b", "c"])
    #expect(try await texts(.only) == ["b"])
    #expect(try await session.query(Note.self).readDeleted(.only).select(Note.deleted).one() == 2)
    session.add(Note("b"))
    try await session.commit()
    await expectError(.invalidState) { try await session.query(Book.self).softDelete() }
  }

  @Test(arguments: TestStore.all)
  func compareAndSwapChangesTheRowThatMatches(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    let book = try await session.updateOnMatch(Book.self, 1, values: ["price": 99], expected: ["price": 12])
    #expect(book.price == 99)
    await expectError(.notFound) {
      try await session.updateOnMatch(Book.self, 1, values: ["price": 100], expected: ["price": 12])
    }
    await expectError(.multipleResults) {
      try await session.query(Book.self).updateOnMatch(values: ["price": 1], expected: ["isbn": nil])
    }
    try await session.commit()
    #expect(try await RomeSession(session.store).get(Book.self, 1)?.price == 99)
  }

  @Test(arguments: TestStore.all)
  func ofTwoCompareAndSwapsOneWins(_ kind: TestStore) async throws {
    let first = try await BuilderFixture.session(on: kind)
    let second = RomeSession(first.store)
    try await first.updateOnMatch(Book.self, 1, values: ["price": 1], expected: ["price": 12])
    try await second.updateOnMatch(Book.self, 1, values: ["price": 2], expected: ["price": 12])
    try await first.commit()
    await expectError(.conflict) { try await second.commit() }
    #expect(try await RomeSession(first.store).get(Book.self, 1)?.price == 1)
  }

  @Test(arguments: TestStore.all)
  func anUpsertAddsOrUpdates(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    let new = Book(isbn: "7", title: "New", price: 1)
    #expect(try await session.upsert(new, on: Book.isbn) === new)
    let again = try await session.upsert(Book(isbn: "7", title: "Newer", price: 2), on: Book.isbn)
    #expect(again === new)
    #expect(new.title == "Newer")
    let clarke = try await session.query(Author.self).filter(Author.name == "Clarke").one()
    let old = try await session.upsert(Book(isbn: "1", title: "Old", price: 3, author: clarke), on: Book.isbn)
    #expect(old.id == 1)
    try await session.commit()
    let fresh = try #require(try await RomeSession(session.store).get(Book.self, 1))
    #expect(fresh.title == "Old" && fresh.price == 3 && fresh.authorID == clarke.id)
    #expect(try await session.query(Book.self).count() == 6)
    await expectError(.invalidState) { try await session.upsert(old, on: Book.isbn) }
    await expectError(.invalidQuery) { try await session.upsert(Book(title: "x"), on: Book.title) }
    try await expectClean(session.store)
  }

  @Test(arguments: TestStore.all)
  func aTransactionWhoseUpsertMetAnotherOneRunsAgain(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    var attempts = 0
    try await session.transaction { session in
      attempts += 1
      try await session.upsert(Book(isbn: "9", title: "mine", price: 1), on: Book.isbn)
      if attempts == 1 {
        let other = RomeSession(session.store)
        try await other.upsert(Book(isbn: "9", title: "theirs", price: 2), on: Book.isbn)
        try await other.commit()
      }
    }
    #expect(attempts == 2)
    #expect(try await RomeSession(session.store).query(Book.self).filter(Book.isbn == "9").one().title == "mine")
    try await expectClean(session.store)
  }
}
