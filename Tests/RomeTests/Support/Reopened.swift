// SPDX-License-Identifier: Apache-2.0

import Rome

/// The same store as another process sees it: what this process remembers of it is not there.
struct Reopened: Store {
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

  var revision: Revision? { base.revision }
  var capabilities: StoreCapabilities { base.capabilities }
  func read(_ addresses: [RowAddress]) async throws(StoreError) -> [StoredRow?] { try await base.read(addresses) }
  func scan(_ scans: [Scan]) async throws(StoreError) -> [ScanPage] { try await base.scan(scans) }
  func snapshot() async throws(StoreError) -> any StoreReader { try await base.snapshot() }
  func commit(_ commit: Commit) async throws(StoreError) -> CommitOutcome {
    try await beforeCommit(commit)
    return try await base.commit(commit)
  }
  func resolve(_ id: CommitID) async throws(StoreError) -> CommitResolution { try await base.resolve(id) }
  func reserveIDs(_ sequence: String, count: Int) async throws(StoreError) -> ClosedRange<Int64> {
    try await base.reserveIDs(sequence, count: count)
  }

  func acquireLease(_ request: LeaseRequest) async throws(StoreError) -> LeaseAnswer {
    try await base.acquireLease(request)
  }
  func renewLease(_ name: String, token: FencingToken, duration: Duration) async throws(StoreError) -> Bool {
    try await base.renewLease(name, token: token, duration: duration)
  }
  func releaseLease(_ name: String, token: FencingToken) async throws(StoreError) -> Bool {
    try await base.releaseLease(name, token: token)
  }
  func withdrawLease(_ name: String, claimant: LeaseClaimant) async throws(StoreError) {
    try await base.withdrawLease(name, claimant: claimant)
  }

  func inspectLayout(
    of space: KeySpace, from position: LayoutPosition?, limit: Int
  ) async throws(StoreError) -> LayoutPage {
    try await base.inspectLayout(of: space, from: position, limit: limit)
  }

  func mendLayout(_ problem: LayoutProblem) async throws(StoreError) -> Bool {
    try await base.mendLayout(problem)
  }
}
