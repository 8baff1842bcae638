// SPDX-License-Identifier: Apache-2.0

public import Rome
internal import Synchronization

/// A store that hands all calls to another one, and notes which answers to commits were lost, and what became of those.
///
/// Sessions find out by themselves what became of a commit in doubt, so the program does not see it; this does.
public final class ObservedStore: ForwardingStore {
  private struct State {
    var open: Set<CommitID> = []
    var doubts = 0
    var applied = 0
    var notApplied = 0
  }

  /// The store that does the work.
  public let base: any Store
  private let state = Mutex(State())

  /// Observes a store.
  ///
  /// - Parameter base: The store that does the work.
  public init(_ base: any Store) {
    self.base = base
  }

  /// Writes what was noted into a tally.
  ///
  /// - Parameter tally: The tally.
  public func fill(_ tally: inout Tally) {
    let state = state.withLock { $0 }
    tally.doubts = state.doubts
    tally.doubtsApplied = state.applied
    tally.doubtsNotApplied = state.notApplied
  }

  /// Commits, and notes whether the answer was lost.
  public func commit(_ commit: Commit) async throws(StoreError) -> CommitOutcome {
    let outcome = try await base.commit(commit)
    if case .unknown = outcome {
      state.withLock { state in
        state.open.insert(commit.id)
        state.doubts += 1
      }
    }
    return outcome
  }

  /// Asks what became of a commit, and notes it.
  public func resolve(_ id: CommitID) async throws(StoreError) -> CommitResolution {
    let resolution = try await base.resolve(id)
    state.withLock { state in
      guard resolution != .forgotten, state.open.remove(id) != nil else { return }
      if resolution == .notCommitted { state.notApplied += 1 } else { state.applied += 1 }
    }
    return resolution
  }
}
