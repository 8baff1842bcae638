// SPDX-License-Identifier: Apache-2.0

import RomeTesting
import Testing

@testable import Rome

/// Random units of work on a session and on dictionaries: after each, the store holds what the model says, found through
/// every index, and ``Store/verify(batchSize:progress:)`` finds nothing wrong.
@Suite struct RandomOperationsTests {
  private struct BookModel: Equatable {
    var isbn: String?
    var price: Int
    var authorID: Int?
  }

  private struct Model: Equatable {
    var books: [Int: BookModel] = [:]
    var authors: Set<Int> = []

    /// Whether two books have the same ISBN.
    var hasDuplicates: Bool {
      let known = books.values.compactMap(\.isbn)
      return Set(known).count < known.count
    }
  }

  private struct TakenBack: Error {}

  @Test(arguments: TestStore.all, 0..<16)
  func rowsAndIndexesFollowTheModel(_ kind: TestStore, _ seed: Int) async throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let store = try await kind.make()
    var committed = Model()
    var session = RomeSession(store)
    for _ in 0..<30 {
      var working = committed
      if Int.random(in: 0..<4, using: &generator) == 0 { session = RomeSession(store) }
      for _ in 0..<Int.random(in: 1...8, using: &generator) {
        try await step(session, &working, &generator)
      }
      if Int.random(in: 0..<5, using: &generator) == 0 {
        session.rollback()
        continue
      }
      do {
        try await session.commit()
        #expect(!working.hasDuplicates, "seed \(seed): a duplicate was committed")
        committed = working
      } catch {
        #expect(error.code == .uniqueViolation && working.hasDuplicates, "seed \(seed): \(error)")
        session.rollback()
      }
      if Int.random(in: 0..<4, using: &generator) == 0 { try await expect(store, committed, seed) }
    }
    try await expect(store, committed, seed)
    try await expectClean(store)
  }

  private func step(_ session: RomeSession, _ model: inout Model, _ generator: inout SeededGenerator) async throws {
    switch Int.random(in: 0..<12, using: &generator) {
    case 0...2:
      let author = model.authors.sorted().randomElement(using: &generator)
      let book = Book(isbn: randomISBN(&generator), title: "T", price: Int.random(in: 0..<4, using: &generator))
      if Bool.random(using: &generator) { book.authorID = author }
      session.add(book)
      try await flush(session, model)
      if let id = book.id { model.books[id] = BookModel(isbn: book.isbn, price: book.price, authorID: book.authorID) }
    case 3...6:
      guard let id = model.books.keys.sorted().randomElement(using: &generator),
        let book = try await load(session, id, model)
      else { return }
      switch Int.random(in: 0..<3, using: &generator) {
      case 0: book.price = Int.random(in: 0..<4, using: &generator)
      case 1: book.isbn = randomISBN(&generator)
      default:
        book.authorID = Bool.random(using: &generator) ? nil : model.authors.sorted().randomElement(using: &generator)
      }
      model.books[id] = BookModel(isbn: book.isbn, price: book.price, authorID: book.authorID)
    case 7:
      guard let id = model.books.keys.sorted().randomElement(using: &generator),
        let book = try await load(session, id, model)
      else { return }
      session.delete(book)
      model.books[id] = nil
    case 8:
      let author = Author(name: "A")
      session.add(author)
      try await flush(session, model)
      if let id = author.id { model.authors.insert(id) }
    case 9:
      try await deleteAuthor(session, &model, &generator)
    case 10:
      try await flush(session, model)
    default:
      // Duplicates of ISBNs end a savepoint as they end a flush, so the savepoint only starts from a state without.
      if model.hasDuplicates { return }
      let before = model
      var inner = model
      do {
        try await session.savepoint { session in
          for _ in 0..<3 { try await self.change(session, &inner, &generator) }
          if Bool.random(using: &generator) || inner.hasDuplicates { throw TakenBack() }
        }
        model = inner
      } catch is TakenBack {
        model = before
      } catch let error as RomeError where error.code == .uniqueViolation && inner.hasDuplicates {
        model = before
      }
    }
  }

  /// A change inside a savepoint.
  private func change(_ session: RomeSession, _ model: inout Model, _ generator: inout SeededGenerator) async throws {
    guard let id = model.books.keys.sorted().randomElement(using: &generator),
      let book = try await session.find(Book.self, id)
    else { return }
    if Int.random(in: 0..<3, using: &generator) == 0 {
      session.delete(book)
      model.books[id] = nil
    } else {
      book.price = Int.random(in: 0..<4, using: &generator)
      book.isbn = randomISBN(&generator)
      model.books[id] = BookModel(isbn: book.isbn, price: book.price, authorID: book.authorID)
    }
    try await session.flush()
  }

  private func deleteAuthor(
    _ session: RomeSession, _ model: inout Model, _ generator: inout SeededGenerator
  ) async throws {
    try await flush(session, model)
    if model.hasDuplicates { return }
    guard let id = model.authors.sorted().randomElement(using: &generator),
      let author = try await session.find(Author.self, id)
    else { return }
    let isReferredTo = model.books.values.contains { $0.authorID == id }
    if isReferredTo {
      let author = try #require(try await session.find(Author.self, id))
      #expect(try await author.books.count == model.books.values.filter { $0.authorID == id }.count)
    } else {
      session.delete(author)
      try await session.flush()
      model.authors.remove(id)
    }
  }

  /// Flushes; two equal ISBNs in one unit of work show here.
  private func flush(_ session: RomeSession, _ model: Model) async throws {
    do {
      try await session.flush()
    } catch  where error.code == .uniqueViolation {
      // The unit of work goes on, and its commit fails the same way.
    }
  }

  private func load(_ session: RomeSession, _ id: Int, _ model: Model) async throws -> Book? {
    do {
      return try await session.find(Book.self, id)
    } catch let error as RomeError where error.code == .uniqueViolation {
      return nil
    }
  }

  private func randomISBN(_ generator: inout SeededGenerator) -> String? {
    let number = Int.random(in: 0..<40, using: &generator)
    return number < 12 ? nil : "\(number)"
  }

  private func expect(_ store: any Store, _ model: Model, _ seed: Int) async throws {
    let session = RomeSession(store)
    var found = Model()
    for price in 0..<4 {
      for book in try await session.find(Book.price, price) {
        let id = try #require(book.id)
        found.books[id] = BookModel(isbn: book.isbn, price: book.price, authorID: book.authorID)
        if let isbn = book.isbn {
          let same = try await session.find(Book.isbn, isbn)
          #expect(same.count == 1 && same.first === book, "seed \(seed)")
        }
      }
    }
    found.authors = Set(try await session.find(Author.name, "A").compactMap(\.id))
    #expect(found == model, "seed \(seed)")
    #expect(try await store.verify().isClean, "seed \(seed)")
  }
}
