// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeTesting
import Testing

/// Queries in the public interface have the answers of SQLite on random data, also in a session with uncommitted changes.
@Suite struct TypedQueryTests {
  @Test(arguments: StoreKind.allCases, 0..<12)
  func queriesOfThePublicInterfaceHaveTheAnswersOfSQLite(_ store: StoreKind, _ number: Int) async throws {
    let seed = DifferentialTests.seed &+ UInt64(number)
    var random = SeededGenerator(seed: seed)
    let data = DataSet.random(using: &random)
    let environment = try await Environment(data, on: store)
    for query in TypedQuery.all {
      for isChanged in [false, true] {
        if let problem = try await environment.mismatch(query, isChanged: isChanged) {
          Issue.record(
            "\(store.rawValue), seed \(seed)\(isChanged ? ", with changes" : ""): \(query.sql)\n\(problem)\n\(data)")
        }
      }
    }
    await environment.erase()
  }
}
