// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rome

@Suite struct BuilderJoinTests {
  @Test(arguments: TestStore.all)
  func aConditionAndARelationshipJoinTheSame(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    let byCondition = try await session.query(Book.self).join(Author.self, on: Book.authorID == Author.id)
      .order(by: Book.title).all()
    let byRelationship = try await session.query(Book.self).join(Book.author).order(by: Book.title).all()
    #expect(byCondition.map { "\($0.title) \($1.name)" } == byRelationship.map { "\($0.title) \($1.name)" })
    #expect(byCondition.map(\.0.title) == ["2001", "Foundation", "I, Robot", "Rama"])
    #expect(byCondition.map(\.1.name) == ["Clarke", "Asimov", "Asimov", "Clarke"])
  }

  @Test(arguments: TestStore.all)
  func anOuterJoinKeepsWhatFindsNoPartner(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    let rows = try await session.query(Book.self).outerJoin(Book.author).order(by: Book.title).all()
    #expect(rows.map(\.1?.name) == ["Clarke", nil, "Asimov", "Asimov", "Clarke"])
    let authors = try await session.query(Author.self).outerJoin(Author.books).filter(Book.id == nil).all()
    #expect(authors.map(\.0.name) == ["Campbell"])
    let tags = try await session.query(Book.self).outerJoin(Book.tags).order(by: Book.title).all()
    #expect(tags.map(\.1?.name) == [nil, nil, "space", "robots", "space"])
  }

  @Test(arguments: TestStore.all)
  func relationshipsToManyJoinThroughTheirRows(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    let rows = try await session.query(Book.self).join(Book.tags).filter(Tag.name == "space").order(by: Book.title)
      .all()
    #expect(rows.map(\.0.title) == ["Foundation", "Rama"])
    let books = try await session.query(Author.self).join(Author.books).filter(Author.name == "Asimov")
      .order(by: Book.price).select(Book.title).all()
    #expect(books == ["I, Robot", "Foundation"])
  }

  @Test(arguments: TestStore.all)
  func aTableJoinsItselfUnderAnAlias(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    let mentor = Alias<Author>("mentor")
    let pair = try await session.query(Author.self).join(Author.mentor, as: mentor).one()
    #expect(pair.0.name == "Asimov")
    #expect(pair.1.name == "Campbell")
    let same = try await session.query(mentor).join(Author.self, on: Author.mentorID == mentor.id).select(Author.name)
      .one()
    #expect(same == "Asimov")
    await expectError(.invalidQuery) { _ = try await session.query(Author.self).join(Author.mentor).all() }
    let pupil = Alias<Author>("pupil")
    let back = try await session.query(pupil).join(Author.mentor, of: pupil).one()
    #expect(back.1.name == "Campbell")
  }

  @Test(arguments: TestStore.all)
  func selectReplacesTheResults(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    let joined = session.query(Book.self).join(Book.author).filter(Book.price == 8)
    let values = try await joined.select(Author.name, Book.price * 2).one()
    #expect(values == ("Asimov", 16))
    #expect(try await joined.select(Author.self).one().name == "Asimov")
    let mixed = try await joined.select(Author.self, with: Book.title).one()
    #expect(mixed.0.name == "Asimov" && mixed.1 == "I, Robot")
    let nullable = try await session.query(Book.self).outerJoin(Book.author).order(by: Book.title)
      .select(Book.title, Author.name.nullable).all()
    #expect(nullable.map(\.1) == ["Clarke", nil, "Asimov", "Asimov", "Clarke"])
    await expectError(.wrongType) {
      _ = try await session.query(Book.self).outerJoin(Book.author).select(Author.name).all()
    }
  }

  @Test(arguments: TestStore.all)
  func conditionsOfRelationshipsLookAtTheirTargets(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    func titles(_ condition: Condition) async throws -> [String] {
      try await session.query(Book.self).filter(condition).order(by: Book.title).all().map(\.title)
    }
    func names(_ condition: Condition) async throws -> [String] {
      try await session.query(Author.self).filter(condition).order(by: Author.name).all().map(\.name)
    }
    #expect(try await titles(Book.author.has(Author.name == "Asimov")) == ["Foundation", "I, Robot"])
    #expect(try await titles(!Book.author.exists()) == ["Beowulf"])
    #expect(try await names(Author.books.any(Book.price > 15)) == ["Clarke"])
    #expect(try await names(Author.books.any()) == ["Asimov", "Clarke"])
    #expect(try await names(Author.books.isEmpty) == ["Campbell"])
    #expect(try await titles(Book.tags.any(Tag.name == "space")) == ["Foundation", "Rama"])
    #expect(try await titles(Book.tags.isEmpty) == ["2001", "Beowulf"])
    #expect(try await titles(Book.reviews.any(Review.stars == 5)) == ["Rama"])
    #expect(try await names(Author.mentor.has(Author.name == "Campbell")) == ["Asimov"])
    #expect(try await names(Author.mentor.has(Author.mentor.exists())) == [])
    #expect(try await names(Author.books.any(Book.tags.any(Tag.name == "robots"))) == ["Asimov"])
  }

  @Test func aConditionOfARelationshipToItsOwnTableNamesBothSides() {
    let condition = Author.mentor.has(Author.mentor.has(Author.name == "x"))
    guard case .exists(let outer) = condition.node else {
      Issue.record("no EXISTS")
      return
    }
    #expect(outer.statement.sources.map(\.id.alias) == ["mentor2"])
    #expect(outer.statement.freeSources == [SourceID(Author.schema)])
  }
}
