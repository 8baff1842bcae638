// SPDX-License-Identifier: Apache-2.0

import Foundation
import RedisTestSupport
@testable import Rome
import RomeLMDB
import RomeRedis

/// Which store Rome is asked on.
enum StoreKind: String, CaseIterable {
  case memory
  case redis
  case lmdb

  /// An empty store, and what removes its data.
  func make() async throws -> (store: any Store, erase: @Sendable () async -> Void) {
    switch self {
    case .memory: return (MemoryStore(), {})
    case .lmdb:
      let url = FileManager.default.temporaryDirectory.appending(path: "differential-\(UUID().uuidString).rome")
      return (
        try LMDBStore(LMDBConfiguration(path: url.path, maximumBytes: 64 << 20)),
        {
          for path in [url.path, url.path + "-lock"] { try? FileManager.default.removeItem(atPath: path) }
        }
      )
    case .redis:
      var configuration = try await RedisConfiguration(url: RedisServer.shared.url)
      configuration.namespace = "differential-" + UUID().uuidString
      // Small pages, so that cut scans are compared as well.
      configuration.pageEntries = 7
      let store = try await RedisStore.connect(to: configuration)
      return (store, { _ = try? await store.eraseNamespace() })
    }
  }
}

/// How Rome is asked.
enum Mode: String, CaseIterable {
  /// Through indexes.
  case indexed
  /// The same tables, the planner forbidden to use an index.
  case withoutIndexes
  /// Tables that have no index.
  case plainTables
  /// Through indexes, in a session with changes that are not committed.
  case pendingChanges
}

/// A data set in SQLite and in Rome.
final class Environment {
  private let before: SQLiteDatabase
  private let after: SQLiteDatabase
  private let session: RomeSession
  private let plain: RomeSession
  private let changed: RomeSession

  private let erasers: [@Sendable () async -> Void]

  init(_ data: DataSet, on kind: StoreKind) async throws {
    before = try Self.database(data, isChanged: false)
    after = try Self.database(data, isChanged: true)
    let (store, eraseStore) = try await kind.make()
    try await Self.load(data, into: store, indexedEntities)
    let (plainStore, erasePlainStore) = try await kind.make()
    erasers = [eraseStore, erasePlainStore]
    try await Self.load(data, into: plainStore, plainEntities)
    session = RomeSession(store)
    plain = RomeSession(plainStore)
    changed = RomeSession(store)
    try await Self.change(data, in: changed)
  }

  /// Removes the data from the server.
  func erase() async {
    for eraser in erasers { await eraser() }
  }

  /// The data in SQLite, before or after the changes.
  func database(isChanged: Bool) -> SQLiteDatabase { isChanged ? after : before }

  /// A session that sees the data before or after the changes.
  func session(isChanged: Bool) -> RomeSession { isChanged ? changed : session }

  /// What SQLite answers.
  func expected(_ query: TestQuery, _ mode: Mode) throws -> [[Value]] {
    try database(isChanged: mode == .pendingChanges).rows(query.sql).map { $0.map(\.normalised) }
  }

  /// What Rome answers.
  func actual(_ query: TestQuery, _ mode: Mode) async throws -> [[Value]] {
    let session = mode == .pendingChanges ? changed : mode == .plainTables ? plain : session
    let entities = mode == .plainTables ? plainEntities : indexedEntities
    var statement = RomeBuilder(schemas: entities.map { $0.schema }).statement(query)
    statement.usesIndexes = mode != .withoutIndexes
    guard let size = query.pageSize else { return try await session.values(of: statement) }
    return try await pages(of: statement, size, in: session)
  }

  private func pages(
    of statement: SelectStatement, _ size: Int, in session: RomeSession
  )
    async throws -> [[Value]]
  {
    var statement = statement
    statement.limit = size
    var rows: [[Value]] = []
    while true {
      let page = try await session.values(of: statement)
      rows += page
      guard page.count == size, let last = page.last else { return rows }
      statement.marker = last
    }
  }

  private static func database(_ data: DataSet, isChanged: Bool) throws -> SQLiteDatabase {
    let database = try SQLiteDatabase()
    for table in Tables.all {
      for statement in table.sql { try database.execute(statement) }
    }
    try database.execute("BEGIN")
    for statement in data.statements(isChanged: isChanged) { try database.execute(statement) }
    try database.execute("COMMIT")
    return database
  }
}
