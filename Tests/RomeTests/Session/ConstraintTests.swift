// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rome

@Suite struct ConstraintTests {
  @Test(arguments: TestStore.all)
  func equalValuesInAUniqueIndexAreRefused(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    session.add(Book(isbn: "1", title: "A"))
    try await session.commit()
    let other = RomeSession(store)
    other.add(Book(isbn: "1", title: "B"))
    do {
      try await other.commit()
      Issue.record("no error")
    } catch {
      #expect(error.code == .uniqueViolation)
      #expect(error.entity == "books")
      #expect(error.index == "uq_isbn")
    }
    other.rollback()
    other.addAll([Book(isbn: "2", title: "C"), Book(isbn: "2", title: "D")])
    await expectError(.uniqueViolation) { try await other.commit() }
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func nullsAreNotEqualInAUniqueIndex(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    session.addAll([Book(title: "A"), Book(title: "B"), Book(title: "C")])
    try await session.commit()
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func uniqueValuesCanBeSwappedAndPassedOnInOneTransaction(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    let first = Book(isbn: "1", title: "A")
    let second = Book(isbn: "2", title: "B")
    session.addAll([first, second])
    try await session.commit()
    first.isbn = "2"
    second.isbn = "1"
    try await session.commit()
    session.delete(first)
    session.add(Book(isbn: "2", title: "C"))
    try await session.commit()
    #expect(try await RomeSession(store).find(Book.isbn, "2").map(\.title) == ["C"])
    #expect(try await RomeSession(store).find(Book.isbn, "1").map(\.title) == ["B"])
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func aViolationCanBeMendedAndCommittedAgain(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    session.add(Book(isbn: "1", title: "A"))
    try await session.commit()
    let book = Book(isbn: "1", title: "B")
    session.add(book)
    await expectError(.uniqueViolation) { try await session.commit() }
    book.isbn = "2"
    try await session.commit()
    #expect(try await RomeSession(store).find(Book.isbn, "2").count == 1)
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func aForeignKeyMustReferToARow(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    let book = Book(title: "A")
    book.authorID = 999
    session.add(book)
    do {
      try await session.commit()
      Issue.record("no error")
    } catch {
      #expect(error.code == .foreignKeyViolation)
      #expect(error.entity == "books")
      #expect(error.column == "author_id")
    }
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func aForeignKeyIsCheckedInATransactionThatReadNothing(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let setup = RomeSession(store)
    setup.add(Author(name: "X"))
    try await setup.commit()
    await expectError(.foreignKeyViolation) {
      try await RomeSession(store).transaction { session in
        _ = try await session.find(Author.self, 1)
        let book = Book(title: "A")
        book.authorID = 999
        session.add(book)
      }
    }
  }

  @Test(arguments: TestStore.all)
  func rowsThatAreReferredToAreNotDeleted(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    let author = Author(name: "A")
    let book = Book(title: "B", author: author)
    session.addAll([author, book])
    try await session.commit()
    session.delete(author)
    await expectError(.restrictViolation) { try await session.commit() }
    session.rollback()
    session.delete(author)
    session.delete(book)
    try await session.commit()
    #expect(try await RomeSession(store).find(Author.self, 1) == nil)
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func deletingCascadesAndSetsNull(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    let mentor = Author(name: "mentor")
    let pupil = Author(name: "pupil")
    pupil.set(Author.mentor, to: mentor)
    let book = Book(title: "B")
    let review = Review(book: book, stars: 5)
    session.addAll([mentor, pupil, book, review, Review(book: book, stars: 4)])
    try await session.commit()
    #expect(pupil.mentorID == mentor.id)
    session.delete(book)
    session.delete(mentor)
    try await session.commit()
    #expect(pupil.mentorID == nil)
    #expect(review.entityState.status == .deleted)
    let check = RomeSession(store)
    #expect(try await check.find(Author.self, pupil.id)?.mentorID == nil)
    #expect(try await check.find(Review.bookID, 1).isEmpty)
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func aProcessThatDoesNotKnowTheReferringTableKeepsItsForeignKeys(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    let author = Author(name: "A")
    let book = Book(title: "B")
    session.addAll([author, Book(title: "C", author: author), book, Review(book: book, stars: 1)])
    try await session.commit()
    // A store object of its own stands for another process: it has only the records in the store to go by.
    let other = RomeSession(Reopened(store))
    other.delete(try #require(try await other.find(Author.self, author.id)))
    await expectError(.restrictViolation) { try await other.commit() }
    other.rollback()
    other.delete(try #require(try await other.find(Book.self, book.id)))
    try await other.commit()
    #expect(try await RomeSession(store).find(Review.bookID, 3).isEmpty)
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func aChildAndTheDeletionOfItsParentExcludeEachOther(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let setup = RomeSession(store)
    let author = Author(name: "A")
    setup.add(author)
    setup.add(Book(title: "warms the catalog up"))
    try await setup.commit()
    let deleting = RomeSession(store)
    deleting.delete(try #require(try await deleting.find(Author.self, author.id)))
    try await deleting.flush()
    let inserting = RomeSession(store)
    let book = Book(title: "B")
    book.authorID = author.id
    inserting.add(book)
    try await inserting.commit()
    await expectError(.conflict) { try await deleting.commit() }
    deleting.rollback()
    try await expectClean(store)

    inserting.delete(book)
    try await inserting.commit()
    let late = Book(title: "C")
    late.authorID = author.id
    inserting.add(late)
    try await inserting.flush()
    deleting.delete(try #require(try await deleting.find(Author.self, author.id)))
    try await deleting.commit()
    await expectError(.foreignKeyViolation) { try await inserting.commit() }
    try await expectClean(store)
  }
}
