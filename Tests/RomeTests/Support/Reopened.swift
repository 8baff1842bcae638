// SPDX-License-Identifier: Apache-2.0

import Rome

/// The same store as another process sees it: what this process remembers of it is not there.
struct Reopened: ForwardingStore {
  let base: any Store
  let catalog = Catalog()

  /// Runs before each commit of this process: what others do at that moment.
  let beforeCommit: @Sendable (Commit) async throws(StoreError) -> Void

  init(
    _ base: any Store, beforeCommit: @escaping @Sendable (Commit) async throws(StoreError) -> Void = { _ in }
  ) {
    self.base = base
    self.beforeCommit = beforeCommit
  }

  func commit(_ commit: Commit) async throws(StoreError) -> CommitOutcome {
    try await beforeCommit(commit)
    return try await base.commit(commit)
  }
}
