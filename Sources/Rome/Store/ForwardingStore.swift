// SPDX-License-Identifier: Apache-2.0

/// A store that hands all calls to another one, but for those that it implements itself.
///
/// ```swift
/// final class CountingStore: ForwardingStore {
///   let base: any Store
///   let commits = Atomic(0)
///   init(_ base: any Store) { self.base = base }
///
///   func commit(_ commit: Commit) async throws(StoreError) -> CommitOutcome {
///     commits.add(1, ordering: .relaxed)
///     return try await base.commit(commit)
///   }
/// }
/// ```
///
/// - ``StoreReader/scan(_:where:)`` alone is not handed on: it asks ``StoreReader/scan(_:)`` of this store, so that whoever implements
///   that sees all scans. Where no scan needs to be seen, hand it on too: the rows that the filter leaves out are not copied then.
/// - A snapshot is that of the other store, so its reads don't come by here. Whoever must see them implements ``Store/snapshot()``.
/// - ``Store/catalog`` is that of the other store: what Rome knows of the tables goes for both.
public protocol ForwardingStore: Store {
  /// The store that does the work.
  var base: any Store { get }
}

extension ForwardingStore {
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

  /// Commits to the other store.
  public func commit(_ commit: Commit) async throws(StoreError) -> CommitOutcome { try await base.commit(commit) }

  /// Asks the other store what became of a commit.
  public func resolve(_ id: CommitID) async throws(StoreError) -> CommitResolution { try await base.resolve(id) }

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

  /// Looks for damage in how the other store keeps a key space.
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
