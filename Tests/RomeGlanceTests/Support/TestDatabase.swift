// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeGlance
import RomeTesting
import StoreTestSupport
import Testing

/// A kind of store that the tests run on.
struct TestDatabase: CustomTestStringConvertible, Sendable {
  let kind: TestStoreKind

  var testDescription: String { kind.name }

  static let memory = TestDatabase(kind: .memory)
  static let redis = TestDatabase(kind: .redis)
  static let all: [TestDatabase] = [memory, redis]

  /// An empty store.
  func makeStore() async throws -> any Store { try await kind.make() }

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
