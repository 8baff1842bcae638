// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rome

/// What holds a session, and for how long.
@Suite struct LifetimeTests {
  /// Whether a session, its store and the entities are gone when the work is done and nobody refers to them.
  private func abandoned(_ work: (RomeSession) async throws -> Void) async throws -> Bool {
    weak var session: RomeSession?
    weak var store: MemoryStore?
    do {
      let base = MemoryStore()
      let strong = RomeSession(base)
      (session, store) = (strong, base)
      try await work(strong)
    }
    return session == nil && store == nil
  }

  /// Two authors, of whom one is the mentor of the other, with books, reviews and tags.
  private func library(_ session: RomeSession) async throws {
    let mentor = Author(name: "M")
    let author = Author(name: "A")
    session.addAll([mentor, author])
    try await session.flush()
    author.mentorID = mentor.id
    for number in 1...3 {
      let book = Book(title: "\(number)", price: number, author: number == 3 ? mentor : author)
      session.add(book)
      session.add(Review(book: book, stars: number))
      try book.add(Tag("t\(number)"), to: Book.tags)
    }
    try await session.commit()
  }

  @Test func `a session that is given up with staged rows that it has loaded is freed`() async throws {
    let isFreed = try await abandoned { session in
      session.add(Author(name: "A"))
      session.expunge(Author(name: "B"))
      try await session.flush()
      _ = try await session.query(Author.self).filter(Author.name == "A").update { $0.set(Author.name, to: "B") }
      for author in try await session.query(Author.self).all() { _ = author.name }
      for author in try await session.query(Author.self).all() { author.name += "!" }
      try await session.flush()
      _ = try await session.query(Author.self).all()
    }
    #expect(isFreed)
  }

  @Test func `a session that is given up after a rollback of loaded rows is freed`() async throws {
    let isFreed = try await abandoned { session in
      session.add(Author(name: "A"))
      _ = try await session.query(Author.self).all()
      session.rollback()
      session.add(Author(name: "A"))
      try await session.commit()
      _ = try await session.query(Author.self).all()
    }
    #expect(isFreed)
  }

  @Test func `relationships that were loaded in both directions are freed`() async throws {
    let isFreed = try await abandoned { session in
      try await library(session)
      for author in try await session.query(Author.self).all() {
        for book in try await author.books {
          #expect(try await book.author === author)
          #expect(try await book.author?.books.contains { $0 === book } == true)
          for review in try await book.reviews { #expect(try await review.entityState.load(Review.book) === book) }
          _ = try await book.tags
        }
        _ = try await author.entityState.load(Author.mentor)?.books.first?.author
      }
    }
    #expect(isFreed)
  }

  @Test func `an author who is their own mentor is freed`() async throws {
    let isFreed = try await abandoned { session in
      let author = Author(name: "A")
      session.add(author)
      try await session.flush()
      author.set(Author.mentor, to: author)
      try await session.commit()
      let again = try await session.query(Author.self).one()
      #expect(try await again.entityState.load(Author.mentor) === again)
    }
    #expect(isFreed)
  }

  @Test(arguments: [0, 1, 2]) func `changed entities that lead to clean ones are freed with their session`(
    ending: Int
  ) async throws {
    let isFreed = try await abandoned { session in
      try await library(session)
      for book in try await session.query(Book.self).all() {
        // What a book leads to is loaded before it is changed for some, and afterwards for others.
        if book.price < 3 { _ = try await book.author?.books }
        book.title += "!"
        for author in try await session.query(Author.self).all() { _ = try await author.books }
        _ = try await book.author?.books
        _ = try await book.reviews
      }
      session.add(Book(title: "new", author: try await session.query(Author.self).first()))
      switch ending {
      case 0: try await session.flush()
      case 1: session.rollback()
      default: try await session.commit()
      }
      for author in try await session.query(Author.self).all() { _ = try await author.books.first?.author }
    }
    #expect(isFreed)
  }

  @Test func `deleted entities and those that led to them are freed`() async throws {
    let isFreed = try await abandoned { session in
      try await library(session)
      for book in try await session.query(Book.self).all() {
        _ = try await book.author?.books
        _ = try await book.reviews
        session.delete(book)
      }
      try await session.flush()
      for author in try await session.query(Author.self).all() { _ = try await author.books }
    }
    #expect(isFreed)
  }

  @Test(arguments: [false, true]) func `a transaction that has ended leaves nothing behind`(fails: Bool) async throws {
    struct Failure: Error {}
    let isFreed = try await abandoned { session in
      try await library(session)
      for _ in 0..<2 {
        do {
          try await session.transaction { session in
            for author in try await session.query(Author.self).all() {
              for book in try await author.books {
                _ = try await book.author
                book.price += 1
                try? await session.savepoint { _ in
                  _ = try await author.books.first?.author
                  author.name += "?"
                  try await session.flush()
                  throw Failure()
                }
              }
            }
            if fails { throw Failure() }
          }
        } catch is Failure {}
      }
      for book in try await session.query(Book.self).all() { _ = try await book.author?.books }
    }
    #expect(isFreed)
  }

  @Test func `new entities that refer to each other keep nothing but themselves`() async throws {
    let isFreed = try await abandoned { session in
      try await library(session)
      let clean = try await session.query(Author.self).first()
      _ = try await clean?.books
      let (one, two) = (Author(name: "1"), Author(name: "2"))
      one.set(Author.mentor, to: two)
      two.set(Author.mentor, to: one)
      session.addAll([one, two, Book(title: "T", author: one)])
      let other = Author(name: "3")
      if let clean { other.set(Author.mentor, to: clean) }
      session.add(other)
    }
    #expect(isFreed)
  }

  @Test func `what the way back of a relationship led to is loaded again when it is gone`() async throws {
    let store = MemoryStore()
    try await library(RomeSession(store))
    let session = RomeSession(store)
    var author: Author? = try await session.query(Author.self).filter(Author.name == "A").one()
    let book = try #require(try await author?.books.first)
    #expect(try await book.author === author)
    let trips = session.statistics.roundTrips
    #expect(try await book.author === author)
    #expect(session.statistics.roundTrips == trips, "while somebody holds it, it costs nothing")
    author = nil
    #expect(try await book.author?.name == "A")
    #expect(session.statistics.roundTrips == trips + 1)
  }

  @Test func `relationships that were loaded for many entities cost nothing afterwards, changed or not`() async throws {
    let store = MemoryStore()
    try await library(RomeSession(store))
    let session = RomeSession(store)
    let books = try await session.query(Book.self).all()
    _ = try await Book.author.load(for: books, in: session)
    _ = try await Book.reviews.load(for: books, in: session)
    let trips = session.statistics.roundTrips
    for book in books {
      book.title += "!"
      #expect(try await book.author?.name.isEmpty == false)
    }
    for book in books { #expect(try await book.author != nil) }
    #expect(session.statistics.roundTrips == trips)
  }

  @Test func `an entity keeps the session that it was loaded by`() async throws {
    let store = MemoryStore()
    let author = try await {
      let session = RomeSession(store)
      let author = Author(name: "A")
      session.add(author)
      session.add(Book(title: "T", price: 1, author: author))
      try await session.commit()
      return try await RomeSession(store).query(Author.self).one()
    }()
    #expect(try await author.books.count == 1)
  }
}
