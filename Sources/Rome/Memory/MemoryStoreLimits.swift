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
}
