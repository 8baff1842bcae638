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
}
