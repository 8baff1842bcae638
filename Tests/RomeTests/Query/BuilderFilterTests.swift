// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rome

@Suite struct BuilderFilterTests {
  @Test(arguments: TestStore.all)
  func severalConditionsMustAllHold(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    let books = try await session.query(Book.self).filter(Book.price >= 8, Book.price < 20).filter(Book.title != "Rama")
      .order(by: Book.title).all()
    #expect(books.map(\.title) == ["Foundation", "I, Robot"])
  }

  @Test(arguments: TestStore.all)
  func aDictionaryFiltersByNamesOfColumnsAndProperties(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    let rama = try await session.query(Book.self).filter(by: ["price": 12, "title": "Rama"]).one()
    #expect(rama.isbn == "3")
    #expect(try await session.query(Book.self).filter(by: ["authorID": nil]).one().title == "Beowulf")
    #expect(try await session.query(Book.self).filter(by: ["author_id": nil]).count() == 1)
  }

  @Test(arguments: TestStore.all)
  func unknownNamesAndWrongTypesAreErrorsOfTheExecution(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    let unknown = session.query(Book.self).filter(by: ["pages": 3])
    await expectError(.unknownColumn) { _ = try await unknown.all() }
    await expectError(.unknownColumn) { _ = try await unknown.count() }
    await expectError(.unknownColumn) { _ = try await unknown.exists() }
    await expectError(.unknownColumn) { _ = try await unknown.delete() }
    await expectError(.wrongType) { _ = try await session.query(Book.self).filter(by: ["price": "3"]).all() }
    await expectError(.unknownColumn) { _ = try await session.query(Book.self).order(by: "pages").all() }
    await expectError(.invalidQuery) { _ = try await session.query(Book.self).limit(-1).first() }
    await expectError(.invalidQuery) { _ = try await session.select(count()).all() }
    await expectError(.invalidState) { _ = try await RomeQuery(Book.self).all() }
  }

  @Test(arguments: TestStore.all)
  func aConditionOfAnEntityThatIsNotJoinedIsAnError(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    await expectError(.invalidQuery) { _ = try await session.query(Book.self).filter(Author.name == "Asimov").all() }
  }

  @Test(arguments: TestStore.all)
  func subqueriesAreBuiltWithoutASession(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    let dear = RomeQuery(Book.self).filter(Book.price > 15)
    let byMembership = try await session.query(Author.self).filter(Author.id.in(dear.select(Book.authorID))).all()
    #expect(byMembership.map(\.name) == ["Clarke"])
    let byExistence = try await session.query(Author.self)
      .filter(exists(RomeQuery(Book.self).filter(Book.authorID == Author.id, Book.price < 10))).all()
    #expect(byExistence.map(\.name) == ["Asimov"])
    let highest = scalar(RomeQuery(Book.self).select(Book.price.max()))
    #expect(try await session.query(Book.self).filter(Book.price == highest).one().title == "2001")
  }

  @Test(arguments: TestStore.all)
  func groupsAreFilteredByHaving(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    let rows = try await session.select(Book.authorID, count(), Book.price.sum()).group(by: Book.authorID)
      .having(count() > 1).order(by: Book.authorID).all()
    #expect(rows.map(\.1) == [2, 2])
    #expect(rows.map(\.2) == [20, 32])
    #expect(try await session.select(count()).from(Book.self).one() == 5)
  }

  @Test(arguments: TestStore.all)
  func distinctYieldsEqualResultsOnce(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    #expect(try await session.select(Book.price).distinct().order(by: Book.price).all() == [5, 8, 12, 20])
    #expect(try await session.select(Book.price).distinct().count() == 4)
  }

  @Test(arguments: TestStore.all)
  func unionsCanBeOrderedAndCounted(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    let cheap = session.select(Book.title).filter(Book.price < 10)
    let middle = session.select(Book.title).filter(Book.price < 13)
    #expect(
      try await cheap.union(middle).order(by: Book.title).all() == ["Beowulf", "Foundation", "I, Robot", "Rama"])
    #expect(try await cheap.unionAll(middle).count() == 6)
    #expect(try await cheap.unionAll(middle).order(by: Book.title).limit(2).all() == ["Beowulf", "Beowulf"])
  }
}
