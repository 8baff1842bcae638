// SPDX-License-Identifier: Apache-2.0

public import Rome

/// A store in a file, on LMDB: embedded, durable, with snapshots, for all processes of a machine.
///
/// ```swift
/// let store = try LMDBStore(path: "shop.rome")
/// let session = RomeSession(store)
/// ```
///
/// A commit is on the disk when it is acknowledged, and there whole or not at all after a crash. There is one writer at a time,
/// among all processes that have the file open; readers never wait, and see one state. Reads run on the thread of the caller, in
/// memory that is the file; commits run on a thread of their own, and those that come while the disk is busy share its next
/// write.
public final class LMDBStore: Store {
  /// Snapshots; commits that are on the disk.
  public let capabilities = StoreCapabilities(
    snapshotReads: true, durability: .synchronous, maximumKeyBytes: EntryLayout.maximumRowKey,
    maximumEntryBytes: EntryLayout.maximumEntry, maximumRowBytes: 64 << 20)
  /// What Rome remembers about this store.
  public let catalog = Catalog()
  /// Where the store is.
  public let configuration: LMDBConfiguration
  let engine: Engine

  /// Opens a store, or makes one.
  ///
  /// It looks at the file before it returns, which blocks the thread for a moment. Stores of one process on the same file share it,
  /// with the configuration of the first. The file is closed with the last store and the last snapshot.
  ///
  /// - Parameter configuration: Where the store is.
  /// - Throws: `StoreError` with the code `unavailable` when the folder does not exist or the file can't be opened, `unauthorized`
  ///   when the process may not, `unsuitable` when the file is none of this store or has another format, `limitExceeded` when the
  ///   disk is full.
  public init(_ configuration: LMDBConfiguration) throws(StoreError) {
    self.configuration = configuration
    engine = try Engine.open(configuration)
  }

  /// Opens a store, or makes one.
  ///
  /// - Parameter path: The path of the file. Its folder must exist.
  /// - Throws: As with a configuration.
  public convenience init(path: String) throws(StoreError) {
    try self.init(LMDBConfiguration(path: path))
  }

  /// nil: reads of the store itself follow the newest state.
  public var revision: Revision? { nil }

  /// Reads rows of the newest state, all of one revision.
  ///
  /// - Parameter addresses: Where the rows are.
  /// - Returns: The rows in the order of the addresses, nil where there is none.
  /// - Throws: `StoreError` with the code `cancelled` when the task was cancelled, `unavailable` when there are too many readers,
  ///   `corrupt` when the file is damaged.
  public func read(_ addresses: [RowAddress]) async throws(StoreError) -> [StoredRow?] {
    try await LMDBSnapshot(.begin(engine)).read(addresses)
  }

  /// Answers scans of the newest state, all of one revision.
  ///
  /// - Parameter scans: What to scan.
  /// - Returns: A page for each scan, of at most about 8 MiB.
  /// - Throws: As ``read(_:)``.
  public func scan(_ scans: [Scan]) async throws(StoreError) -> [ScanPage] {
    try await LMDBSnapshot(.begin(engine)).scan(scans)
  }

  /// A reader of the newest state as it is now. While it lives, the file can't use the space again of what was deleted or replaced
  /// since.
  ///
  /// - Throws: As ``read(_:)``.
  public func snapshot() async throws(StoreError) -> any StoreReader {
    try StoreError.throwIfCancelled()
    return try await LMDBSnapshot(.begin(engine))
  }

  /// Applies a commit whole or not at all; it is on the disk when it is acknowledged.
  ///
  /// - Parameter commit: The checks and the writes.
  /// - Returns: Whether the commit was applied, or refused by a check. `unknown` only when the disk failed.
  /// - Throws: `StoreError` with the code `limitExceeded` when it is too large, the disk is full, or the file has grown to its
  ///   maximum; `refused` when it was settled as not committed before; `cancelled`; `closed`. Nothing is applied then.
  public func commit(_ commit: Commit) async throws(StoreError) -> CommitOutcome {
    try StoreError.throwIfCancelled()
    try capabilities.check(commit)
    let remembered = configuration.rememberedCommits
    do throws(Writer.Failure) {
      return try await engine.writer.run { state throws(StoreError) in try state.apply(commit, remembered: remembered) }
    } catch {
      if error.isInDoubt { return .unknown(error.error) }
      throw error.error
    }
  }

  /// Settles a commit. An id that the store does not know is refused from now on; once more commits were applied than
  /// it remembers, such an id may be an old one: then it is `forgotten`.
  ///
  /// - Parameter id: The commit in doubt.
  /// - Returns: What the store knows.
  /// - Throws: `StoreError` when the file can't be written.
  public func resolve(_ id: CommitID) async throws(StoreError) -> CommitResolution {
    try await write { state throws(StoreError) in try state.resolve(id) }
  }

  /// Takes numbers of a sequence that nobody else gets.
  ///
  /// - Parameters:
  ///   - sequence: The name of the sequence.
  ///   - count: How many numbers, at least 1.
  /// - Returns: The numbers.
  /// - Throws: `StoreError` with the code `sequenceExhausted` when there are not as many left, `refused` when `count` is less
  ///   than 1, `cancelled` when the task was cancelled, and what ``commit(_:)`` throws.
  public func reserveIDs(_ sequence: String, count: Int) async throws(StoreError) -> ClosedRange<Int64> {
    try StoreError.throwIfCancelled()
    guard count >= 1 else { throw StoreError(.refused, "a reservation of less than one number") }
    return try await write { state throws(StoreError) in try state.reserveIDs(sequence, count: count) }
  }

  /// Runs work of the writer whose repetition does no harm, so that a doubt is a failure.
  func write<Result: Sendable>(
    _ work: @escaping @Sendable (StoreState) throws(StoreError) -> Result
  ) async throws(StoreError) -> Result {
    do throws(Writer.Failure) {
      return try await engine.writer.run(work)
    } catch {
      throw error.error
    }
  }
}

/// One state of an ``LMDBStore``.
struct LMDBSnapshot: StoreReader {
  let revision: Revision?
  private let transaction: ReadTransaction

  init(_ transaction: ReadTransaction) throws(StoreError) {
    self.transaction = transaction
    revision = try transaction.withState { state throws(StoreError) in try state.revision() }
  }

  func read(_ addresses: [RowAddress]) async throws(StoreError) -> [StoredRow?] {
    try StoreError.throwIfCancelled()
    return try transaction.withState { state throws(StoreError) in try state.read(addresses) }
  }

  func scan(_ scans: [Scan]) async throws(StoreError) -> [ScanPage] {
    try StoreError.throwIfCancelled()
    return try pages(scans, nil)
  }

  func scan(_ scans: [Scan], where filter: RowFilter) async throws(StoreError) -> [ScanPage] {
    try StoreError.throwIfCancelled()
    return try pages(scans, filter)
  }

  private func pages(_ scans: [Scan], _ filter: RowFilter?) throws(StoreError) -> [ScanPage] {
    try transaction.withState { state throws(StoreError) in
      var pages: [ScanPage] = []
      for scan in scans { pages.append(try state.scan(scan, where: filter)) }
      return pages
    }
  }
}
