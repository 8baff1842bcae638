// SPDX-License-Identifier: Apache-2.0

import Rome

/// Lets other tasks run before each call of a store, so that the steps of many clients mix even where no call suspends.
final class YieldingStore: Store {
  private let base: any Store

  init(_ base: any Store) { self.base = base }

  var capabilities: StoreCapabilities { base.capabilities }
  var catalog: Catalog { base.catalog }
  var revision: Revision? { base.revision }

  func read(_ addresses: [RowAddress]) async throws(StoreError) -> [StoredRow?] {
    await Task.yield()
    return try await base.read(addresses)
  }

  func scan(_ scans: [Scan]) async throws(StoreError) -> [ScanPage] {
    await Task.yield()
    return try await base.scan(scans)
  }

  func snapshot() async throws(StoreError) -> any StoreReader {
    await Task.yield()
    return try await base.snapshot()
  }

  func commit(_ commit: Commit) async throws(StoreError) -> CommitOutcome {
    await Task.yield()
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
}
