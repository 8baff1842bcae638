// SPDX-License-Identifier: Apache-2.0

import Rome
import Synchronization

/// A memory store behind an adapter that makes one mistake.
final class PlantedBugStore: Store {
  struct State: Sendable {
    /// The ids of commits that were applied, for the bugs about them.
    var applied: Set<CommitID> = []
    /// The revision before the one that inserted a row, for versions that begin anew with each life of a row.
    var births: [RowAddress: UInt64] = [:]
    var numbers: [String: Int64] = [:]
    var leases: FlawedLeases
  }

  let bug: PlantedBug
  let base: MemoryStore
  let catalog = Catalog()
  let state: Mutex<State>

  init(_ bug: PlantedBug, now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }) {
    self.bug = bug
    state = Mutex(State(leases: FlawedLeases(bug, now)))
    let isAboutLimits = [.ignoresKeyLimit, .ignoresRowLimit, .ignoresCommitLimit].contains(bug)
    base = MemoryStore(
      limits: isAboutLimits
        ? MemoryStoreLimits(keyBytes: nil, rowBytes: nil, commitBytes: nil) : MemoryStoreLimits(), now: now)
  }

  var revision: Revision? { nil }

  var capabilities: StoreCapabilities {
    var capabilities = base.capabilities
    if bug == .ignoresKeyLimit { capabilities.maximumKeyBytes = 1000 }
    if bug == .ignoresRowLimit { capabilities.maximumRowBytes = 1000 }
    if bug == .ignoresCommitLimit { capabilities.maximumCommitBytes = 100_000 }
    return capabilities
  }

  func read(_ addresses: [RowAddress]) async throws(StoreError) -> [StoredRow?] {
    try await read(addresses, from: base)
  }

  func scan(_ scans: [Scan]) async throws(StoreError) -> [ScanPage] {
    try await scan(scans, of: base)
  }

  func snapshot() async throws(StoreError) -> any StoreReader {
    PlantedBugSnapshot(store: self, base: try await base.snapshot())
  }

  func resolve(_ id: CommitID) async throws(StoreError) -> CommitResolution {
    switch bug {
    case .resolvesAllAsNotCommitted: return .notCommitted
    case .acceptsResolvedCommits where !state.withLock({ $0.applied.contains(id) }): return .notCommitted
    case .resolvesUnknownAsForgotten:
      let resolution = try await base.resolve(id)
      return resolution == .notCommitted ? .forgotten : resolution
    case .resolvesWithOtherReceipt:
      guard case .committed(let receipt) = try await base.resolve(id) else { return .notCommitted }
      let later = Revision(rawValue: receipt.revision.rawValue + 1)
      return .committed(CommitReceipt(id: id, revision: later, durability: receipt.durability))
    default: return try await base.resolve(id)
    }
  }

  func reserveIDs(_ sequence: String, count: Int) async throws(StoreError) -> ClosedRange<Int64> {
    switch bug {
    case .repeatsLastID:
      let numbers = try await base.reserveIDs(sequence, count: count)
      return max(1, numbers.lowerBound - 1)...max(1, numbers.upperBound - 1)
    case .startsAtZero:
      let numbers = try await base.reserveIDs(sequence, count: count)
      return numbers.lowerBound - 1...numbers.upperBound - 1
    case .racesForIDs, .advancesBackwards, .wrapsSequences:
      guard count >= 1 else { return try await base.reserveIDs(sequence, count: count) }
      let last = state.withLock { $0.numbers[sequence, default: 0] }
      if bug == .racesForIDs { await Task.yield() }
      let (sum, overflows) = last.addingReportingOverflow(Int64(count))
      if overflows, bug != .wrapsSequences { throw StoreError(.sequenceExhausted, "no numbers left") }
      let end = overflows ? Int64(count) : sum
      state.withLock { $0.numbers[sequence] = end }
      return end - Int64(count) + 1...end
    default: return try await base.reserveIDs(sequence, count: count)
    }
  }
}

/// A snapshot of a store with a mistake.
struct PlantedBugSnapshot: StoreReader {
  let store: PlantedBugStore
  let base: any StoreReader

  var revision: Revision? { base.revision }

  func read(_ addresses: [RowAddress]) async throws(StoreError) -> [StoredRow?] {
    let follows = store.bug == .snapshotFollows || store.bug == .snapshotReadsFollow
    return try await store.read(addresses, from: follows ? store.base : base)
  }

  func scan(_ scans: [Scan]) async throws(StoreError) -> [ScanPage] {
    let follows =
      store.bug == .snapshotFollows
      || store.bug == .snapshotCountsFollow && scans.allSatisfy { $0.fetch == .count }
    return try await store.scan(scans, of: follows ? store.base : base)
  }
}
