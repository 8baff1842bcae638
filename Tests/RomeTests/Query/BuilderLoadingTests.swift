// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rome

@Suite struct BuilderLoadingTests {
  @Test(arguments: TestStore.all)
  func aToOneRelationshipIsLoadedWithItsEntities(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    let before = session.statistics.roundTrips
    let books = try await session.query(Book.self).including(Book.author).all()
    #expect(session.statistics.roundTrips == before + session.store.scanRoundTrips + 1)
    var names: [String?] = []
    for book in books { names.append(try await book.author?.name) }
    #expect(names.compactMap { $0 }.sorted() == ["Asimov", "Asimov", "Clarke", "Clarke"])
    #expect(session.statistics.roundTrips == before + session.store.scanRoundTrips + 1)
  }

  @Test(arguments: TestStore.all)
  func toManyRelationshipsAreLoadedForAllEntitiesTogether(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    let before = session.statistics.roundTrips
    let authors = try await session.query(Author.self).including(Author.books).order(by: Author.id).all()
    #expect(session.statistics.roundTrips == before + 2 * session.store.scanRoundTrips)
    var counts: [Int] = []
    for author in authors { counts.append(try await author.books.count) }
    #expect(counts == [2, 0, 2])
    #expect(session.statistics.roundTrips == before + 2 * session.store.scanRoundTrips)
  }

  @Test(arguments: TestStore.all)
  func manyToManyRelationshipsCostTwoRoundTrips(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    let before = session.statistics.roundTrips
    let books = try await session.query(Book.self).including(Book.tags).order(by: Book.title).all()
    #expect(session.statistics.roundTrips == before + 2 * session.store.scanRoundTrips + 1)
    var tags: [[String]] = []
    for book in books { tags.append(try await book.tags.map(\.name)) }
    #expect(tags == [[], [], ["space"], ["robots"], ["space"]])
    #expect(session.statistics.roundTrips == before + 2 * session.store.scanRoundTrips + 1)
  }

  @Test(arguments: TestStore.all)
  func laterRelationshipsStartFromWhatEarlierOnesLedTo(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    let book = try await session.query(Book.self).filter(Book.title == "Foundation").including(Book.author)
      .including(Author.books).including(Author.mentor).one()
    let before = session.statistics.roundTrips
    let author = try #require(try await book.author)
    #expect(try await author.books.map(\.title) == ["Foundation", "I, Robot"])
    #expect(try await author.load(Author.mentor)?.name == "Campbell")
    #expect(session.statistics.roundTrips == before)
  }

  @Test(arguments: TestStore.all)
  func anAssignedRelationshipIsNotOverwritten(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    session.autoflush = false
    let book = try await session.query(Book.self).filter(Book.title == "Beowulf").one()
    let poet = Author(name: "Poet")
    book.set(Book.author, to: poet)
    _ = try await session.query(Book.self).including(Book.author).all()
    #expect(try await book.author === poet)
    try await session.commit()
    #expect(book.authorID == poet.id)
  }
}
