// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// Runs a call that takes one row out of a pool of free ones, of which the first is to be taken.
  ///
  /// All callers want the same row. Were the transaction serializable, its commit would prove that the row is still the first
  /// one, every commit would make all others fail, and the callers would be served one after the other. This one proves only
  /// that the row which it takes has not changed, so no two callers get the same one. Who loses the first row to somebody
  /// else takes any one of the first few free rows in its next attempt, and of more with each further one: the callers
  /// spread over the pool.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - exhausted: What to throw when somebody else was faster each time.
  ///   - body: The work. It gets the number of free rows from the begin of the pool that it may choose from at random, and
  ///     must find them by their own columns alone. Of one row it is the first.
  func claiming<Result>(
    _ context: NovaContext, exhausted: NovaError, _ body: (NovaCall, _ choices: Int) async throws -> Result
  ) async throws(NovaError) -> Result {
    var attempt = 0
    return try await transaction(context, isolation: .readCommitted) { error in
      error.code == .conflict ? exhausted : nil
    } _: { call in
      attempt += 1
      return try await body(call, attempt == 1 ? 1 : 16 << min(attempt - 1, 3))
    }
  }
}
