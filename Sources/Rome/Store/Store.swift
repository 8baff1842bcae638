// SPDX-License-Identifier: Apache-2.0

/// The reading half of a store.
public protocol StoreReader: Sendable {
  /// The revision that all reads see, for a snapshot; nil for a reader that follows the newest state.
  var revision: Revision? { get }

  /// Reads rows by their keys, all in one round trip.
  ///
  /// - Parameter addresses: Where the rows are; an address may come twice.
  /// - Returns: The rows in the order of the addresses, nil where there is none.
  /// - Throws: ``StoreError`` when the store can't answer.
  func read(_ addresses: [RowAddress]) async throws(StoreError) -> [StoredRow?]

  /// Answers scans, all in one round trip (two where the store can't follow index entries to rows by itself, see
  /// ``StoreCapabilities/scansRowsInOneRoundTrip``).
  ///
  /// - Parameter scans: What to scan.
  /// - Returns: A page for each scan, in their order.
  /// - Throws: ``StoreError`` when the store can't answer.
  func scan(_ scans: [Scan]) async throws(StoreError) -> [ScanPage]

  /// Answers scans that fetch rows as ``scan(_:)`` does, without the entries whose rows the filter does not accept.
  ///
  /// Without an implementation all rows are fetched, and what is not accepted is left out then. A store in the process
  /// implements it, so that nothing of those rows is copied.
  ///
  /// - Parameters:
  ///   - scans: What to scan. Their limits count the entries that are looked at.
  ///   - filter: Says which rows are wanted.
  /// - Returns: A page for each scan, in their order.
  /// - Throws: ``StoreError`` when the store can't answer.
  func scan(_ scans: [Scan], where filter: RowFilter) async throws(StoreError) -> [ScanPage]
}

extension StoreReader {
  /// Answers scans, and leaves out the entries whose rows the filter does not accept.
  public func scan(_ scans: [Scan], where filter: RowFilter) async throws(StoreError) -> [ScanPage] {
    var pages = try await scan(scans)
    for place in pages.indices { pages[place].apply(filter) }
    return pages
  }
}

/// What Rome asks of a key/value store: ordered keys in named spaces, and an atomic conditional commit.
///
/// Rows, indexes, constraints and transactions are built above this protocol, so an adapter is right when it passes the
/// conformance suite of `RomeTesting`. See the article *Writing an adapter*.
public protocol Store: StoreReader {
  /// What the store can do.
  var capabilities: StoreCapabilities { get }

  /// What Rome remembers about this store in this process: a stored `let`, made with the store.
  var catalog: Catalog { get }

  /// A reader that sees one state of the store, where ``StoreCapabilities/snapshotReads`` says so; else a reader of the
  /// newest state. No round trip. What a snapshot keeps alive is freed with it.
  func snapshot() async throws(StoreError) -> any StoreReader

  /// Applies a commit whole or not at all, in one round trip. Every check is evaluated before the first write.
  ///
  /// - Parameter commit: The checks and the writes.
  /// - Returns: Whether the commit was applied, refused by a check, or is in doubt.
  /// - Throws: ``StoreError`` when the commit was surely not applied and never will be.
  func commit(_ commit: Commit) async throws(StoreError) -> CommitOutcome

  /// Settles what became of a commit whose outcome is unknown. After ``CommitResolution/notCommitted`` the store never
  /// applies that commit.
  ///
  /// - Parameter id: The commit in doubt.
  /// - Returns: What the store knows.
  /// - Throws: ``StoreError`` when the store can't answer; ask again.
  func resolve(_ id: CommitID) async throws(StoreError) -> CommitResolution

  /// Takes numbers of a sequence that nobody else gets. The first number of a sequence is 1.
  ///
  /// - Parameters:
  ///   - sequence: The name of the sequence.
  ///   - count: How many numbers, at least 1.
  /// - Returns: The numbers.
  /// - Throws: ``StoreError`` when the store can't answer, or the sequence has no such numbers left.
  func reserveIDs(_ sequence: String, count: Int) async throws(StoreError) -> ClosedRange<Int64>

  /// Asks for a lock, in one round trip.
  ///
  /// It is granted when nobody holds the lock (it was never asked for, or the last lease was released or has expired by
  /// the clock of the store) and no other claimant has a place in the queue before this one. Claimants queue in the order
  /// in which they first asked; one whose ``LeaseRequest/patience`` ran out since it last asked has lost its place.
  ///
  /// - Parameter request: The lock, who asks, and for how long.
  /// - Returns: The token of the lease, or how many are ahead.
  /// - Throws: ``StoreError`` when the store can't answer, in which case the claimant may hold the lock or have a place:
  ///   ask again with the same claimant, or ``withdrawLease(_:claimant:)``; ``StoreError/Code/refused`` when the name is
  ///   empty or the duration not more than zero; ``StoreError/Code/cancelled`` when the task was cancelled.
  func acquireLease(_ request: LeaseRequest) async throws(StoreError) -> LeaseAnswer

  /// Lets a lease last for the duration from now on, in one round trip.
  ///
  /// - Parameters:
  ///   - name: The name of the lock.
  ///   - token: The token of the lease.
  ///   - duration: How long the lease lasts from now on, by the clock of the store; more than zero.
  /// - Returns: Whether it was renewed; false when the lock is no longer held under this token, be it that the lease has
  ///   expired and nobody took it.
  /// - Throws: ``StoreError`` when the store can't answer, ``StoreError/Code/refused`` when the name is empty or the
  ///   duration not more than zero, ``StoreError/Code/cancelled`` when the task was cancelled.
  func renewLease(_ name: String, token: FencingToken, duration: Duration) async throws(StoreError) -> Bool

  /// Ends a lease, if it still is the one of the lock, in one round trip. It works in a cancelled task too, so that a
  /// holder that is cancelled can let go.
  ///
  /// - Parameters:
  ///   - name: The name of the lock.
  ///   - token: The token of the lease.
  /// - Returns: Whether the lock was held under this token until now.
  /// - Throws: ``StoreError`` when the store can't answer, ``StoreError/Code/refused`` when the name is empty.
  func releaseLease(_ name: String, token: FencingToken) async throws(StoreError) -> Bool

  /// Gives up the claimant's place in the queue of a lock, in one round trip; when it was granted the lock meanwhile,
  /// releases that. Nothing happens when it has neither. It works in a cancelled task too.
  ///
  /// - Parameters:
  ///   - name: The name of the lock.
  ///   - claimant: Who asked.
  /// - Throws: ``StoreError`` when the store can't answer, ``StoreError/Code/refused`` when the name is empty.
  func withdrawLease(_ name: String, claimant: LeaseClaimant) async throws(StoreError)

  /// Looks for damage in how the store keeps a key space, which neither reads nor scans show, one part at a time. Each
  /// problem is proved in one state of the store. ``verify(batchSize:progress:)`` and ``repair(batchSize:progress:)`` call it.
  ///
  /// A store whose spaces are each one thing has nothing to find, and need not implement this. One that hands its calls to
  /// another store hands these on too, as ``ForwardingStore`` does.
  ///
  /// - Parameters:
  ///   - space: The key space.
  ///   - position: Where to go on; nil at the begin.
  ///   - limit: About how many keys to look at.
  /// - Returns: The problems, and where to go on. While others write, a problem may come twice, and what they change may be
  ///   left out.
  /// - Throws: ``StoreError`` when the store can't answer.
  func inspectLayout(
    of space: KeySpace, from position: LayoutPosition?, limit: Int
  ) async throws(StoreError) -> LayoutPage

  /// Mends what ``inspectLayout(of:from:limit:)`` has found, when it is still there and it is known what is right. Rows are
  /// never changed.
  ///
  /// - Parameter problem: The problem.
  /// - Returns: Whether something was changed.
  /// - Throws: ``StoreError`` when the store can't answer; ask again.
  func mendLayout(_ problem: LayoutProblem) async throws(StoreError) -> Bool
}
