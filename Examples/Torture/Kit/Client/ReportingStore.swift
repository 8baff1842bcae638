// SPDX-License-Identifier: Apache-2.0

import Rome
import Synchronization

/// The store of one client: it tells the id of each commit before the store gets it, so that somebody else can ask what became of
/// it when the client is no more.
final class ReportingStore: Store {
  private let base: any Store
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

  var capabilities: StoreCapabilities { base.capabilities }
  var catalog: Catalog { base.catalog }
  var revision: Revision? { base.revision }

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

  func read(_ addresses: [RowAddress]) async throws(StoreError) -> [StoredRow?] { try await base.read(addresses) }
  func scan(_ scans: [Scan]) async throws(StoreError) -> [ScanPage] { try await base.scan(scans) }
  func snapshot() async throws(StoreError) -> any StoreReader { try await base.snapshot() }
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
