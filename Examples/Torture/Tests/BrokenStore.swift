// SPDX-License-Identifier: Apache-2.0

import Rome
import Synchronization

/// A store with a bug that the verdict must show.
final class BrokenStore: ForwardingStore {
  /// The bugs.
  enum Bug: CaseIterable {
    /// Every tenth commit is acknowledged and not applied.
    case losesCommits
    /// Every tenth commit is applied without its last row.
    case tearsCommits
    /// No commit is refused.
    case checksNothing
    /// Every tenth commit is applied without its index entries.
    case forgetsEntries
  }

  let base: any Store = MemoryStore()
  private let bug: Bug?
  private let count = Atomic<Int>(0)

  init(_ bug: Bug?) { self.bug = bug }

  func commit(_ commit: Commit) async throws(StoreError) -> CommitOutcome {
    await Task.yield()
    var commit = commit
    let isTenth = !commit.writes.isEmpty && count.add(1, ordering: .relaxed).newValue % 10 == 0
    switch bug {
    case .losesCommits where isTenth:
      let empty = Commit(id: commit.id, checks: commit.checks)
      return try await base.commit(empty)
    case .tearsCommits where isTenth:
      let last = commit.writes.last { if case .putRow = $0 { true } else { false } }
      commit = Commit(id: commit.id, checks: commit.checks, writes: commit.writes.filter { $0 != last })
    case .checksNothing:
      commit = Commit(id: commit.id, writes: commit.writes)
    case .forgetsEntries where isTenth:
      commit = Commit(
        id: commit.id, checks: commit.checks,
        writes: commit.writes.filter { if case .putEntry = $0 { false } else { true } })
    default: break
    }
    return try await base.commit(commit)
  }

  func read(_ addresses: [RowAddress]) async throws(StoreError) -> [StoredRow?] {
    await Task.yield()
    return try await base.read(addresses)
  }

  func scan(_ scans: [Scan]) async throws(StoreError) -> [ScanPage] {
    await Task.yield()
    return try await base.scan(scans)
  }
}
