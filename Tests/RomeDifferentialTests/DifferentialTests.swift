// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeTesting
import Testing

/// Random queries on random data have the same answers as in SQLite.
///
/// A failure prints its seed and the number of its part. `ROME_DIFFERENTIAL_SEED` makes the same queries again, and
/// `ROME_DIFFERENTIAL_QUERIES` more or fewer of them.
@Suite struct DifferentialTests {
  static let seed = number("ROME_DIFFERENTIAL_SEED") ?? 20_261_123
  static let queries = Int(number("ROME_DIFFERENTIAL_QUERIES") ?? 10_000)
  /// The queries are made in parts that run in parallel, each with random numbers of its own.
  static let parts = 16
  static let queriesOfDataSet = 25

  private static func number(_ name: String) -> UInt64? {
    ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
  }

  @Test(arguments: StoreKind.allCases, 0..<parts)
  func randomQueriesHaveTheAnswersOfSQLite(_ store: StoreKind, _ part: Int) async throws {
    var random = SeededGenerator(seed: Self.seed &+ UInt64(part) &* 0x9E37_79B9)
    let count = (Self.queries + Self.parts - 1) / Self.parts
    var checked = 0
    var rows = 0
    while checked < count {
      let data = DataSet.random(using: &random)
      let environment = try await Environment(data, on: store)
      for _ in 0..<min(Self.queriesOfDataSet, count - checked) {
        let query = QueryGenerator.random(using: &random)
        // Each query goes through the indexes, and another way in turn.
        let modes = [Mode.indexed, Mode.allCases[1 + checked % (Mode.allCases.count - 1)]]
        for mode in modes {
          guard let problem = try await environment.mismatch(query, mode) else { continue }
          var minimiser = Minimiser(query, data, mode, store, problem: problem)
          await minimiser.run()
          Issue.record(
            """
            Query \(checked) of part \(part), ROME_DIFFERENTIAL_SEED=\(Self.seed) \
            ROME_DIFFERENTIAL_QUERIES=\(Self.queries), \(store.rawValue), \(mode.rawValue):
            \(query.sql)

            Smaller, \(minimiser.query.pageSize.map { "in pages of \($0)" } ?? "at once"):
            \(minimiser.query.sql)
            \(minimiser.problem)
            \(minimiser.data)
            """)
          return
        }
        rows += try environment.expected(query, .indexed).count
        checked += 1
      }
      await environment.erase()
    }
    // Queries that find nothing would compare nothing.
    #expect(rows > 2 * checked, "\(rows) rows of \(checked) queries, seed \(Self.seed)")
  }
}
