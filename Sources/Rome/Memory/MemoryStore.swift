// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// A store in the memory of the process: the default for tests, caches and programs that keep no data.
///
/// It is serializable, has snapshots, and no call suspends or leaves the caller's thread. Readers take a reference to the
/// newest state and walk it outside of the lock, so they neither wait for a commit's work nor disturb it; a snapshot is
/// such a reference that is kept. A commit costs the copies of the few tree nodes that a living snapshot can see.
///
/// ```swift
/// let session = RomeSession(MemoryStore())
/// ```
public final class MemoryStore: Store {
  /// Snapshots, in the memory of this process.
  public let capabilities: StoreCapabilities
  /// What Rome remembers about this store.
  public let catalog = Catalog()
  private let state: Mutex<MemoryState>
  /// Tells the time by which leases expire.
  private let now: @Sendable () -> ContinuousClock.Instant

  /// Makes an empty store.
  ///
  /// - Parameter limits: What the store takes at most.
  public convenience init(limits: MemoryStoreLimits = MemoryStoreLimits()) {
    self.init(limits: limits, now: { ContinuousClock.now })
  }

  /// Makes an empty store whose leases expire by a clock of the caller.
  ///
  /// - Parameters:
  ///   - limits: What the store takes at most.
  ///   - now: Tells the time; it must not go backwards.
  public init(limits: MemoryStoreLimits = MemoryStoreLimits(), now: @escaping @Sendable () -> ContinuousClock.Instant) {
    self.now = now
    capabilities = StoreCapabilities(
      snapshotReads: true, durability: .memory, maximumCommitBytes: limits.commitBytes,
      maximumKeyBytes: limits.keyBytes, maximumRowBytes: limits.rowBytes)
    state = Mutex(MemoryState(rememberedCommits: limits.rememberedCommits))
  }

  /// The newest state.
  private var contents: MemoryContents {
    state.withLock { $0.contents }
  }

  /// nil: reads of the store itself follow the newest state.
  public var revision: Revision? { nil }

  /// Reads rows of the newest state, all of one revision.
  ///
  /// - Parameter addresses: Where the rows are.
  /// - Returns: The rows in the order of the addresses, nil where there is none.
  /// - Throws: ``StoreError/Code/cancelled`` when the task was cancelled.
  public func read(_ addresses: [RowAddress]) async throws(StoreError) -> [StoredRow?] {
    try StoreError.throwIfCancelled()
    return contents.read(addresses)
  }

  /// Answers scans of the newest state, all of one revision.
  ///
  /// - Parameter scans: What to scan.
  /// - Returns: A page for each scan; only a limit truncates it.
  /// - Throws: ``StoreError/Code/cancelled`` when the task was cancelled.
  public func scan(_ scans: [Scan]) async throws(StoreError) -> [ScanPage] {
    try StoreError.throwIfCancelled()
    let contents = self.contents
    return scans.map { contents.scan($0) }
  }

  /// Answers scans of the newest state without the rows that the filter does not accept, of which nothing is copied.
  ///
  /// - Parameters:
  ///   - scans: What to scan.
  ///   - filter: Says which rows are wanted.
  /// - Returns: A page for each scan; only a limit truncates it.
  /// - Throws: ``StoreError/Code/cancelled`` when the task was cancelled.
  public func scan(_ scans: [Scan], where filter: RowFilter) async throws(StoreError) -> [ScanPage] {
    try StoreError.throwIfCancelled()
    let contents = self.contents
    return scans.map { contents.scan($0, where: filter) }
  }

  /// A reader of the newest state as it is now. It keeps alive what it can see, nothing more.
  ///
  /// - Throws: ``StoreError/Code/cancelled`` when the task was cancelled.
  public func snapshot() async throws(StoreError) -> any StoreReader {
    try StoreError.throwIfCancelled()
    return MemorySnapshot(contents: contents)
  }

  /// Applies a commit whole or not at all; the outcome is never unknown.
  ///
  /// - Parameter commit: The checks and the writes.
  /// - Returns: Whether the commit was applied, or refused by a check.
  /// - Throws: ``StoreError/Code/limitExceeded`` when it is too large, ``StoreError/Code/refused`` when it was settled as
  ///   not committed before, ``StoreError/Code/cancelled`` when the task was cancelled. Nothing is applied then.
  public func commit(_ commit: Commit) async throws(StoreError) -> CommitOutcome {
    try StoreError.throwIfCancelled()
    try capabilities.check(commit)
    return try state.withLock { state throws(StoreError) in try state.apply(commit, now: now) }
  }

  /// Settles a commit. An id that the store does not know is refused from now on; once more commits were applied than
  /// it remembers, such an id may be an old one: then it is ``CommitResolution/forgotten``.
  ///
  /// - Parameter id: The commit in doubt.
  /// - Returns: What the store knows.
  public func resolve(_ id: CommitID) async throws(StoreError) -> CommitResolution {
    state.withLock { $0.resolve(id) }
  }

  /// Takes numbers of a sequence that nobody else gets.
  ///
  /// - Parameters:
  ///   - sequence: The name of the sequence.
  ///   - count: How many numbers, at least 1.
  /// - Returns: The numbers.
  /// - Throws: ``StoreError/Code/sequenceExhausted`` when there are not as many left, ``StoreError/Code/refused`` when
  ///   `count` is less than 1, ``StoreError/Code/cancelled`` when the task was cancelled.
  public func reserveIDs(_ sequence: String, count: Int) async throws(StoreError) -> ClosedRange<Int64> {
    try StoreError.throwIfCancelled()
    guard count >= 1 else { throw StoreError(.refused, "a reservation of less than one number") }
    return try state.withLock { state throws(StoreError) in try state.reserveIDs(sequence, count: Int64(count)) }
  }

  /// Asks for a lock. Leases expire by the clock of the process, which goes on while the machine sleeps.
  ///
  /// - Parameter request: The lock, who asks, and for how long.
  /// - Returns: The token of the lease, or how many are ahead.
  /// - Throws: ``StoreError/Code/refused`` when the name is empty or the duration not more than zero,
  ///   ``StoreError/Code/cancelled`` when the task was cancelled.
  public func acquireLease(_ request: LeaseRequest) async throws(StoreError) -> LeaseAnswer {
    try StoreError.throwIfCancelled()
    try StoreError.throwIfNoLease(request.name, request.duration)
    return state.withLock { $0.leases.acquire(request, now()) }
  }

  /// Lets a lease last for the duration from now on.
  ///
  /// - Parameters:
  ///   - name: The name of the lock.
  ///   - token: The token of the lease.
  ///   - duration: How long the lease lasts from now on; more than zero.
  /// - Returns: Whether the lock is still held under the token.
  /// - Throws: ``StoreError/Code/refused`` when the name is empty or the duration not more than zero,
  ///   ``StoreError/Code/cancelled`` when the task was cancelled.
  public func renewLease(
    _ name: String, token: FencingToken, duration: Duration
  ) async throws(StoreError) -> Bool {
    try StoreError.throwIfCancelled()
    try StoreError.throwIfNoLease(name, duration)
    return state.withLock { $0.leases.renew(name, token, duration, now()) }
  }

  /// Ends a lease, if it still is the one of the lock. It works in a cancelled task too.
  ///
  /// - Parameters:
  ///   - name: The name of the lock.
  ///   - token: The token of the lease.
  /// - Returns: Whether the lock was held under the token until now.
  /// - Throws: ``StoreError/Code/refused`` when the name is empty.
  public func releaseLease(_ name: String, token: FencingToken) async throws(StoreError) -> Bool {
    try StoreError.throwIfNoLease(name)
    return state.withLock { $0.leases.release(name, token, now()) }
  }

  /// Gives up the claimant's place in the queue of a lock, or the lock itself. It works in a cancelled task too.
  ///
  /// - Parameters:
  ///   - name: The name of the lock.
  ///   - claimant: Who asked.
  /// - Throws: ``StoreError/Code/refused`` when the name is empty.
  public func withdrawLease(_ name: String, claimant: LeaseClaimant) async throws(StoreError) {
    try StoreError.throwIfNoLease(name)
    state.withLock { $0.leases.withdraw(name, claimant, now()) }
  }
}

/// One state of a ``MemoryStore``.
struct MemorySnapshot: StoreReader {
  let contents: MemoryContents

  var revision: Revision? { contents.revision }

  func read(_ addresses: [RowAddress]) async throws(StoreError) -> [StoredRow?] {
    try StoreError.throwIfCancelled()
    return contents.read(addresses)
  }

  func scan(_ scans: [Scan]) async throws(StoreError) -> [ScanPage] {
    try StoreError.throwIfCancelled()
    return scans.map { contents.scan($0) }
  }

  func scan(_ scans: [Scan], where filter: RowFilter) async throws(StoreError) -> [ScanPage] {
    try StoreError.throwIfCancelled()
    return scans.map { contents.scan($0, where: filter) }
  }
}
