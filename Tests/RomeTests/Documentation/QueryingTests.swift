// SPDX-License-Identifier: Apache-2.0

#if Macros
  import Rome
  import Testing

  extension Documented {
    /// The code of *Querying*.
    @Suite struct QueryingTests {
      private func titles(_ query: RomeQuery<Book>) async throws -> [String] {
        try await query.all().map(\.title).sorted()
      }

      @Test func overview() async throws {
        let session = try await library()

        let affordable = session.query(Book.self).filter(Book.price < 15)
        let number = try await affordable.count()
        let books = try await affordable.order(by: Book.title).limit(2).all()

        #expect(number == 4)
        #expect(books.map(\.title) == ["Beowulf", "Foundation"])
      }

      @Test func results() async throws {
        let session = try await library()

        let foundation = try await session.get(Book.self, 1)
        let several = try await session.get(Book.self, keys: [1, 2, 99])
        let isThere = try await session.query(Book.self).filter(Book.isbn == "1").exists()
        for try await book in session.query(Book.self).order(by: Book.id).stream(batchSize: 100) {
          print(book.title)
        }

        #expect(foundation?.title == "Foundation" && several.map { $0?.id } == [1, 2, nil] && isThere)
      }

      @Test func conditions() async throws {
        let session = try await library()

        let a = session.query(Book.self).filter(Book.price >= 8, Book.price < 20)
        let isCheap = Book.price == 5
        let b = session.query(Book.self).filter(isCheap || !(Book.title == "Rama"))
        let c = session.query(Book.self).filter(Book.isbn == nil)
        let d = session.query(Book.self).filter(Book.price.in([5, 8]))
        let e = session.query(Book.self).filter(Book.title.notIn(["Rama", "2001"]))
        let f = session.query(Book.self).filter(Book.price.between(8, 12))
        let g = session.query(Book.self).filter(Book.title.like("%o_ot"), Book.title.hasPrefix("I"))
        let h = session.query(Book.self).filter(Book.title.ilike("FOUND%") || Book.title.contains("gam"))
        let i = session.query(Book.self).filter(Book.title.matches("^[0-9]+$"))
        let j = session.query(Book.self).filter(by: ["price": 12, "author_id": 1])

        #expect(try await titles(a) == ["Foundation", "I, Robot", "Rama"])
        #expect(try await titles(b) == ["2001", "Beowulf", "Foundation", "Gilgamesh", "I, Robot"])
        #expect(try await titles(c) == ["2001", "Beowulf"])
        #expect(try await titles(d) == ["Beowulf", "I, Robot"])
        #expect(try await titles(e) == ["Beowulf", "Foundation", "Gilgamesh", "I, Robot"])
        #expect(try await titles(f) == ["Foundation", "I, Robot", "Rama"])
        #expect(try await titles(g) == ["I, Robot"])
        #expect(try await titles(h) == ["Foundation", "Gilgamesh"])
        #expect(try await titles(i) == ["2001"])
        #expect(try await titles(j) == ["Foundation"])
      }

      @Test func null() async throws {
        let session = try await library()

        let equal = try await session.query(Book.self).filter(Book.isbn == "1").count()
        let unequal = try await session.query(Book.self).filter(Book.isbn != "1").count()
        let unknown = try await session.query(Book.self).filter(Book.isbn == nil).count()

        #expect([equal, unequal, unknown] == [1, 3, 2])
        #expect(try await session.query(Book.self).filter(!(Book.isbn == "1")).count() == 3)
        #expect(try await session.query(Book.self).filter(Book.isbn.notIn(["1", nil])).count() == 0)
        let isbns = RomeQuery(Book.self).filter(Book.title != "Foundation").select(Book.isbn)
        #expect(try await session.query(Book.self).filter(Book.isbn.notIn(isbns)).count() == 0)
      }

      @Test func expressions() async throws {
        let session = try await library()

        let size = Case<String>().when(Book.price < 10, then: "small").when(Book.price < 15, then: "medium").else(
          "large")
        let doubled = Book.price * 2
        let labels = session.select(Book.title, doubled - 1, coalesce(Book.isbn, "none"), size)
        let rows = try await labels.order(by: Book.title.lowercased()).all()

        #expect(rows[0].0 == "2001")
        #expect(rows[0].1 == 39)
        #expect(rows[0].2 == "none")
        #expect(rows.map(\.3) == ["large", "small", "medium", "large", "small", "medium"])
        let divided = try await session.select(Book.title, Book.price / 0).filter(Book.id == 1).one()
        #expect(divided.1 == nil)
        await expectError(.arithmeticOverflow) { _ = try await session.select(Book.price * Int.max).all() }
      }

      @Test func joins() async throws {
        let session = try await library()

        let pairs = try await session.query(Book.self).join(Book.author).filter(Author.name == "Asimov").all()
        let same = try await session.query(Book.self).join(Author.self, on: Book.authorID == Author.id).all()
        let left = try await session.query(Book.self).outerJoin(Book.author).order(by: Book.id).all()
        let names = try await session.query(Book.self).join(Book.tags).filter(Tag.name == "space").select(Book.title)
          .all()

        #expect(pairs.map(\.1.name) == ["Asimov", "Asimov"] && same.count == 4)
        #expect(left.map(\.1?.name) == ["Asimov", "Asimov", "Clarke", "Clarke", nil, nil])
        let sortedNames: [String] = names
        #expect(sortedNames.sorted() == ["Foundation", "Rama"])

        let other = Alias<Book>("other")
        let pricedAlike = session.query(Book.self).join(other, on: Book.price == other.price).filter(Book.id < other.id)
        let twins = try await pricedAlike.select(Book.title, other.title).all()

        #expect(twins.map(\.0) == ["Foundation"])
        #expect(twins.map(\.1) == ["Rama"])
      }

      @Test func groups() async throws {
        let session = try await library()

        let groups = session.query(Author.self).join(Author.books).group(by: Author.id, Author.name).having(count() > 1)
        let perAuthor = try await groups.select(Author.name, count(), Book.price.sum(), Book.price.average())
          .order(by: Author.name).all()
        let total = try await session.select(Book.price.sum()).one()
        let prices = try await session.select(Book.price.count(distinct: true), Book.price.min(), Book.price.max())
          .one()

        #expect(perAuthor.map(\.0) == ["Asimov", "Clarke"])
        #expect(perAuthor.map(\.1) == [2, 2])
        #expect(perAuthor.map(\.2) == [20, 32])
        #expect(perAuthor.map(\.3) == [10, 16])
        #expect(total == 87)
        #expect(prices.0 == 5)
        #expect(prices.1 == 5)
        #expect(prices.2 == 30)
        let none = try await session.select(Book.price.sum(), count()).filter(Book.id == 99).one()
        #expect(none.0 == nil)
        #expect(none.1 == 0)
      }

      @Test func subqueries() async throws {
        let session = try await library()

        let dear = RomeQuery(Book.self).filter(Book.price > 15)
        let m = session.query(Author.self).filter(Author.id.in(dear.select(Book.authorID)))
        let n = session.query(Author.self).filter(exists(dear.filter(Book.authorID == Author.id)))
        let top = session.query(Book.self).filter(Book.price == scalar(RomeQuery(Book.self).select(Book.price.max())))
        let titles = session.select(Book.title).filter(Book.price < 10)
        let both = titles.union(session.select(Author.name)).limit(20)

        #expect(try await m.all().map(\.name) == ["Clarke"])
        #expect(try await n.all().map(\.name) == ["Clarke"])
        #expect(try await top.all().map(\.title) == ["Gilgamesh"])
        let found: [String] = try await both.all()
        #expect(found.sorted() == ["Asimov", "Beowulf", "Clarke", "I, Robot", "Lem"])
      }

      @Test func pages() async throws {
        let session = try await library()

        let ordered = session.query(Book.self).order(by: Book.price.descending, Book.title)
        let first = try await ordered.limit(2).all()
        let second = try await ordered.after(first[1]).limit(2).all()
        let late = try await session.query(Book.self).order(by: Book.isbn.ascending.nullsLast).offset(1).all()

        #expect(first.map(\.title) == ["Gilgamesh", "2001"])
        #expect(second.map(\.title) == ["Foundation", "Rama"])
        #expect(late.map(\.isbn) == ["2", "3", "4", nil, nil])
      }

      @Test func bulkChanges() async throws {
        let session = try await library()

        let raised = try await session.query(Book.self).filter(Book.price < 10).update {
          $0.set(Book.price, to: Book.price + 1)
        }
        let gone = try await session.query(Book.self).filter(Book.title == "Beowulf").delete()
        try await session.commit()

        #expect(raised == 2 && gone == 1)

        let book = try await session.updateOnMatch(
          Book.self, 2, values: ["price": 20], expected: ["price": 9, "isbn": "2"])

        #expect(book.price == 20)
        await expectError(.notFound) {
          _ = try await session.updateOnMatch(Book.self, 2, values: ["price": 1], expected: ["price": 9])
        }

        let rama = try await session.upsert(Book(isbn: "3", title: "Rendezvous with Rama", price: 13), on: Book.isbn)
        try await session.commit()

        #expect(rama.id == 3)
        let check = RomeSession(session.store)
        #expect(try await check.query(Book.self).count() == 5)
        #expect(try await check.get(Book.self, 3)?.title == "Rendezvous with Rama")
        #expect(try await check.query(Book.self).update(["price": 3]) == 5)
        try await expectClean(session.store)
      }

      @Test func explanations() async throws {
        let session = try await library()

        let found = session.query(Book.self).join(Book.author).filter(Author.name == "Asimov", Book.price < 20)
        let plan = try await found.order(by: Book.price.descending).limit(10).explain()
        print(plan)

        #expect(
          "\(plan)" == """
            limit 10
            order by books.price DESC
            sort, keeping what the limit leaves
            books: join by batched lookup in ix_author_id of authors.id
            authors: 1 range of ix_name
              not primary key: costs 10000, more than ix_name
            2 results, 2 round trips, 3 keys read, 3 rows read
            """)
        #expect(plan.statistics.roundTrips <= 2)
        #expect(!plan.hasFullScan)
      }

      @Test func aSessionTellsOfItsQueries() async throws {
        let session = try await library()
        session.onQuery = { plan in if plan.hasFullScan { print(plan) } }
        #expect(try await session.query(Book.self).count() == 6)
      }
    }
  }
#endif
