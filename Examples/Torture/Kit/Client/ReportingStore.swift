// SPDX-License-Identifier: Apache-2.0

import Rome
import Synchronization

/// The store of one client: it tells the id of each commit before the store gets it, so that somebody else can ask what became of
/// it when the client is no more.
final class ReportingStore: ForwardingStore {
  let base: any Store
  private let client: Int
  private let output: LineOutput
  private let isLost = Mutex(false)

  init(_ base: any Store, client: Int, _ output: LineOutput) {
    self.base = base
    self.client = client
    self.output = output
  }

  /// Begins a transaction.
  func begin() { isLost.withLock { $0 = false } }

  /// Whether the answer to a commit was lost since ``begin()``.
  var isDoubted: Bool { isLost.withLock { $0 } }

  func commit(_ commit: Commit) async throws(StoreError) -> CommitOutcome {
    // Commits that write nothing only prove what was read.
    guard !commit.writes.isEmpty else { return try await base.commit(commit) }
    var line = ClientLine(.commit, client)
    line.commit = [commit.id.high, commit.id.low]
    output.write(line)
    let outcome = try await base.commit(commit)
    if case .unknown = outcome { isLost.withLock { $0 = true } }
    return outcome
  }
}
