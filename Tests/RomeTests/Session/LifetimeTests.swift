// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rome

/// What holds a session, and for how long.
@Suite struct LifetimeTests {
  private func abandoned(_ work: (RomeSession) async throws -> Void) async throws -> Bool {
    weak var session: RomeSession?
    do {
      let strong = RomeSession(MemoryStore())
      session = strong
      try await work(strong)
    }
    return session == nil
  }

  @Test func `a session that is given up with staged rows that it has loaded is freed`() async throws {
    #expect(
      try await abandoned { session in
        session.add(Author(name: "A"))
        session.expunge(Author(name: "B"))
        try await session.flush()
        _ = try await session.query(Author.self).filter(Author.name == "A").update { $0.set(Author.name, to: "B") }
        for author in try await session.query(Author.self).all() { _ = author.name }
        for author in try await session.query(Author.self).all() { author.name += "!" }
        try await session.flush()
        _ = try await session.query(Author.self).all()
      })
  }

  @Test func `a session that is given up after a rollback of loaded rows is freed`() async throws {
    #expect(
      try await abandoned { session in
        session.add(Author(name: "A"))
        _ = try await session.query(Author.self).all()
        session.rollback()
        session.add(Author(name: "A"))
        try await session.commit()
        _ = try await session.query(Author.self).all()
      })
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
