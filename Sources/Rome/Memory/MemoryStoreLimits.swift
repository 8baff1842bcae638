// SPDX-License-Identifier: Apache-2.0

/// What a ``MemoryStore`` takes at most. Anything larger is refused with ``StoreError/Code/limitExceeded``.
public struct MemoryStoreLimits: Hashable, Sendable {
  /// The most bytes of a key, 64 KiB unless set; nil for no limit.
  public var keyBytes: Int?
  /// The most bytes of a row, 64 MiB unless set; nil for no limit.
  public var rowBytes: Int?
  /// The most bytes of the keys and rows that one commit writes; nil for no limit.
  public var commitBytes: Int?
  /// How many applied commits the store remembers, so that they can be resolved and are not applied twice; at least 1.
  public var rememberedCommits: Int

  /// Makes limits.
  public init(
    keyBytes: Int? = 64 << 10, rowBytes: Int? = 64 << 20, commitBytes: Int? = nil, rememberedCommits: Int = 65_536
  ) {
    self.keyBytes = keyBytes
    self.rowBytes = rowBytes
    self.commitBytes = commitBytes
    self.rememberedCommits = rememberedCommits
  }

  /// Refuses a commit that is too large or that writes index entries into a space of rows.
  func check(_ commit: Commit) throws(StoreError) {
    var total = 0
    for write in commit.writes {
      let key: Key
      switch write {
      case .putRow(let address, let bytes):
        key = address.key
        if let rowBytes, bytes.count > rowBytes {
          throw StoreError(.limitExceeded, "a row of \(bytes.count) bytes; the store takes \(rowBytes)")
        }
        total += bytes.count
      case .deleteRow(let address): key = address.key
      case .putEntry(let space, let entry), .deleteEntry(let space, let entry):
        guard space.index != nil else {
          throw StoreError(.refused, "an index entry for the space of a table's rows")
        }
        key = entry.key
      case .advanceSequence: continue
      }
      if let keyBytes, key.bytes.count > keyBytes {
        throw StoreError(.limitExceeded, "a key of \(key.bytes.count) bytes; the store takes \(keyBytes)")
      }
      total += key.bytes.count
    }
    if let commitBytes, total > commitBytes {
      throw StoreError(.limitExceeded, "a commit of \(total) bytes; the store takes \(commitBytes)")
    }
  }
}
