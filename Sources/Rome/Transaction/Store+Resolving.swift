// SPDX-License-Identifier: Apache-2.0

extension Store {
  /// Commits, and asks what became of the commit when the answer is lost.
  ///
  /// A commit that the store says was not applied is a conflict of check -1: nothing was written, and the work can be
  /// done again.
  ///
  /// - Parameters:
  ///   - commit: The checks and the writes.
  ///   - patience: How long to go on asking a store that does not answer. It is asked once at least.
  /// - Returns: The outcome; ``CommitOutcome/unknown(_:)`` only when the store could not be asked either, or has forgotten.
  func commitResolving(_ commit: Commit, patience: Duration = .seconds(5)) async throws(RomeError) -> CommitOutcome {
    let outcome: CommitOutcome
    do {
      outcome = try await self.commit(commit)
    } catch {
      throw RomeError(error)
    }
    guard case .unknown(let error) = outcome else { return outcome }
    return await settled(commit.id, error, patience)
  }

  /// What became of a commit whose answer was lost.
  private func settled(_ id: CommitID, _ error: StoreError, _ patience: Duration) async -> CommitOutcome {
    var delay = Duration.milliseconds(10)
    let clock = LockClock.current
    let end = clock.now() + patience
    while true {
      do throws(StoreError) {
        switch try await resolve(id) {
        case .committed(let receipt): return .committed(receipt)
        case .notCommitted: return .conflict(check: -1)
        case .forgotten: return .unknown(error)
        }
      } catch {
        if clock.now() + delay > end { break }
      }
      await clock.sleepThrough(delay)
      delay *= 2
    }
    return .unknown(error)
  }
}
