// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rome

/// Streams that go on while the session commits or rolls back.
@Suite struct StreamingTests {
  @Test(arguments: TestStore.all)
  func aStreamDoesNotBringBackWhatWasBeforeACommit(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    let books = (0..<40).map { Book(title: "\($0)", price: 1) }
    session.addAll(books)
    try await session.commit()
    var count = 0
    for try await book in session.query(Book.self).order(by: Book.id).stream(batchSize: 4) {
      count += 1
      #expect(book === books[count - 1])
      books[39].price += 1
      book.title += "!"
      try await session.commit()
    }
    #expect(count == 40)
    #expect(books[39].price == 41)
    #expect(try await RomeSession(store).query(Book.self).filter(Book.price == 41).count() == 1)
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func aStreamedRowThatWasRolledBackIsNotWritten(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    do {
      session.addAll((0..<40).map { Book(isbn: "\($0)", title: "\($0)", price: 1) })
    }
    var last: Book?
    for try await book in session.query(Book.self).order(by: Book.id).stream(batchSize: 4) {
      if last == nil { session.rollback() }
      last = book
    }
    let book = try #require(last)
    book.title = "lost"
    // Nothing of it may get into the store without its index entries, whether the session still holds it or not.
    do { try await session.commit() } catch { #expect(error.code == .conflict) }
    session.rollback()
    #expect(try await session.query(Book.self).count() == 0)
    try await expectClean(store)
  }
}
