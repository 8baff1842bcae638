// SPDX-License-Identifier: Apache-2.0

/// Where an LMDB store is, and how much it may take.
public struct LMDBConfiguration: Hashable, Sendable {
  /// The path of the file. Its folder must exist; beside it LMDB keeps a file with `-lock` behind the name.
  public var path: String
  /// How large the file may grow, in bytes. It is address space that is reserved, not memory or disk: the file is as large as
  /// what is in it. Where the system does not give that much, the store takes what it gets.
  public var maximumBytes: Int
  /// How many readers and snapshots there may be at the same time, in all processes.
  public var maximumReaders: Int
  /// How many applied commits are remembered, so that a doubt about one can be settled.
  public var rememberedCommits: Int

  /// Makes a configuration.
  ///
  /// - Parameters:
  ///   - path: The path of the file.
  ///   - maximumBytes: How large the file may grow, in bytes; by default 1 TiB.
  ///   - maximumReaders: How many readers and snapshots there may be at the same time, in all processes.
  ///   - rememberedCommits: How many applied commits are remembered.
  public init(
    path: String, maximumBytes: Int = 1 << 40, maximumReaders: Int = 1024, rememberedCommits: Int = 10_000
  ) {
    self.path = path
    self.maximumBytes = maximumBytes
    self.maximumReaders = maximumReaders
    self.rememberedCommits = rememberedCommits
  }
}
