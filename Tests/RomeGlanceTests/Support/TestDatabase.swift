// SPDX-License-Identifier: Apache-2.0

import Foundation
import RedisTestSupport
import Rome
import RomeGlance
import RomeRedis
import RomeTesting
import Testing

/// A kind of store that the tests run on.
struct TestDatabase: CustomTestStringConvertible, Sendable {
  let name: String
  let makeStore: @Sendable () async throws -> any Store

  var testDescription: String { name }

  static let memory = TestDatabase(name: "MemoryStore") { MemoryStore() }
  static let redis = TestDatabase(name: "RedisStore") {
    var configuration = try await RedisConfiguration(url: RedisServer.shared.url)
    configuration.namespace = "test-" + UUID().uuidString
    return try await RedisStore.connect(to: configuration)
  }

  static let all: [TestDatabase] = [memory, redis]

  /// An empty database.
  func make() async throws -> GlanceDatabase {
    GlanceDatabase(try await makeStore())
  }

  /// An empty database over a store that counts its calls.
  func makeCounted() async throws -> (glance: GlanceDatabase, store: FaultyStore) {
    let store = FaultyStore(try await makeStore())
    return (GlanceDatabase(store), store)
  }
}

/// Expects that the work fails with an error of the class, and the message when one is given.
func expectError(
  _ code: GlanceError.Code, _ message: String? = nil, sourceLocation: SourceLocation = #_sourceLocation,
  _ work: () async throws -> Void
) async {
  do {
    try await work()
    Issue.record("no error, expected \(code.rawValue)", sourceLocation: sourceLocation)
  } catch let error as GlanceError {
    #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
    if let message { #expect(error.message == message, sourceLocation: sourceLocation) }
  } catch {
    Issue.record("\(error), expected \(code.rawValue)", sourceLocation: sourceLocation)
  }
}

/// Expects that rows and indexes of the database agree.
func expectClean(_ glance: GlanceDatabase, sourceLocation: SourceLocation = #_sourceLocation) async throws {
  let report = try await glance.store.verify()
  #expect(report.isClean, "\(report)", sourceLocation: sourceLocation)
}

extension GlanceContext {
  /// A regular caller of a tenant.
  static func tenant(_ owner: String?) -> GlanceContext { GlanceContext(user: "user", owner: owner, roles: ["member"]) }
}
