// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rome

@Suite struct TransactionTests {
  /// A store with two books of the prices 10 and 20.
  private func library(_ kind: TestStore) async throws -> any Store {
    let store = try await kind.make()
    let session = RomeSession(store)
    session.addAll([Book(isbn: "a", title: "A", price: 10), Book(isbn: "b", title: "B", price: 20)])
    try await session.commit()
    return store
  }

  @Test(arguments: TestStore.all)
  func anErrorRollsEverythingBack(_ kind: TestStore) async throws {
    struct Stop: Error {}
    let store = try await library(kind)
    let session = RomeSession(store)
    let book = try #require(try await session.find(Book.self, 1))
    await #expect(throws: Stop.self) {
      try await session.transaction { session in
        book.price = 99
        session.add(Author(name: "X"))
        try await session.flush()
        throw Stop()
      }
    }
    #expect(book.price == 10)
    #expect(!session.hasChanges)
    #expect(try await session.find(Author.name, "X").isEmpty)
  }

  @Test(arguments: TestStore.all)
  func aConflictRunsTheClosureAgain(_ kind: TestStore) async throws {
    let store = try await library(kind)
    let session = RomeSession(store)
    var attempts = 0
    try await session.transaction { session in
      attempts += 1
      let book = try #require(try await session.find(Book.self, 1))
      if attempts == 1 {
        let other = RomeSession(store)
        try #require(try await other.find(Book.self, 1)).price = 100
        try await other.commit()
      }
      book.price += 1
    }
    #expect(attempts == 2)
    #expect(try await RomeSession(store).find(Book.self, 1)?.price == 101)
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func entitiesLoadedBeforeAreLoadedAgainBeforeTheClosureRunsAgain(_ kind: TestStore) async throws {
    let store = try await library(kind)
    let session = RomeSession(store)
    let book = try #require(try await session.find(Book.self, 1))
    let other = RomeSession(store)
    try #require(try await other.find(Book.self, 1)).price = 100
    try await other.commit()
    var seen: [Int] = []
    try await session.transaction { _ in
      seen.append(book.price)
      book.price += 1
    }
    #expect(seen == [10, 100])
    #expect(try await RomeSession(store).find(Book.self, 1)?.price == 101)
  }

  @Test(arguments: TestStore.all)
  func retriesAreBounded(_ kind: TestStore) async throws {
    let store = try await library(kind)
    let session = RomeSession(store)
    var attempts = 0
    await expectError(.conflict) {
      try await session.transaction(retry: RetryPolicy(maximumAttempts: 3, firstDelay: .zero)) { session in
        attempts += 1
        let book = try #require(try await session.find(Book.self, 1))
        let other = RomeSession(store)
        try #require(try await other.find(Book.self, 1)).price += 1
        try await other.commit()
        book.price += 1000
      }
    }
    #expect(attempts == 3)
    #expect(try await RomeSession(store).find(Book.self, 1)?.price == 13)
  }

  @Test(arguments: TestStore.all)
  func aChangeOfWhatWasOnlyReadIsAConflict(_ kind: TestStore) async throws {
    let store = try await library(kind)
    let session = RomeSession(store)
    await expectError(.conflict) {
      try await session.transaction(retry: .never) { session in
        let read = try #require(try await session.find(Book.self, 1))
        let written = try #require(try await session.find(Book.self, 2))
        let other = RomeSession(store)
        try #require(try await other.find(Book.self, 1)).price = 0
        try await other.commit()
        written.price = read.price
      }
    }
    #expect(try await RomeSession(store).find(Book.self, 2)?.price == 20)
  }

  @Test(arguments: TestStore.all)
  func aPhantomIsAConflict(_ kind: TestStore) async throws {
    let store = try await library(kind)
    let session = RomeSession(store)
    await expectError(.conflict) {
      try await session.transaction(retry: .never) { session in
        let cheap = try await session.find(Book.price, 10)
        #expect(cheap.count == 1)
        let other = RomeSession(store)
        other.add(Book(title: "C", price: 10))
        try await other.commit()
        session.add(Author(name: "\(cheap.count) cheap books"))
      }
    }
  }

  @Test(arguments: TestStore.all)
  func readCommittedNoticesOnlyWhatItWrites(_ kind: TestStore) async throws {
    let store = try await library(kind)
    let session = RomeSession(store)
    try await session.transaction(isolation: .readCommitted, retry: .never) { session in
      _ = try await session.find(Book.self, 1)
      let written = try #require(try await session.find(Book.self, 2))
      let other = RomeSession(store)
      try #require(try await other.find(Book.self, 1)).price = 0
      try await other.commit()
      #expect(try await session.find(Book.self, 1)?.price == 0)
      written.price = 21
    }
    #expect(try await RomeSession(store).find(Book.self, 2)?.price == 21)
  }

  @Test(arguments: TestStore.all)
  func aTransactionThatOnlyReadsSeesOneState(_ kind: TestStore) async throws {
    let store = try await library(kind)
    let session = RomeSession(store)
    var attempts = 0
    let sum = try await session.transaction { session in
      attempts += 1
      let first = try #require(try await session.find(Book.self, 1)).price
      if attempts == 1 {
        let other = RomeSession(store)
        try #require(try await other.find(Book.self, 1)).price -= 5
        try #require(try await other.find(Book.self, 2)).price += 5
        try await other.commit()
      }
      return first + (try #require(try await session.find(Book.self, 2)).price)
    }
    #expect(sum == 30)
  }

  @Test(arguments: TestStore.all)
  func aSavepointTakesBackOnlyItsOwnWork(_ kind: TestStore) async throws {
    struct Stop: Error {}
    let store = try await library(kind)
    let session = RomeSession(store)
    try await session.transaction { session in
      let book = try #require(try await session.find(Book.self, 1))
      book.price = 11
      let outer = Author(name: "outer")
      session.add(outer)
      let inner = Author(name: "inner")
      await #expect(throws: Stop.self) {
        try await session.transaction { session in
          book.price = 12
          book.title = "changed"
          session.add(inner)
          session.delete(try #require(try await session.find(Book.self, 2)))
          try await session.flush()
          throw Stop()
        }
      }
      #expect(book.price == 11 && book.title == "A")
      #expect(inner.entityState.status == .transient)
      #expect(outer.entityState.status == .persistent)
      #expect(try await session.find(Author.name, "inner").isEmpty)
      #expect(try await session.find(Book.self, 2) != nil)
      try await session.transaction { session in session.add(Author(name: "second")) }
    }
    let check = RomeSession(store)
    #expect(try await check.find(Book.self, 1)?.price == 11)
    #expect(try await check.find(Author.name, "outer").count == 1)
    #expect(try await check.find(Author.name, "second").count == 1)
    #expect(try await check.find(Author.name, "inner").isEmpty)
    #expect(try await check.find(Book.self, 2) != nil)
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func aTransactionRefusesToStartOnUncommittedChanges(_ kind: TestStore) async throws {
    let session = RomeSession(try await kind.make())
    session.add(Author(name: "X"))
    await expectError(.invalidState) { try await session.transaction { _ in } }
    try await session.commit()
    await expectError(.invalidState) { try await session.transaction { _ = try await $0.commit() } }
  }

  @Test(arguments: TestStore.all)
  func aCancelledTaskCommitsNothing(_ kind: TestStore) async throws {
    let store = try await library(kind)
    let task = Task {
      let session = RomeSession(store)
      try await session.transaction { session in
        session.add(Author(name: "X"))
        try await session.flush()
        withUnsafeCurrentTask { $0?.cancel() }
      }
    }
    await expectError(.cancelled) { try await task.value }
    #expect(try await RomeSession(store).find(Author.name, "X").isEmpty)
  }

  @Test(arguments: TestStore.all)
  func aTableThatAnotherSessionAddsIsNoConflict(_ kind: TestStore) async throws {
    let store = try await library(kind)
    let session = RomeSession(store)
    let book = try #require(try await session.find(Book.self, 1))
    book.price = 11
    try await session.flush()
    let other = RomeSession(store)
    other.add(Tag("new table"))
    try await other.commit()
    try await session.commit()
    #expect(try await RomeSession(store).find(Book.self, 1)?.price == 11)
  }
}
