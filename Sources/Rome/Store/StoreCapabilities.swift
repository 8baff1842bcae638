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
  /// The most bytes of a row; nil when the store sets no limit.
  public var maximumRowBytes: Int?

  /// Makes a description of a store.
  public init(
    snapshotReads: Bool, durability: Durability, scansRowsInOneRoundTrip: Bool = true, maximumCommitBytes: Int? = nil,
    maximumKeyBytes: Int? = nil, maximumRowBytes: Int? = nil
  ) {
    self.snapshotReads = snapshotReads
    self.durability = durability
    self.scansRowsInOneRoundTrip = scansRowsInOneRoundTrip
    self.maximumCommitBytes = maximumCommitBytes
    self.maximumKeyBytes = maximumKeyBytes
    self.maximumRowBytes = maximumRowBytes
  }
}
