// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rome

@Suite struct BuilderOrderTests {
  @Test(arguments: TestStore.all)
  func severalKeysSortInBothDirections(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    let titles = try await session.select(Book.title).order(by: Book.price.descending, Book.title).all()
    #expect(titles == ["2001", "Foundation", "Rama", "I, Robot", "Beowulf"])
    let byName = try await session.query(Book.self).order(by: "price", descending: true).order(by: "title").all()
    #expect(byName.map(\.title) == titles)
  }

  @Test(arguments: TestStore.all)
  func nullsStandWhereTheKeySays(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    #expect(try await session.select(Book.isbn).order(by: Book.isbn).all() == [nil, nil, "1", "2", "3"])
    #expect(
      try await session.select(Book.isbn).order(by: Book.isbn.ascending.nullsLast).all() == ["1", "2", "3", nil, nil])
    #expect(try await session.select(Book.isbn).order(by: Book.isbn.descending).all() == ["3", "2", "1", nil, nil])
  }

  @Test(arguments: TestStore.all)
  func limitAndOffsetCutAPage(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    let query = session.select(Book.title).order(by: Book.title)
    #expect(try await query.limit(2).all() == ["2001", "Beowulf"])
    #expect(try await query.offset(3).all() == ["I, Robot", "Rama"])
    #expect(try await query.limit(1).offset(2).one() == "Foundation")
    #expect(try await query.limit(0).all() == [])
    #expect(try await query.limit(3).count() == 3)
  }

  @Test(arguments: TestStore.all)
  func pagesBehindAnEntityCoverAllRowsOnce(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    for keys: [any Orderable] in [
      [Book.price], [Book.price.descending], [Book.isbn.ascending.nullsLast, Book.price.descending],
      [Book.isbn.descending],
    ] {
      let ordered = keys.reduce(session.query(Book.self)) { $0.order(by: $1.orderKey) }
      let whole = try await ordered.all().map(\.title)
      var titles: [String] = []
      var last: Book?
      repeat {
        let page = try await (last.map { ordered.after($0) } ?? ordered).limit(2).all()
        titles += page.map(\.title)
        last = page.last
      } while last != nil
      #expect(titles == whole)
    }
  }

  @Test(arguments: TestStore.all)
  func pagesBehindValuesAreThoseBehindTheEntity(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    let query = session.query(Book.self).order(by: Book.price)
    let rama = try await session.query(Book.self).filter(Book.title == "Rama").one()
    #expect(try await query.after(rama).all().map(\.title) == ["2001"])
    #expect(try await query.after(values: 12, rama.id).all().map(\.title) == ["2001"])
    #expect(try await query.after(rama).count() == 1)
    // What the marker is behind does not depend on the order of the calls.
    #expect(try await session.query(Book.self).after(rama).order(by: Book.price).all().map(\.title) == ["2001"])
    await expectError(.invalidQuery) { _ = try await query.after(values: 12).all() }
    await expectError(.wrongType) { _ = try await query.after(values: "12", rama.id).all() }
    await expectError(.invalidQuery) {
      _ = try await session.query(Book.self).order(by: Book.price + 1).after(rama).all()
    }
  }
}
