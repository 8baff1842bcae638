// SPDX-License-Identifier: Apache-2.0

#if Macros
  import Rome
  import Testing

  /// The code of the landing page, of *Getting started* and of the README.
  @Suite struct GettingStartedTests {
    @Entity("authors")
    final class Author {
      @PrimaryKey var id: Int?
      @Indexed var name: String
      @ToMany(\Book.authorID) var books: [Book]
    }

    @Entity("books")
    final class Book {
      @PrimaryKey var id: Int?
      @Unique var isbn: String?
      var title: String
      @Indexed var price: Int
      @References(Author.self) var authorID: Int?
      @ToOne(\Book.authorID) var author: Author?
    }

    @Test func theLandingPage() async throws {
      let session = RomeSession(MemoryStore())
      try await session.transaction { session in
        session.add(Book(title: "Foundation", price: 12, author: Author(name: "Asimov")))
      }
      let rows = try await session.query(Book.self)
        .join(Author.self, on: Book.authorID == Author.id)
        .filter(Author.name == "Asimov", Book.price < 20)
        .order(by: Book.price.descending, Book.title.ascending)
        .limit(10)
        .all()
      #expect(rows.map(\.0.title) == ["Foundation"])
      #expect(rows.map(\.1.name) == ["Asimov"])
    }

    @Test func theREADME() async throws {
      let session = RomeSession(MemoryStore())
      try await session.transaction { session in
        session.add(Book(title: "Foundation", price: 12, author: Author(name: "Asimov")))
      }
      let query = session.query(Book.self)
        .join(Author.self, on: Book.authorID == Author.id)
        .filter(Author.name == "Asimov", Book.price < 20)
        .order(by: Book.price.descending, Book.title.ascending)
        .limit(10)
      let plan = try await query.explain()
      #expect(plan.statistics.roundTrips == 2, "\(plan)")
      #expect(!plan.hasFullScan, "\(plan)")
    }

    @Test func gettingStarted() async throws {
      let store = MemoryStore()
      let session = RomeSession(store)

      let asimov = Author(name: "Asimov")
      session.add(asimov)
      session.add(Book(title: "Foundation", price: 12, author: asimov))
      session.add(Book(title: "I, Robot", price: 8, author: asimov))
      try await session.commit()
      print(asimov.id ?? 0)

      #expect(asimov.id == 1)

      let foundation = try await session.get(Book.self, 1)
      let cheap = try await session.query(Book.self).filter(Book.price < 10).all()
      let dear = try await session.query(Book.self).order(by: Book.price.descending).first()
      let number = try await session.query(Book.self).filter(Book.title.hasPrefix("Found")).count()

      #expect(foundation?.title == "Foundation")
      #expect(cheap.map(\.title) == ["I, Robot"])
      #expect(dear === foundation)
      #expect(number == 1)

      if let author = try await foundation?.author {
        let titles = try await author.books.map(\.title)
        print(author.name, titles)
      }

      #expect(try await foundation?.author === asimov)
      #expect(try await asimov.books.map(\.title) == ["Foundation", "I, Robot"])

      let books = try await session.query(Book.self).including(Book.author).all()

      let before = session.statistics
      for book in books { #expect(try await book.author === asimov) }
      #expect(session.statistics.since(before).roundTrips == 0)

      foundation?.price = 14
      for book in cheap { session.delete(book) }
      try await session.commit()

      #expect(try await RomeSession(store).query(Book.self).all().map(\.price) == [14])

      try await session.transaction { session in
        guard let book = try await session.query(Book.self).filter(Book.title == "Foundation").first() else { return }
        book.price += 1
      }

      #expect(try await RomeSession(store).query(Book.self).all().map(\.price) == [15])

      do {
        session.add(Book(isbn: "1", title: "The Stars", price: 9))
        session.add(Book(isbn: "1", title: "The Currents", price: 9))
        try await session.commit()
      } catch where error.code == .uniqueViolation {
        session.rollback()
      }

      #expect(try await session.query(Book.self).count() == 1)

      let snapshot = foundation?.snapshot()
      let title = await Task.detached { snapshot?.title ?? "" }.value

      #expect(title == "Foundation")
    }
  }
#endif
