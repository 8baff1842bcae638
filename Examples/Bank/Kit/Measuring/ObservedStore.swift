// SPDX-License-Identifier: Apache-2.0

public import Rome
internal import Synchronization

/// A store that hands all calls to another one, and notes which answers to commits were lost, and what became of those.
///
/// Sessions find out by themselves what became of a commit in doubt, so the program does not see it; this does.
public final class ObservedStore: Store {
  private struct State {
    var open: Set<CommitID> = []
    var doubts = 0
    var applied = 0
    var notApplied = 0
  }

  private let base: any Store
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

  /// What the other store can do.
  public var capabilities: StoreCapabilities { base.capabilities }
  /// What Rome remembers about the other store.
  public var catalog: Catalog { base.catalog }
  /// What the other store says.
  public var revision: Revision? { base.revision }

  /// Reads rows of the other store.
  public func read(_ addresses: [RowAddress]) async throws(StoreError) -> [StoredRow?] {
    try await base.read(addresses)
  }

  /// Scans the other store.
  public func scan(_ scans: [Scan]) async throws(StoreError) -> [ScanPage] { try await base.scan(scans) }

  /// A snapshot of the other store.
  public func snapshot() async throws(StoreError) -> any StoreReader { try await base.snapshot() }

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

  /// Takes numbers of a sequence of the other store.
  public func reserveIDs(_ sequence: String, count: Int) async throws(StoreError) -> ClosedRange<Int64> {
    try await base.reserveIDs(sequence, count: count)
  }

  /// Asks the other store for a lock.
  public func acquireLease(_ request: LeaseRequest) async throws(StoreError) -> LeaseAnswer {
    try await base.acquireLease(request)
  }

  /// Renews a lease in the other store.
  public func renewLease(
    _ name: String, token: FencingToken, duration: Duration
  ) async throws(StoreError) -> Bool {
    try await base.renewLease(name, token: token, duration: duration)
  }

  /// Ends a lease in the other store.
  public func releaseLease(_ name: String, token: FencingToken) async throws(StoreError) -> Bool {
    try await base.releaseLease(name, token: token)
  }

  /// Gives up a place in the queue of a lock of the other store.
  public func withdrawLease(_ name: String, claimant: LeaseClaimant) async throws(StoreError) {
    try await base.withdrawLease(name, claimant: claimant)
  }

  /// Looks how the other store keeps a key space.
  public func inspectLayout(
    of space: KeySpace, from position: LayoutPosition?, limit: Int
  ) async throws(StoreError) -> LayoutPage {
    try await base.inspectLayout(of: space, from: position, limit: limit)
  }

  /// Lets the other store mend how it keeps a key space.
  public func mendLayout(_ problem: LayoutProblem) async throws(StoreError) -> Bool {
    try await base.mendLayout(problem)
  }
}
