// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import RomeTesting
import StoreTestSupport
import Testing

extension TestStoreKind {
  /// An empty database.
  func nova(_ options: NovaOptions = NovaOptions()) async throws -> NovaDatabase {
    NovaDatabase(try await make(), options: options)
  }

  /// An empty database over a store that counts its calls.
  func countedNova() async throws -> (nova: NovaDatabase, store: FaultyStore) {
    let store = FaultyStore(try await make())
    return (NovaDatabase(store), store)
  }
}

extension NovaDatabase {
  /// The same database with a clock that stands still.
  func at(_ time: Date) -> NovaDatabase {
    var copy = self
    copy.clock = { time }
    return copy
  }
}

/// Expects that the work fails with an error of the class, and with the fields that are given.
func expectError(
  _ code: NovaError.Code, _ fields: [String: NovaField] = [:], sourceLocation: SourceLocation = #_sourceLocation,
  _ work: () async throws -> Void
) async {
  do {
    try await work()
    Issue.record("no error, expected \(code.rawValue)", sourceLocation: sourceLocation)
  } catch let error as NovaError {
    #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
    for (name, value) in fields { #expect(error.fields[name] == value, "\(name)", sourceLocation: sourceLocation) }
  } catch {
    Issue.record("\(error), expected \(code.rawValue)", sourceLocation: sourceLocation)
  }
}

extension NovaContext {
  /// A regular user of a project.
  static func of(_ project: String) -> NovaContext { .user("user", of: project) }
}
