// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rome

/// Pages at their edges: the greatest limits, and markers that the conditions contradict.
@Suite struct PageTests {
  @Test(arguments: TestStore.all)
  func theGreatestLimitAndOffsetAreNoError(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    #expect(try await session.query(Book.self).limit(.max).all().count == 5)
    #expect(try await session.query(Book.self).order(by: Book.price).limit(.max).offset(1).all().count == 4)
    #expect(try await session.query(Book.self).order(by: Book.title).limit(.max).offset(.max).all().isEmpty)
    #expect(try await session.query(Book.self).distinct().limit(.max).count() == 5)
    #expect(try await session.query(Book.self).offset(.max).count() == 0)
  }

  @Test(arguments: TestStore.all)
  func aMarkerWhoseValueAConditionExcludesStillSplitsTheOrder(_ kind: TestStore) async throws {
    let session = try await BuilderFixture.session(on: kind)
    let atTwelve = session.query(Book.self).filter(Book.price == 12).order(by: Book.price)
    #expect(try await atTwelve.after(values: 8, 4).all().map(\.id) == [1, 3])
    #expect(try await atTwelve.after(values: 20, 1).all().isEmpty)
    #expect(try await atTwelve.after(values: 12, 1).all().map(\.id) == [3])
    let descending = session.query(Book.self).filter(Book.price == 12).order(
      by: Book.price.descending, Book.id.descending)
    #expect(try await descending.after(values: 20, 1).all().map(\.id) == [3, 1])
    #expect(try await descending.after(values: 8, 9).all().isEmpty)
    #expect(try await descending.after(values: 12, 3).all().map(\.id) == [1])
  }
}
