// SPDX-License-Identifier: Apache-2.0

import RomeTesting
import Testing

@testable import Rome

/// What work costs, counted at the store: the budgets that the documentation names.
@Suite struct RoundTripTests {
  /// A store whose tables are known, with 40 authors of 5 books each, and a session that has not read anything.
  private func library(_ kind: TestStore) async throws -> (store: FaultyStore, session: RomeSession) {
    let store = FaultyStore(try await kind.make())
    let setup = RomeSession(store)
    for number in 1...40 {
      let author = Author(name: "author \(number % 10)")
      setup.add(author)
      for book in 1...5 {
        setup.add(Book(isbn: "\(number)-\(book)", title: "title", price: number, author: author))
      }
    }
    setup.add(Tag("t"))
    try await setup.commit()
    store.resetCounts()
    return (store, RomeSession(store))
  }

  @Test(arguments: TestStore.all)
  func aRowByItsKeyIsOne(_ kind: TestStore) async throws {
    let (store, session) = try await library(kind)
    let book = try #require(try await session.get(Book.self, 7))
    #expect(store.counts.roundTrips == 1)
    #expect(store.counts.rows == 1)
    #expect(try await session.get(Book.self, 7) === book)
    #expect(store.counts.roundTrips == 1, "what the session has read in the unit of work is not read again")
  }

  @Test(arguments: TestStore.all)
  func manyRowsByTheirKeysAreOne(_ kind: TestStore) async throws {
    let (store, session) = try await library(kind)
    #expect(try await session.get(Book.self, keys: 1...100).compactMap { $0 }.count == 100)
    #expect(store.counts.roundTrips == 1)
    #expect(store.counts.rows == 100)
  }

  @Test(arguments: TestStore.all)
  func anIndexedQueryReadsItsRowsAndNoOthers(_ kind: TestStore) async throws {
    let (store, session) = try await library(kind)
    #expect(try await session.query(Book.self).filter(Book.price == 7).all().count == 5)
    #expect(store.counts.roundTrips == store.scanRoundTrips)
    #expect(store.counts.rows == 5)
  }

  @Test(arguments: TestStore.all)
  func aUniqueIndexReadsOneRow(_ kind: TestStore) async throws {
    let (store, session) = try await library(kind)
    #expect(try await session.query(Book.self).filter(Book.isbn == "7-3").one().price == 7)
    #expect(store.counts.roundTrips == store.scanRoundTrips)
    #expect(store.counts.rows == 1)
  }

  @Test(arguments: TestStore.all)
  func aPageReadsAsManyRowsAsItHas(_ kind: TestStore) async throws {
    let (store, session) = try await library(kind)
    let query = session.query(Book.self).order(by: Book.price.descending, Book.id.descending).limit(10)
    var page = try await query.all()
    #expect(page.first?.price == 40)
    #expect(store.counts.rows == 10)
    #expect(store.counts.roundTrips == store.scanRoundTrips)
    for _ in 0..<10 {
      store.resetCounts()
      page = try await query.after(#require(page.last)).all()
      #expect(page.count == 10)
      #expect(store.counts.rows == 10, "a page costs the same at any depth")
      #expect(store.counts.roundTrips == store.scanRoundTrips)
    }
  }

  @Test(arguments: TestStore.all)
  func eachJoinedTableIsOneMore(_ kind: TestStore) async throws {
    let (store, session) = try await library(kind)
    let rows = try await session.query(Author.self).filter(Author.name == "author 3")
      .join(Book.self, on: Book.authorID == Author.id).all()
    #expect(rows.count == 20)
    #expect(store.counts.roundTrips == 2 * store.scanRoundTrips)
    #expect(store.counts.rows == 4 + 20)
  }

  @Test(arguments: TestStore.all)
  func anEagerRelationshipIsOneMoreForAllRows(_ kind: TestStore) async throws {
    let (store, session) = try await library(kind)
    let books = try await session.query(Book.self).filter(Book.price <= 20).including(Book.author).all()
    #expect(books.count == 100)
    #expect(store.counts.roundTrips == store.scanRoundTrips + 1)
    for book in books { _ = try await book.author }
    #expect(store.counts.roundTrips == store.scanRoundTrips + 1)
    store.resetCounts()
    let authors = try await session.query(Author.self).including(Author.books).all()
    for author in authors { #expect(try await author.books.count == 5) }
    #expect(store.counts.roundTrips == 2 * store.scanRoundTrips)
  }

  @Test(arguments: TestStore.all)
  func aRelationshipWithoutAnIndexReadsItsTableOnceForAllRows(_ kind: TestStore) async throws {
    let (store, session) = try await library(kind)
    session.addAll([Tag("title"), Tag("other"), Tag("third")])
    try await session.commit()
    store.resetCounts()
    let titled = ToMany<Tag, Book>("titled", Book.title)
    let tags = try await session.query(Tag.self).including(titled).all()
    #expect(store.counts[.scan] == 2)
    #expect(store.counts.rows == 4 + 200)
    for tag in tags { #expect(try await tag.entityState.load(titled).count == (tag.name == "title" ? 200 : 0)) }
  }

  @Test(arguments: TestStore.all)
  func aConditionOnARelationshipIsOneMore(_ kind: TestStore) async throws {
    let (store, session) = try await library(kind)
    let authors = try await session.query(Author.self).filter(
      Author.name == "author 3", Author.books.any(Book.price > 20)
    )
    .all()
    #expect(authors.count == 2)
    #expect(store.counts.roundTrips == 2 * store.scanRoundTrips)
    #expect(store.counts.rows <= 4 + 20)
  }

  @Test(arguments: TestStore.all)
  func countsReadNoRows(_ kind: TestStore) async throws {
    let (store, session) = try await library(kind)
    #expect(try await session.query(Book.self).count() == 200)
    #expect(try await session.query(Book.self).filter(Book.price == 7).count() == 5)
    #expect(try await session.query(Book.self).filter(Book.price > 30).count() == 50)
    #expect(store.counts.roundTrips == 3)
    #expect(store.counts.rows == 0)
    #expect(store.counts.entries == 0)
  }

  @Test(arguments: TestStore.all, [1, 10, 500])
  func aCommitOfAnyNumberOfRowsIsOne(_ kind: TestStore, _ rows: Int) async throws {
    let (store, session) = try await library(kind)
    for number in 0..<rows { session.add(Tag("tag \(number)")) }
    try await session.commit()
    #expect(store.counts.roundTrips == 1)
    #expect(store.counts[.commit] == 1)
  }

  @Test(arguments: TestStore.all)
  func readModifyWriteIsTwo(_ kind: TestStore) async throws {
    let (store, session) = try await library(kind)
    try await session.transaction { session in
      try #require(try await session.get(Book.self, 7)).price += 1
    }
    #expect(store.counts.roundTrips == 2)
    #expect(store.counts.writes == 3, "the row, and the entries of the only index whose column changed")
  }

  @Test(arguments: TestStore.all)
  func allocatedKeysComeInBlocks(_ kind: TestStore) async throws {
    let (store, _) = try await library(kind)
    for number in 0..<100 {
      let session = RomeSession(store)
      session.add(Author(name: "\(number)"))
      try await session.commit()
    }
    #expect(store.counts[.commit] == 100)
    #expect(store.counts[.reserveIDs] <= 4)
  }

  @Test(arguments: TestStore.all)
  func aTransactionThatOnlyReadsCommitsForNothing(_ kind: TestStore) async throws {
    let (store, session) = try await library(kind)
    try await session.transaction { session in _ = try await session.get(Book.self, 1) }
    #expect(store.counts.roundTrips == (store.capabilities.snapshotReads ? 1 : 2))
  }
}
