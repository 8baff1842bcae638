// SPDX-License-Identifier: Apache-2.0

@testable import Rome

extension RomeSession {
  /// The rows of a statement whose outputs are expressions.
  func values(of statement: SelectStatement) async throws(RomeError) -> [[Value]] {
    let executor = StatementExecutor(statement, try await beginQuery(over: statement.schemas))
    var result: [[Value]] = []
    // Small batches, so that they end in the middle of things.
    while let rows = try await executor.next(batch: 3) {
      for row in rows {
        result.append(row.map { item in if case .value(let value) = item { value } else { .null } })
      }
    }
    return result
  }
}
