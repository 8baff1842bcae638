// SPDX-License-Identifier: Apache-2.0

#if Macros
  import Rome
  import Testing

  extension Documented {
    /// The code of *Coming from SQLAlchemy*, and the right column of its tables.
    @Suite struct ComingFromSQLAlchemyTests {
      func cheap(_ session: RomeSession, _ name: String) async throws(RomeError) -> [Book] {
        try await session.query(Book.self).join(Book.author)
          .filter(Author.name == name, Book.price < 20)
          .select(Book.self)
          .including(Book.tags)
          .order(by: Book.price.descending).limit(10).all()
      }

      @Test func aTypicalFunction() async throws {
        let session = try await library()
        let books = try await cheap(session, "Asimov")
        #expect(books.map(\.title) == ["Foundation", "I, Robot"])
        let before = session.statistics
        #expect(try await books[0].tags.map(\.name) == ["space"])
        #expect(session.statistics.since(before).roundTrips == 0)
      }

      @Test func sessions() async throws {
        let session = try await library()
        let book = try #require(try await session.get(Book.self, 1))
        book.price = 1
        session.expire(book)
        #expect(!session.hasChanges)
        try await session.refresh(book)
        #expect(book.price == 12)
        struct Undo: Error {}
        await #expect(throws: Undo.self) {
          try await session.savepoint { session in
            session.add(Book(title: "never", price: 1))
            throw Undo()
          }
        }
        session.expunge(book)
        #expect(try await session.query(Book.self).count() == 6)
      }

      @Test func queries() async throws {
        let session = try await library()
        let books = session.query(Book.self)
        #expect(try await books.filter(Book.price < 20, Book.isbn != nil).count() == 3)
        #expect(try await books.filter(by: ["price": 12]).count() == 2)
        #expect(try await books.filter(Book.price.in([1, 5]) || !Book.author.exists()).count() == 2)
        #expect(try await books.order(by: Book.isbn.descending.nullsLast).first()?.isbn == "4")
        let groups = session.select(Book.authorID, count(), Book.price.sum())
        #expect(try await groups.group(by: Book.authorID).having(count() > 1).count() == 3)
        let prices = Case<Int>().when(Book.price < 10, then: 1).else(2)
        let classes = try await session.select(Book.id, prices).order(by: Book.id).all()
        #expect(classes.map(\.1) == [2, 1, 2, 2, 1, 2])
        #expect(try await books.filter(Book.price < 10).update { $0.set(Book.price, to: Book.price + 1) } == 2)
      }
    }
  }
#endif
