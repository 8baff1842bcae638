// SPDX-License-Identifier: Apache-2.0

/// What a store can do beyond the protocol. The conformance suite of RomeTesting tests what is declared.
public struct StoreCapabilities: Hashable, Sendable {
  /// Whether ``Store/snapshot()`` freezes the state: all reads of one snapshot see one revision.
  public var snapshotReads: Bool
  /// How safe an acknowledged commit is.
  public var durability: Durability
  /// Whether a scan that fetches rows costs one round trip. When not, it costs two.
  public var scansRowsInOneRoundTrip: Bool
  /// The most bytes of keys and values that one commit may carry; nil when the store sets no limit.
  public var maximumCommitBytes: Int?
  /// The most bytes of a key; nil when the store sets no limit.
  public var maximumKeyBytes: Int?
  /// The most bytes of an entry of an index, columns and primary key; nil when it is that of a key.
  public var maximumEntryBytes: Int?
  /// The most bytes of a row; nil when the store sets no limit.
  public var maximumRowBytes: Int?

  /// Makes a description of a store.
  public init(
    snapshotReads: Bool, durability: Durability, scansRowsInOneRoundTrip: Bool = true, maximumCommitBytes: Int? = nil,
    maximumKeyBytes: Int? = nil, maximumEntryBytes: Int? = nil, maximumRowBytes: Int? = nil
  ) {
    self.snapshotReads = snapshotReads
    self.durability = durability
    self.scansRowsInOneRoundTrip = scansRowsInOneRoundTrip
    self.maximumCommitBytes = maximumCommitBytes
    self.maximumKeyBytes = maximumKeyBytes
    self.maximumEntryBytes = maximumEntryBytes
    self.maximumRowBytes = maximumRowBytes
  }

  /// Refuses a commit that is larger than the store takes, or that writes index entries into a space of rows. A store calls
  /// it before anything else.
  ///
  /// - Parameter commit: The commit.
  /// - Throws: ``StoreError/Code/limitExceeded`` when a key, a row or the whole commit is too large,
  ///   ``StoreError/Code/refused`` for an index entry in a space of rows.
  public func check(_ commit: Commit) throws(StoreError) {
    if let refusal = refusal(of: commit) { throw refusal.error }
  }

  /// Why a commit must be refused, and for which of its writes; nil when it must not. The whole is too large for no single write.
  func refusal(of commit: Commit) -> (write: Int?, error: StoreError)? {
    var total = 0
    for (position, write) in commit.writes.enumerated() {
      let key: Key
      var (what, maximum) = ("primary key", maximumKeyBytes)
      switch write {
      case .putRow(let address, let bytes):
        key = address.key
        if let maximumRowBytes, bytes.count > maximumRowBytes {
          return (position, Self.excess("row", bytes.count, maximumRowBytes))
        }
        total += bytes.count
      case .deleteRow(let address): key = address.key
      case .putEntry(let space, let entry), .deleteEntry(let space, let entry):
        guard space.index != nil else {
          return (position, StoreError(.refused, "an index entry for the space of a table's rows"))
        }
        key = entry.key
        (what, maximum) = ("entry of an index", maximumEntryBytes ?? maximumKeyBytes)
      case .advanceSequence: continue
      }
      if let maximum, key.bytes.count > maximum {
        return (position, Self.excess(what, key.bytes.count, maximum))
      }
      total += key.bytes.count
    }
    if let maximumCommitBytes, total > maximumCommitBytes {
      return (nil, Self.excess("commit", total, maximumCommitBytes))
    }
    return nil
  }

  private static func excess(_ what: String, _ count: Int, _ maximum: Int) -> StoreError {
    StoreError(.limitExceeded, "one \(what) takes \(count) bytes; the store takes \(maximum)")
  }
}
