// SPDX-License-Identifier: Apache-2.0

/// The identity of one commit. The store remembers the ids of recent commits, so that a client which lost the answer
/// can ask later what became of it.
public struct CommitID: Hashable, Sendable, CustomStringConvertible {
  /// The upper 64 bits.
  public let high: UInt64
  /// The lower 64 bits.
  public let low: UInt64

  /// Makes a commit id of its two halves.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Makes a new id of 128 random bits.
  public static func random() -> CommitID {
    CommitID(high: .random(in: .min ... .max), low: .random(in: .min ... .max))
  }

  /// The id as 32 hexadecimal digits.
  public var description: String {
    hexadecimal(high, low)
  }
}

/// Two numbers as 16 hexadecimal digits each.
func hexadecimal(_ high: UInt64, _ low: UInt64) -> String {
  [high, low].map { half in
    let digits = String(half, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }.joined()
}

/// A condition that must hold when a commit is applied.
public enum Check: Hashable, Sendable {
  /// The row is at exactly this version; nil: there is no such row.
  case row(RowAddress, version: Revision?)
  /// The row exists, at whatever version.
  case exists(RowAddress)
  /// The range holds exactly the entries with these keys, in ascending order. An empty list: it holds nothing.
  case range(KeySpace, KeyRange, keys: [Key])
  /// The range holds this many entries.
  case count(KeySpace, KeyRange, Int)
  /// The lock with this name is held under this token, and the lease has not expired by the clock of the store. It is
  /// about the moment of the commit, so it is always evaluated, also among the first ``Commit/snapshotChecks``.
  case lease(String, token: FencingToken)
}

/// A change that a commit makes.
public enum Write: Hashable, Sendable {
  /// Inserts or replaces a row. Its version becomes the revision of the commit.
  case putRow(RowAddress, [UInt8])
  /// Removes a row; nothing happens when there is none.
  case deleteRow(RowAddress)
  /// Inserts an entry into the space of an index; nothing happens when it is there.
  case putEntry(KeySpace, IndexEntry)
  /// Removes an entry from the space of an index; nothing happens when there is none.
  case deleteEntry(KeySpace, IndexEntry)
  /// Moves a sequence so that it never hands out this number or a smaller one.
  case advanceSequence(String, past: Int64)
}

/// A set of writes that a store applies whole or not at all, after it has found every check to hold.
public struct Commit: Sendable {
  /// The identity of the commit. A second commit with the id of an applied one changes nothing and gets its receipt.
  public var id: CommitID
  /// What must hold. Checks see the state before the commit; a store reports the first that fails, in this order.
  public var checks: [Check]
  /// What to change, in this order.
  public var writes: [Write]
  /// The revision of the snapshot that the first ``snapshotChecks`` checks repeat the reads of. A store may pass them
  /// without a look over spaces that no commit has touched since, but never those of leases; nil means that every check
  /// is evaluated.
  public var snapshot: Revision?
  /// How many checks, from the first on, held in ``snapshot``. The others are always evaluated.
  public var snapshotChecks: Int

  /// Makes a commit.
  ///
  /// - Parameters:
  ///   - id: The identity of the commit.
  ///   - checks: What must hold.
  ///   - writes: What to change.
  ///   - snapshot: The revision of the snapshot in which the first checks held.
  ///   - snapshotChecks: How many checks held in it; nil: all.
  public init(
    id: CommitID = .random(), checks: [Check] = [], writes: [Write] = [], snapshot: Revision? = nil,
    snapshotChecks: Int? = nil
  ) {
    self.id = id
    self.checks = checks
    self.writes = writes
    self.snapshot = snapshot
    self.snapshotChecks = snapshotChecks ?? checks.count
  }
}

/// What a store says of a commit that it applied.
public struct CommitReceipt: Hashable, Sendable {
  /// The commit that was applied.
  public let id: CommitID
  /// The revision that it made: the version of every row that it wrote.
  public let revision: Revision
  /// How safe the commit was when it was acknowledged.
  public let durability: Durability

  /// Makes a receipt.
  public init(id: CommitID, revision: Revision, durability: Durability) {
    self.id = id
    self.revision = revision
    self.durability = durability
  }
}

/// How safe an acknowledged commit is.
public enum Durability: String, Hashable, Sendable {
  /// It is lost with the process that holds the store.
  case memory
  /// It was on the way to the disk: about the last second may be lost when the server or its machine dies.
  case everySecond
  /// It was on the disk before it was acknowledged.
  case synchronous
}

/// The three ways in which a commit that reached the store can end.
public enum CommitOutcome: Sendable {
  /// The commit was applied whole.
  case committed(CommitReceipt)
  /// Nothing was applied: the check with this index in ``Commit/checks`` did not hold.
  case conflict(check: Int)
  /// The answer was lost, the commit may have been applied: ``Store/resolve(_:)`` settles it.
  case unknown(StoreError)
}

/// What a store knows of an earlier commit.
public enum CommitResolution: Sendable, Hashable {
  /// The commit was applied.
  case committed(CommitReceipt)
  /// The commit was not applied, and will not be: the store refuses it from now on.
  case notCommitted
  /// The store no longer remembers so far back.
  case forgotten
}
