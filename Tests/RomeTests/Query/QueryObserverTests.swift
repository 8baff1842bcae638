// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rome

@Suite struct QueryObserverTests {
  /// The plans of what the work asks of a session.
  private func plans(
    _ kind: TestStore, of work: (RomeSession) async throws -> Void
  ) async throws -> [QueryPlan] {
    let session = try await BuilderFixture.session(on: kind)
    var plans: [QueryPlan] = []
    session.onQuery = { plans.append($0) }
    try await work(session)
    return plans
  }

  @Test(arguments: TestStore.all)
  func `The observer learns what explain says`(_ kind: TestStore) async throws {
    var explained: [QueryPlan] = []
    let observed = try await plans(kind) { session in
      let author = session.query(Author.self).filter(Author.name == "Clarke").select(Author.id)
      for query in [
        session.query(Book.self).filter(Book.isbn == "1"), session.query(Book.self).order(by: Book.price).limit(2),
        session.query(Book.self).filter(Book.authorID.in(author)),
      ] {
        explained.append(try await query.explain())
        _ = try await query.all()
      }
    }
    #expect(observed.map(\.description) == explained.map(\.description))
    #expect(observed.map(\.resultCount) == [1, 2, 2])
  }

  @Test(arguments: TestStore.all)
  func `Each way to run a query tells once`(_ kind: TestStore) async throws {
    let found = try await plans(kind) { session in
      let cheap = session.query(Book.self).filter(Book.price < 10)
      #expect(try await cheap.exists())
      #expect(try await cheap.count() == 2)
      _ = try await cheap.first()
      for try await _ in cheap.stream(batchSize: 1) {}
      try await cheap.update { $0.set(Book.price, to: 9) }
    }
    #expect(found.map(\.resultCount) == [1, 2, 1, 2, 2])
    #expect(found.allSatisfy { !$0.hasFullScan && $0.accesses.count == 1 })
    // Counting reads no rows.
    #expect(found.map { $0.statistics.rowsRead > 0 } == [true, false, true, true, true])
  }

  @Test(arguments: TestStore.all)
  func `Rows by key and of relationships are told of with their index`(_ kind: TestStore) async throws {
    let found = try await plans(kind) { session in
      let author = try #require(try await session.get(Author.self, 1))
      _ = try await author.load(Author.books)
      _ = try await session.get(Author.self, 1)
    }
    #expect(found.map(\.resultCount) == [1, 2])
    #expect(found[0].description.hasPrefix("authors: read 1 key"), "\(found[0])")
    #expect(found[1].accesses.first?.index != nil && !found[1].hasFullScan, "\(found[1])")
  }

  @Test(arguments: TestStore.all)
  func `A query that reads a table whole says so`(_ kind: TestStore) async throws {
    let found = try await plans(kind) { session in
      _ = try await session.query(Book.self).filter(Book.title == "Rama").all()
      _ = try await session.query(Book.self).filter(Book.isbn == "3").all()
    }
    #expect(found.map(\.hasFullScan) == [true, false])
  }

  @Test(arguments: TestStore.all)
  func `A query that fails and a stream that is given up are not told of`(_ kind: TestStore) async throws {
    let found = try await plans(kind) { session in
      await expectError(.unknownColumn) { _ = try await session.query(Book.self).filter(by: ["pages": 1]).all() }
      for try await _ in session.query(Book.self).stream(batchSize: 1) { break }
    }
    #expect(found.isEmpty)
  }
}
