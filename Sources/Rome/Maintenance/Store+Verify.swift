// SPDX-License-Identifier: Apache-2.0

extension Store {
  /// Proves that rows, indexes, unique constraints, foreign keys and sequences of all tables agree, reading everything once in
  /// batches: memory does not grow with the store. The tables come from the records in the store, so no entity is needed.
  ///
  /// Others can read and write meanwhile. On a store without snapshots, each problem is proved by a commit that checks it and
  /// writes nothing, so that what was merely changed between two looks is not reported.
  ///
  /// A store whose adapter makes key spaces up of several parts, as that for Redis does, is asked first whether those agree.
  ///
  /// The next number of each sequence is taken to look at it, which leaves a gap.
  ///
  /// - Parameters:
  ///   - batchSize: How many rows or entries to read at once.
  ///   - progress: Called after each batch.
  /// - Returns: The counts and the problems.
  /// - Throws: ``RomeError`` when the store can't be read or a record of a table is none; `cancelled` when the task was cancelled.
  public func verify(
    batchSize: Int = 500, progress: @escaping (VerificationProgress) -> Void = { _ in }
  ) async throws(RomeError) -> VerificationReport {
    var verifier = Verifier(
      store: self, batchSize: batchSize, progress: progress, handle: { _ throws(RomeError) in false })
    try await verifier.verifyAll()
    return verifier.report
  }
}
