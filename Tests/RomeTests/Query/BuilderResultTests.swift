// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rome

@Suite struct BuilderResultTests {
  @Test(arguments: TestStore.all)
  func oneIsExactlyOne(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    let query = session.query(Book.self)
    #expect(try await query.filter(Book.isbn == "1").one().title == "Foundation")
    await expectError(.notFound) { _ = try await query.filter(Book.isbn == "9").one() }
    await expectError(.multipleResults) { _ = try await query.filter(Book.price == 12).one() }
    await expectError(.multipleResults) { _ = try await query.filter(Book.price == 12).oneOrNil() }
    #expect(try await query.filter(Book.isbn == "9").oneOrNil() == nil)
    #expect(try await query.filter(Book.isbn == "9").first() == nil)
    #expect(try await query.order(by: Book.price).first()?.title == "Beowulf")
    #expect(try await query.filter(Book.price > 15).exists())
    #expect(try await !query.filter(Book.price > 25).exists())
    #expect(try await query.filter(Book.price == 12).count() == 2)
  }

  @Test(arguments: TestStore.all)
  func aRowIsOneEntityInAllQueries(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    let first = try await session.query(Book.self).filter(Book.isbn == "1").one()
    let second = try await session.query(Book.self).join(Book.author).filter(Book.isbn == "1").one()
    #expect(first === second.0)
    first.title = "Changed"
    #expect(try await session.query(Book.self).filter(Book.title == "Changed").one() === first)
  }

  @Test(arguments: TestStore.all)
  func getAnswersFromTheSessionOrInOneRoundTrip(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    let before = session.statistics.roundTrips
    let book = try #require(try await session.get(Book.self, 1))
    #expect(session.statistics.roundTrips == before + 1)
    #expect(try await session.get(Book.self, book.id) === book)
    #expect(session.statistics.roundTrips == before + 1)
    let several = try await session.get(Book.self, keys: [3, 99, 1, 2, 3])
    #expect(session.statistics.roundTrips == before + 2)
    #expect(several.map { $0?.id } == [3, nil, 1, 2, 3])
    #expect(several[0] === several[4])
    #expect(try await session.get(Book.self, Int?.none) == nil)
    #expect(try await session.get(BookTag.self, 2, "robots") != nil)
    #expect(try await session.get(BookTag.self, 1, "robots") == nil)
    #expect(
      try await session.get(BookTag.self, compositeKeys: [[1, "space"], [9, "x"]]).map { $0 != nil } == [true, false])
    await expectError(.invalidQuery) { _ = try await session.get(Book.self, 1, 2) }
    await expectError(.wrongType) { _ = try await session.get(Book.self, "1") }
  }

  @Test(arguments: TestStore.all)
  func aStreamYieldsTheSameAsAll(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    let query = session.query(Book.self).join(Book.author).order(by: Book.id)
    for size in [0, 1, 2, 100] {
      var titles: [String] = []
      for try await (book, author) in query.stream(batchSize: size) { titles.append(book.title + author.name) }
      #expect(titles == (try await query.all().map { $0.title + $1.name }))
    }
    await expectError(.unknownColumn) {
      for try await _ in session.query(Book.self).filter(by: ["pages": 1]).stream() {}
    }
  }

  @Test(arguments: TestStore.all)
  func explainTellsThePlan(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    let plan = try await session.query(Book.self).filter(Book.isbn == "1").explain()
    #expect("\(plan)".contains("isbn"))
  }

  @Test(arguments: TestStore.all)
  func aLimitThatEndsTheWalkOfAnIndexIsNoFullScan(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    let ordered = session.query(Book.self).order(by: Book.price)
    let first = try await ordered.limit(2).explain()
    #expect(!first.hasFullScan && first.statistics.rowsRead == 2, "\(first)")
    let later = try await ordered.offset(1).limit(2).explain()
    #expect(!later.hasFullScan && later.statistics.rowsRead == 3, "\(later)")
    // Without a limit, with a condition that each row is checked by, or with a sort, all rows may be read.
    for query in [
      ordered, ordered.filter(Book.title != "Rama").limit(2), session.query(Book.self).order(by: Book.title).limit(2),
    ] {
      let plan = try await query.explain()
      #expect(plan.hasFullScan, "\(plan)")
    }
    let grouped = session.query(Book.self).group(by: Book.price).limit(1).select(Book.price, count())
    #expect(try await grouped.explain().hasFullScan)
  }

  @Test(arguments: TestStore.all)
  func rowsForUpdateAreProvenByTheCommit(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    let other = RomeSession(session.store)
    _ = try await session.query(Book.self).filter(Book.isbn == "1").forUpdate().one()
    _ = try await session.query(Book.self).filter(Book.isbn == "2").one()
    session.add(Tag("new"))
    try await other.query(Book.self).filter(Book.isbn == "2").update(["price": 1])
    try await other.commit()
    try await session.commit()
    _ = try await session.query(Book.self).filter(Book.isbn == "1").forUpdate().one()
    session.add(Tag("newer"))
    try await other.query(Book.self).filter(Book.isbn == "1").update(["price": 1])
    try await other.commit()
    await expectError(.conflict) { try await session.commit() }
  }
}
