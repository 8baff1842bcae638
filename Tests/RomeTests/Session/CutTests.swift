// SPDX-License-Identifier: Apache-2.0

import RomeTesting
import Testing

@testable import Rome

/// Work that is cut at each of its calls of the store leaves the state before or after, never between; and what the
/// session says of it is true.
@Suite struct CutTests {
  /// What a store holds, as text.
  private struct Contents: Equatable, CustomStringConvertible {
    var lines: [String]
    var description: String { lines.joined(separator: "; ") }
  }

  /// The store in its first state: an author with two books, one of them reviewed and tagged.
  private func library(_ kind: TestStore) async throws -> any Store {
    let store = try await kind.make()
    let session = RomeSession(store)
    let author = Author(name: "A")
    let book = Book(isbn: "1", title: "one", price: 1, author: author)
    session.addAll([
      author, book, Book(isbn: "2", title: "two", price: 2, author: author), Review(book: book, stars: 5),
    ])
    try book.add(Tag("t"), to: Book.tags)
    try await session.commit()
    return store
  }

  /// A transaction that inserts, updates, deletes with a cascade, and swaps unique values.
  private func work(_ store: any Store) async throws {
    let session = RomeSession(store)
    session.resolutionPatience = .zero
    try await session.transaction(retry: RetryPolicy(maximumAttempts: 4, firstDelay: .zero)) { session in
      let first = try #require(try await session.find(Book.self, 1))
      let second = try #require(try await session.find(Book.self, 2))
      let author = try #require(try await first.author)
      session.delete(first)
      second.isbn = "1"
      second.price += 10
      author.name = "B"
      session.add(Book(isbn: "2", title: "three", price: 3, author: author))
      session.add(Author(name: "C"))
    }
  }

  private func contents(_ store: any Store) async throws -> Contents {
    let session = RomeSession(store)
    var lines: [String] = []
    for schema in [Author.schema, Book.schema, Review.schema, Tag.schema, BookTag.schema] {
      let context = try await session.beginQuery(over: [schema])
      for page in try await context.reader.scan([Scan(schema.rowSpace)]) {
        for (entry, row) in zip(page.entries, page.rows) {
          guard let row else { continue }
          var values = try schema.decode(row, key: entry.key).values
          // Attempts that fail take ids, so new rows are compared without.
          let existing = schema === Author.schema ? 1 : 2
          if case .int(let id) = values[0], id > existing { values[0] = .string("new") }
          lines.append("\(schema.table): \(values.map(\.description).joined(separator: ", "))")
        }
      }
    }
    return Contents(lines: lines.sorted())
  }

  private static let faults: [Fault] = [
    .refuse(StoreError(.unavailable, "a planned fault")), .loseRequest, .loseAnswer, .cutBefore, .cutAfter, .postpone,
  ]

  @Test(arguments: TestStore.all, faults)
  func everyCallCutLeavesTheStateBeforeOrAfter(_ kind: TestStore, _ fault: Fault) async throws {
    let counting = FaultyStore(try await library(kind))
    let before = try await contents(counting)
    counting.resetCounts()
    try await work(counting)
    let calls = counting.callCount
    let after = try await contents(counting)
    #expect(calls >= 4)
    #expect(before != after)

    for number in 1...calls {
      let base = try await library(kind)
      let store = FaultyStore(base, plan: .at(number, fault))
      var failure: RomeError?
      do {
        try await work(store)
      } catch let error as RomeError {
        failure = error
      }
      store.plan = .none
      store.mend()
      let found = try await contents(base)
      switch failure?.code {
      case nil:
        #expect(found == after, "call \(number)")
      case .unknownOutcome:
        #expect(found == before || found == after, "call \(number): \(found)")
        let resolution = try await store.resolve(try #require(failure?.commitID))
        if case .committed = resolution {
          #expect(found == after, "call \(number)")
        } else {
          #expect(resolution == .notCommitted && found == before, "call \(number)")
        }
      default:
        #expect(found == before, "call \(number): \(found)")
      }
      // A commit that arrives late must not be applied once it was said not to be, nor twice.
      _ = await store.deliverPostponed()
      if failure == nil || failure?.code != .unknownOutcome {
        #expect(try await contents(base) == found, "call \(number)")
      }
      try await expectClean(base)
    }
  }

  @Test(arguments: TestStore.all, 0..<12)
  func randomFaultsNeverTearATransaction(_ kind: TestStore, _ seed: Int) async throws {
    let base = try await kind.make()
    let setup = RomeSession(base)
    setup.addAll((1...4).map { (number: Int) in Book(isbn: "\(number)", title: "account", price: 100) })
    try await setup.commit()
    let store = FaultyStore(base, plan: .random(seed: UInt64(seed), probability: 0.15))
    var generator = SeededGenerator(seed: UInt64(seed))
    var applied = 0
    var unknown = 0
    for _ in 0..<60 {
      let session = RomeSession(store)
      session.resolutionPatience = .zero
      let from = Int.random(in: 1...4, using: &generator)
      let to = Int.random(in: 1...4, using: &generator)
      do {
        try await session.transaction(retry: RetryPolicy(firstDelay: .zero)) { session in
          try #require(try await session.find(Book.self, from)).price -= 1
          try #require(try await session.find(Book.self, to)).price += 1
          session.add(Book(isbn: nil, title: "receipt", price: -1))
        }
        applied += 1
      } catch let error as RomeError where error.code == .unknownOutcome {
        unknown += 1
      } catch let error as RomeError {
        #expect(error.code == .store, "seed \(seed): \(error)")
      }
    }
    let session = RomeSession(base)
    var sum = 0
    for account in 1...4 { sum += try #require(try await session.find(Book.self, account)).price }
    #expect(sum == 400, "seed \(seed)")
    let receipts = try await session.find(Book.price, -1).count
    #expect((applied...applied + unknown).contains(receipts), "seed \(seed): \(applied), \(unknown), \(receipts)")
    try await expectClean(base)
  }
}
