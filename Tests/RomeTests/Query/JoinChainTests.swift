// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rome

/// Long chains are written in one expression; that they compile at all is half of the test.
@Suite struct JoinChainTests {
  @Test(arguments: TestStore.all)
  func fourTablesAndAllClausesInOneExpression(_ kind: TestStore) async throws {
    let session = RomeSession(try await kind.make())
    let asimov = Author(name: "Asimov")
    let book = Book(isbn: "1", title: "Foundation", price: 12, author: asimov)
    session.addAll([book, Book(isbn: "2", title: "Nemesis", price: 9, author: asimov), Review(book: book, stars: 5)])
    try book.add(Tag("classic"), to: Book.tags)
    try await session.commit()

    let rows = try await session.query(Author.self)
      .join(Book.self, on: Book.authorID == Author.id)
      .outerJoin(Review.self, on: Review.bookID == Book.id)
      .outerJoin(BookTag.self, on: BookTag.bookID == Book.id)
      .filter(Author.name == "Asimov", Book.price < 20)
      .order(by: Book.price.descending, Book.title)
      .limit(10)
      .all()
    #expect(rows.map { $0.1.title } == ["Foundation", "Nemesis"])
    #expect(rows.map { $0.2?.stars } == [5, nil])

    let counts = try await session.query(Author.self)
      .join(Author.books)
      .outerJoin(Book.reviews)
      .group(by: Author.name, Book.title)
      .having(count() > 0)
      .order(by: Book.title)
      .select(Author.name, Book.title, Review.stars.count())
      .all()
    #expect(counts.map { $0.1 } == ["Foundation", "Nemesis"])
    #expect(counts.map { $0.2 } == [1, 0])
  }
}
