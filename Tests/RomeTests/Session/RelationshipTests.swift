// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rome

@Suite struct RelationshipTests {
  @Test(arguments: TestStore.all)
  func newEntitiesAreAddedThroughTheirRelationships(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    let book = Book(title: "Foundation", author: Author(name: "Asimov"))
    session.add(book)
    try await session.commit()
    #expect(book.authorID == 1)
    #expect(try await book.author?.name == "Asimov")
    #expect(try await RomeSession(store).find(Book.self, book.id)?.author?.name == "Asimov")
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func theColumnAndTheObjectAreKeptInStep(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    let first = Author(name: "first")
    let second = Author(name: "second")
    let book = Book(title: "B", author: first)
    session.addAll([first, second, book])
    try await session.commit()
    #expect(try await first.books.map(\.title) == ["B"])
    book.authorID = second.id
    #expect(try await book.author === second)
    #expect(try await first.books.isEmpty)
    #expect(try await second.books.first === book)
    book.set(Book.author, to: first)
    #expect(book.authorID == first.id)
    #expect(try await second.books.isEmpty)
    book.set(Book.author, to: nil)
    #expect(book.authorID == nil)
    #expect(try await book.author == nil)
    #expect(try await first.books.isEmpty)
    second.add(book, to: Author.books)
    #expect(try await second.books.count == 1)
    #expect(try await book.author === second)
    second.remove(book, from: Author.books)
    #expect(try await second.books.isEmpty)
    try await session.commit()
    #expect(try await RomeSession(store).find(Book.self, book.id)?.authorID == nil)
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func aNewEntityCanBeAddedToAToManyRelationship(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    let author = Author(name: "A")
    session.add(author)
    let book = Book(title: "B")
    author.add(book, to: Author.books)
    try await session.commit()
    #expect(book.authorID == author.id)
    #expect(try await author.books.first === book)
  }

  @Test(arguments: TestStore.all)
  func manyToManyConnectsBothSides(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    let book = Book(title: "B")
    session.add(book)
    let classic = Tag("classic")
    try book.add(classic, to: Book.tags)
    try book.add(Tag("robots"), to: Book.tags)
    #expect(try await book.tags.map(\.name) == ["classic", "robots"])
    try await session.commit()
    let check = RomeSession(store)
    let loaded = try #require(try await check.find(Book.self, book.id))
    #expect(try await loaded.tags.map(\.name) == ["classic", "robots"])
    try await book.remove(classic, from: Book.tags)
    #expect(try await book.tags.map(\.name) == ["robots"])
    try await session.commit()
    #expect(try await RomeSession(store).find(Tag.self, "classic") != nil)
    #expect(try await RomeSession(store).find(BookTag.bookID, 1).count == 1)
    session.delete(book)
    try await session.commit()
    #expect(try await RomeSession(store).find(BookTag.bookID, 1).isEmpty)
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func loadedRelationshipsCostNothingTheSecondTime(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let setup = RomeSession(store)
    let author = Author(name: "A")
    setup.addAll([author, Book(title: "B", author: author), Book(title: "C", author: author)])
    try await setup.commit()
    let session = RomeSession(store)
    let loaded = try #require(try await session.find(Author.self, author.id))
    let before = session.statistics
    let books = try await loaded.books
    #expect(session.statistics.since(before).roundTrips == store.scanRoundTrips)
    #expect(try await books[0].author === loaded)
    _ = try await loaded.books
    _ = try await books[1].author
    // The to-one side finds the author that the session holds only by reading it, once for each book.
    #expect(session.statistics.since(before).roundTrips <= 3)
    let after = session.statistics
    _ = try await loaded.books
    _ = try await books[0].author
    _ = try await books[1].author
    #expect(session.statistics.since(after).roundTrips == 0)
  }

  @Test func aDetachedEntityThrowsInsteadOfLoading() async throws {
    let author = Author(name: "A")
    await expectError(.invalidState) { _ = try await author.books }
    let book = Book(title: "B")
    #expect(try await book.author == nil)
    book.authorID = 3
    await expectError(.invalidState) { _ = try await book.author }
  }

  @Test(arguments: TestStore.all)
  func rollbackTakesAssignedRelationshipsBack(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    let first = Author(name: "first")
    let book = Book(title: "B", author: first)
    session.addAll([book, first])
    try await session.commit()
    book.set(Book.author, to: Author(name: "never"))
    try await session.flush()
    session.rollback()
    #expect(book.authorID == first.id)
    #expect(try await book.author === first)
    #expect(try await session.find(Author.name, "never").isEmpty)
  }
}
