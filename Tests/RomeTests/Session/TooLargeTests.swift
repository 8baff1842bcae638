// SPDX-License-Identifier: Apache-2.0

import Foundation
import RedisTestSupport
import RomeLMDB
import RomeRedis
import Testing

@testable import Rome

/// A primary key of two texts.
private final class Drawer: Entity {
  static let schema = EntitySchema(
    table: "drawers",
    columns: [ColumnDescription("cabinet", String.self), ColumnDescription("row", String.self)],
    primaryKey: ["cabinet", "row"])

  let entityState: EntityState
  init(entityState: EntityState) { self.entityState = entityState }
  init(_ cabinet: String, row: String) {
    entityState = EntityState(of: Drawer.self)
    entityState[0] = cabinet
    entityState[1] = row
  }
}

/// What is larger than a store takes is an error that says where, on each store.
@Suite struct TooLargeTests {
  static let stores = [
    TestStore(name: "MemoryStore") {
      MemoryStore(limits: MemoryStoreLimits(keyBytes: 600, rowBytes: 5000, commitBytes: 20_000))
    },
    TestStore.lmdb,
    TestStore(name: "RedisStore") {
      try await redis {
        $0.maximumRowBytes = 100_000
        $0.maximumCommitBytes = 400_000
      }
    },
  ]

  private static func redis(_ change: (inout RedisConfiguration) -> Void) async throws -> RedisStore {
    var configuration = try await RedisConfiguration(url: RedisServer.shared.url)
    configuration.namespace = "test-" + UUID().uuidString
    change(&configuration)
    return try await RedisStore.connect(to: configuration)
  }

  /// Expects that the commit is refused for a table and an index or a column, and that the session goes on behind a rollback.
  private func expectRefused(
    _ session: RomeSession, entity: String?, index: String? = nil, column: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    do throws(RomeError) {
      try await session.commit()
      Issue.record("it was committed", sourceLocation: sourceLocation)
    } catch {
      #expect(error.code == .limitExceeded, "\(error)", sourceLocation: sourceLocation)
      #expect(error.entity == entity && error.index == index, "\(error)", sourceLocation: sourceLocation)
      #expect(error.column == column, "\(error)", sourceLocation: sourceLocation)
      #expect(error.commitID != nil && error.underlying?.code == .limitExceeded, sourceLocation: sourceLocation)
      #expect(!error.description.contains("nnn"), "no data: \(error)", sourceLocation: sourceLocation)
    }
    session.rollback()
    #expect(!session.hasChanges, sourceLocation: sourceLocation)
  }

  @Test(arguments: stores)
  func `what is too large is named, and nothing of it stays`(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let limits = store.capabilities
    let key = try #require(limits.maximumKeyBytes)
    let row = try #require(limits.maximumRowBytes)
    let session = RomeSession(store)
    session.add(Author(name: "Lem"))
    try await session.commit()
    // The columns of an index and the primary key.
    let long = String(repeating: "n", count: limits.maximumEntryBytes ?? key)
    session.add(Author(name: long))
    try await expectRefused(session, entity: "authors", index: "ix_name")
    session.add(Book(isbn: long, title: "t"))
    try await expectRefused(session, entity: "books", index: "uq_isbn")
    let author = try #require(try await session.find(Author.self, 1))
    author.name = long
    try await expectRefused(session, entity: "authors", index: "ix_name")
    #expect(author.name == "Lem")
    session.add(Tag(String(repeating: "n", count: key)))
    try await expectRefused(session, entity: "tags", column: "name")
    // The longer one of two columns, none of which is too long by itself.
    for (cabinet, row, column) in [(key * 2 / 3, key / 2, "cabinet"), (key / 2, key * 2 / 3, "row")] {
      session.add(Drawer(String(repeating: "n", count: cabinet), row: String(repeating: "n", count: row)))
      try await expectRefused(session, entity: "drawers", column: column)
    }
    session.add(Book(title: String(repeating: "n", count: row)))
    try await expectRefused(session, entity: "books")
    if let commit = limits.maximumCommitBytes {
      for number in 0...(commit / 1000) { session.add(Book(title: String(repeating: "n", count: 1000), price: number)) }
      try await expectRefused(session, entity: nil)
    }
    // One that just fits: the tag of the key's type and the byte that ends it.
    session.add(Tag(String(repeating: "n", count: key - 2)))
    try await session.commit()
    // Looking for what can't be there finds nothing.
    #expect(try await session.find(Author.name, long).isEmpty)
    #expect(try await session.find(Tag.self, long) == nil)
    #expect(try await session.query(Author.self).filter(Author.name > long).count() == 0)
    #expect(try await session.query(Author.self).filter(Author.name < long).count() == 1)
    #expect(try await store.scan([Scan(.rows("books"), fetch: .count)])[0].count == 0)
    try await expectClean(store)
  }

  @Test func `an answer that is too large names its table`() async throws {
    let store = try await Self.redis {
      $0.maximumReplyBytes = 200_000
      $0.pageBytes = 10 << 20
    }
    let session = RomeSession(store)
    for _ in 0..<12 { session.add(Book(title: String(repeating: "n", count: 30_000))) }
    try await session.commit()
    session.rollback()
    do {
      _ = try await RomeSession(store).query(Book.self).all()
      Issue.record("it was answered")
    } catch {
      #expect(error.code == .limitExceeded, "\(error)")
      #expect(error.entity == "books", "\(error)")
    }
    // The connection is made again.
    #expect(try await RomeSession(store).query(Book.self).filter(Book.id == 1).all().count == 1)
  }
}
