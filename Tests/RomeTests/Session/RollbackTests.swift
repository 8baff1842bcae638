// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rome

/// What entities are after a rollback of the rows that they were loaded from.
@Suite struct RollbackTests {
  private func library(_ kind: TestStore) async throws -> any Store {
    let store = try await kind.make()
    let session = RomeSession(store)
    session.add(Book(isbn: "1", title: "Foundation", price: 5))
    try await session.commit()
    return store
  }

  @Test(arguments: TestStore.all)
  func anEntityLoadedFromAnUpdateThatWasRolledBackIsNotWritten(_ kind: TestStore) async throws {
    let store = try await library(kind)
    let session = RomeSession(store)
    try await session.query(Book.self).update { $0.set(Book.price, to: 99) }
    let book = try #require(try await session.get(Book.self, 1))
    #expect(book.price == 99)
    session.rollback()
    book.title = "Nemesis"
    await expectError(.conflict) { try await session.commit() }
    session.rollback()
    try await expectClean(store)
    #expect(try await session.get(Book.self, 1) === book)
    #expect(book.price == 5)
    book.title = "Nemesis"
    try await session.commit()
    try await expectClean(store)
    #expect(try await RomeSession(store).query(Book.self).filter(Book.price == 5, Book.title == "Nemesis").count() == 1)
  }

  @Test(arguments: TestStore.all)
  func anEntityLoadedInASavepointThatWasTakenBackIsNotWritten(_ kind: TestStore) async throws {
    struct Stop: Error {}
    let store = try await library(kind)
    let session = RomeSession(store)
    var kept: Book?
    do {
      try await session.savepoint { session in
        try await session.query(Book.self).update { $0.set(Book.price, to: 99) }
        kept = try await session.get(Book.self, 1)
        kept?.isbn = "2"
        throw Stop()
      }
    } catch is Stop {}
    let book = try #require(kept)
    book.title = "Nemesis"
    await expectError(.conflict) { try await session.commit() }
    session.rollback()
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func anEntityChangedBeforeASavepointStaysWritableAfterIt(_ kind: TestStore) async throws {
    struct Stop: Error {}
    let store = try await library(kind)
    let session = RomeSession(store)
    try await session.query(Book.self).update { $0.set(Book.price, to: 7) }
    let book = try #require(try await session.get(Book.self, 1))
    do {
      try await session.savepoint { session in
        book.price = 99
        #expect(try await session.query(Book.self).filter(Book.price == 99).one() === book)
        throw Stop()
      }
    } catch is Stop {}
    #expect(book.price == 7)
    book.title = "Nemesis"
    try await session.commit()
    try await expectClean(store)
    #expect(try await RomeSession(store).query(Book.self).filter(Book.price == 7, Book.title == "Nemesis").count() == 1)
  }

  @Test(arguments: TestStore.all)
  func aSessionCanBeRolledBackInsideOfASavepoint(_ kind: TestStore) async throws {
    struct Stop: Error {}
    let store = try await library(kind)
    let session = RomeSession(store)
    session.add(Book(title: "outer"))
    try await session.savepoint { session in
      session.add(Book(title: "inner"))
      session.rollback()
      session.add(Book(title: "after"))
    }
    try await session.commit()
    #expect(try await session.query(Book.self).order(by: Book.title).all().map(\.title) == ["Foundation", "after"])
    do {
      try await session.transaction { session in
        try await session.savepoint { session in
          session.rollback()
          session.add(Book(title: "lost"))
          throw Stop()
        }
      }
    } catch is Stop {}
    #expect(try await session.query(Book.self).count() == 2)
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func aSessionCanCommitInsideOfASavepoint(_ kind: TestStore) async throws {
    struct Stop: Error {}
    let store = try await library(kind)
    let session = RomeSession(store)
    do {
      try await session.savepoint { session in
        session.add(Book(title: "kept"))
        try await session.commit()
        session.add(Book(title: "lost"))
        throw Stop()
      }
    } catch is Stop {}
    try await session.commit()
    #expect(try await session.query(Book.self).order(by: Book.title).all().map(\.title) == ["Foundation", "kept"])
  }
}
