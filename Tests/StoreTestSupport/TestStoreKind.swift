// SPDX-License-Identifier: Apache-2.0

public import Rome
public import Testing
import Foundation
import RedisTestSupport
import RomeLMDB
import RomeRedis

/// A kind of store that tests of query sets run on.
public struct TestStoreKind: CustomTestStringConvertible, Sendable {
  /// The name of the kind.
  public let name: String
  private let makeStore: @Sendable () async throws -> any Store

  /// The name of the kind.
  public var testDescription: String { name }

  /// A store in memory.
  public static let memory = TestStoreKind(name: "MemoryStore") { MemoryStore() }
  /// A namespace of a Redis server that all tests of the process share.
  public static let redis = TestStoreKind(name: "RedisStore") {
    var configuration = try await RedisConfiguration(url: RedisServer.shared.url)
    configuration.namespace = "test-" + UUID().uuidString
    return try await RedisStore.connect(to: configuration)
  }

  /// A file, which is gone with the process.
  public static let lmdb = TestStoreKind(name: "LMDBStore") {
    try LMDBStore(LMDBConfiguration(path: TestFolder.newPath(), maximumBytes: 1 << 30))
  }

  /// All kinds.
  public static let all: [TestStoreKind] = [memory, redis]

  /// An empty store.
  public func make() async throws -> any Store { try await makeStore() }
}

/// Expects that rows and indexes of the store agree.
public func expectClean(_ store: any Store, sourceLocation: SourceLocation = #_sourceLocation) async throws {
  let report = try await store.verify()
  #expect(report.isClean, "\(report)", sourceLocation: sourceLocation)
}
