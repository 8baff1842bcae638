// SPDX-License-Identifier: Apache-2.0

#if Macros
  import Rome
  import Testing

  extension Documented {
    /// The code of *Relationships*.
    @Suite struct RelationshipsTests {
      @Test func reading() async throws {
        let session = try await library()
        let book = try await session.query(Book.self).filter(Book.title == "Foundation").one()
        let before = session.statistics

        let author = try await book.author
        let books = try await author?.books
        let tags = try await book.tags

        #expect(author?.name == "Asimov" && books?.count == 2 && tags.map(\.name) == ["space"])
        #expect(session.statistics.since(before).roundTrips == 4)
        let after = session.statistics
        _ = try await book.author
        _ = try await author?.books
        _ = try await book.tags
        #expect(session.statistics.since(after).roundTrips == 0)
      }

      @Test func loadingWithTheQuery() async throws {
        let session = try await library()
        let start = session.statistics

        let books = try await session.query(Book.self).including(Book.author).including(Book.tags).all()
        for book in books {
          let name = try await book.author?.name
          let tags = try await book.tags.map(\.name)
          print(book.title, name ?? "", tags)
        }

        #expect(session.statistics.since(start).roundTrips == 4)

        let authors = try await Book.author.load(for: books, in: session)

        #expect(Set(authors.map(\.name)) == ["Asimov", "Clarke"])
      }

      @Test func changing() async throws {
        let session = try await library()
        let book = try await session.query(Book.self).filter(Book.title == "Foundation").one()
        let before = session.statistics

        let lem = Author(name: "Lem")
        book.set(Book.author, to: lem)
        lem.add(Book(title: "Solaris", price: 9), to: Author.books)
        try book.add(Tag(name: "classic"), to: Book.tags)
        try await session.commit()

        #expect(session.statistics.since(before).roundTrips >= 1)
        #expect(book.authorID == lem.id)
        #expect(try await lem.books.map(\.title) == ["Foundation", "Solaris"])
        let classic = try #require(try await session.get(Tag.self, "classic"))

        lem.remove(book, from: Author.books)
        try await book.remove(classic, from: Book.tags)
        try await session.commit()

        #expect(book.authorID == nil)
        #expect(try await book.tags.map(\.name) == ["space"])
        #expect(try await session.get(Tag.self, "classic") === classic)
        book.authorID = 2
        #expect(try await book.author?.name == "Clarke")
        try book.add(try #require(try await session.get(Tag.self, "space")), to: Book.tags)
        await expectError(.duplicatePrimaryKey) { try await session.commit() }
      }

      @Test func conditions() async throws {
        let session = try await library()

        let byAsimov = session.query(Book.self).filter(Book.author.has(Author.name == "Asimov"))
        let inSpace = session.query(Book.self).filter(Book.tags.any(Tag.name == "space"))
        let silent = session.query(Author.self).filter(Author.books.isEmpty)
        let pairs = session.query(Book.self).join(Book.author)

        #expect(try await byAsimov.count() == 2)
        #expect(try await inSpace.all().map(\.title) == ["Foundation", "Rama"])
        #expect(try await silent.all().map(\.name) == ["Lem"])
        #expect(try await pairs.count() == 4)
      }

      @MainActor @Test func actors() async throws {
        let session = try await library()
        let book = try await session.query(Book.self).filter(Book.title == "Foundation").one()

        let author = try await book.load(Book.author)

        #expect(author?.name == "Asimov")
      }
    }
  }
#endif
