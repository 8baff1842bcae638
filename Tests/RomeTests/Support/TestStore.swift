// SPDX-License-Identifier: Apache-2.0

import Foundation
import RedisTestSupport
import Rome
import RomeLMDB
import RomeRedis
import StoreTestSupport
import Testing

/// A store that the tests run on. A new adapter joins all of them by one line in ``all``.
struct TestStore: CustomTestStringConvertible, Sendable {
  let name: String
  let make: @Sendable () async throws -> any Store

  var testDescription: String { name }

  static let memory = TestStore(name: "MemoryStore") { MemoryStore() }
  static let redis = TestStore(name: "RedisStore") { try await redisStore { _ in } }
  static let redisInTwoRoundTrips = TestStore(name: "RedisStore, rows in two round trips") {
    try await redisStore { $0.rowFetch = .twoRoundTrips }
  }

  static let lmdb = TestStore(name: "LMDBStore") {
    try LMDBStore(LMDBConfiguration(path: TestFolder.newPath(), maximumBytes: 1 << 30))
  }

  static let all: [TestStore] = [memory, lmdb, redis, redisInTwoRoundTrips]

  /// A store in a namespace of its own on the server that all tests share.
  private static func redisStore(_ change: (inout RedisConfiguration) -> Void) async throws -> RedisStore {
    var configuration = try await RedisConfiguration(url: RedisServer.shared.url)
    configuration.namespace = "test-" + UUID().uuidString
    change(&configuration)
    return try await RedisStore.connect(to: configuration)
  }
}

extension Store {
  /// What a scan that brings rows costs: one round trip, or two where the store can't follow index entries to rows by
  /// itself.
  var scanRoundTrips: Int { capabilities.scansRowsInOneRoundTrip ? 1 : 2 }
}
