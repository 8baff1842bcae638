// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// Runs a call that changes rows, or that reads rows which must fit together: one serializable transaction, which is run
  /// again when somebody else was faster. A call that only reads costs one more round trip for the proof where the store
  /// has no snapshots.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - isolation: What the commit proves. Less than everything only where the changed rows say all that matters.
  ///   - translating: What a failure of Rome means for this call, such as that a name is in use; nil leaves it to the
  ///     general rule.
  ///   - body: The work.
  @discardableResult
  func transaction<Result>(
    _ context: NovaContext, isolation: Isolation = .serializable,
    translating: (RomeError) -> NovaError? = { _ in nil }, _ body: (NovaCall) async throws -> Result
  ) async throws(NovaError) -> Result {
    let call = NovaCall(self, context)
    do {
      return try await call.session.transaction(isolation: isolation, retry: retry) { _ in try await body(call) }
    } catch {
      if let error = error as? RomeError, let meaning = translating(error) { throw meaning }
      throw NovaError(error)
    }
  }

  /// Runs a call that only reads. It sees one state of the store where the store has snapshots; elsewhere each of its
  /// queries sees the newest state, because to prove that nobody has changed a large range while it was read would make
  /// listings fail when they are needed most.
  func reading<Result>(
    _ context: NovaContext, _ body: (NovaCall) async throws -> Result
  ) async throws(NovaError) -> Result {
    let call = NovaCall(self, context)
    let isolation = store.capabilities.snapshotReads ? Isolation.snapshot : .readCommitted
    do {
      return try await call.session.transaction(isolation: isolation, retry: retry) { _ in try await body(call) }
    } catch {
      throw NovaError(error)
    }
  }

  /// The same database that tries a change so often when other callers change the same rows; nil for as often as this one.
  func trying(_ times: Int?) -> NovaDatabase {
    var copy = self
    if let times { copy.retry.maximumAttempts = max(1, times) }
    return copy
  }
}
