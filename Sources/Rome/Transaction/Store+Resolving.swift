// SPDX-License-Identifier: Apache-2.0

extension Store {
  /// Commits, and asks what became of the commit when the answer is lost.
  ///
  /// A commit that the store says was not applied is a conflict of check -1: nothing was written, and the work can be
  /// done again.
  ///
  /// - Returns: The outcome; ``CommitOutcome/unknown(_:)`` only when the store could not be asked either, or has forgotten.
  func commitResolving(_ commit: Commit) async throws(RomeError) -> CommitOutcome {
    let outcome = try await romeError { () async throws(StoreError) in try await self.commit(commit) }
    guard case .unknown(let error) = outcome else { return outcome }
    // The task may be cancelled by now, and must learn the outcome all the same: no cancellable sleep in between.
    for attempt in 0..<resolutionAttempts {
      if attempt > 0 { await pause(milliseconds: 10 << UInt64(attempt)) }
      do throws(StoreError) {
        switch try await resolve(commit.id) {
        case .committed(let receipt): return .committed(receipt)
        case .notCommitted: return .conflict(check: -1)
        case .forgotten: return .unknown(error)
        }
      } catch {
        continue
      }
    }
    return .unknown(error)
  }
}

/// How often a store is asked what became of a commit, over about five seconds.
private let resolutionAttempts = 9

/// Waits without noticing a cancellation of the task.
private func pause(milliseconds: UInt64) async {
  let sleep = Task.detached { try? await Task.sleep(for: .milliseconds(milliseconds)) }
  await sleep.value
}
