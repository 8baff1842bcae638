// SPDX-License-Identifier: Apache-2.0

public import Rome
internal import Synchronization

/// A store that hands all calls to another one, counts them, and lets them fail as a ``FaultPlan`` says.
///
/// To see that a unit of work survives a connection that is lost at any moment, count its calls once, then cut each:
///
/// ```swift
/// let counting = FaultyStore(MemoryStore())
/// try await work(counting)
/// for number in 1...counting.callCount {
///   for fault in [Fault.loseRequest, .loseAnswer] {
///     let store = FaultyStore(MemoryStore(), plan: .at(number, fault))
///     try? await work(store)
///     store.plan = .none
///     // All of the work is there or nothing of it.
///   }
/// }
/// ```
public final class FaultyStore: Store {
  private struct State: Sendable {
    var plan: FaultPlan
    var callCount = 0
    var counts = StoreCallCounts()
    var isCut = false
    var postponed: [Commit] = []
  }

  private let base: any Store
  private let state: Mutex<State>
  /// What Rome remembers about the store: that of the other store.
  public let catalog: Catalog

  /// Wraps a store.
  ///
  /// - Parameters:
  ///   - base: The store that does the work.
  ///   - plan: What becomes of the calls.
  public init(_ base: any Store, plan: FaultPlan = .none) {
    self.base = base
    catalog = base.catalog
    state = Mutex(State(plan: plan))
  }

  /// What becomes of the calls from now on.
  public var plan: FaultPlan {
    get { state.withLock { $0.plan } }
    set { state.withLock { $0.plan = newValue } }
  }

  /// How many calls there were, of all kinds.
  public var callCount: Int { state.withLock { $0.callCount } }

  /// What the calls added up to.
  public var counts: StoreCallCounts { state.withLock { $0.counts } }

  /// Begins to count anew. The numbers of calls that plans see begin at 1 again.
  public func resetCounts() {
    state.withLock { state in
      state.counts = StoreCallCounts()
      state.callCount = 0
    }
  }

  /// Restores a connection that ``Fault/cutBefore`` or ``Fault/cutAfter`` broke.
  public func mend() {
    state.withLock { $0.isCut = false }
  }

  /// Lets the commits arrive that ``Fault/postpone`` held back, in their order.
  ///
  /// - Returns: What the store said to each.
  public func deliverPostponed() async -> [Result<CommitOutcome, StoreError>] {
    let commits = state.withLock { state in
      defer { state.postponed = [] }
      return state.postponed
    }
    var results: [Result<CommitOutcome, StoreError>] = []
    for commit in commits {
      do throws(StoreError) {
        results.append(.success(try await base.commit(commit)))
      } catch {
        results.append(.failure(error))
      }
    }
    return results
  }

  /// What the other store can do.
  public var capabilities: StoreCapabilities { base.capabilities }

  /// What the other store says.
  public var revision: Revision? { base.revision }

  /// Reads rows, unless the plan says otherwise.
  public func read(_ addresses: [RowAddress]) async throws(StoreError) -> [StoredRow?] {
    try await read(addresses, from: base)
  }

  /// Answers scans, unless the plan says otherwise.
  public func scan(_ scans: [Scan]) async throws(StoreError) -> [ScanPage] {
    try await scan(scans, of: base)
  }

  /// A snapshot whose reads are counted and fail as those of the store.
  public func snapshot() async throws(StoreError) -> any StoreReader {
    let base = self.base
    let reader = try await perform(.snapshot) { () async throws(StoreError) in try await base.snapshot() }
    return FaultySnapshot(store: self, base: reader)
  }

  /// Commits, unless the plan says otherwise.
  public func commit(_ commit: Commit) async throws(StoreError) -> CommitOutcome {
    let fault = begin(.commit) { counts in
      counts.checks += commit.checks.count
      counts.writes += commit.writes.count
    }
    let lost = StoreError(.unavailable, "the connection was lost, as planned")
    switch fault {
    case .refuse(let error): throw error
    case .loseRequest, .cutBefore: return .unknown(lost)
    case .postpone:
      state.withLock { $0.postponed.append(commit) }
      return .unknown(lost)
    case .loseAnswer, .cutAfter:
      // Whatever the store said, be it a refusal, nobody hears of it.
      _ = try? await base.commit(commit)
      return .unknown(lost)
    case .delay, .yield, nil:
      await pause(fault)
      let outcome = try await base.commit(commit)
      await pauseAfter(fault)
      return outcome
    }
  }

  /// Settles a commit, unless the plan says otherwise.
  public func resolve(_ id: CommitID) async throws(StoreError) -> CommitResolution {
    let base = self.base
    return try await perform(.resolve) { () async throws(StoreError) in try await base.resolve(id) }
  }

  /// Takes numbers of a sequence, unless the plan says otherwise.
  public func reserveIDs(_ sequence: String, count: Int) async throws(StoreError) -> ClosedRange<Int64> {
    let base = self.base
    return try await perform(.reserveIDs) { () async throws(StoreError) in
      try await base.reserveIDs(sequence, count: count)
    }
  }

  /// Asks for a lock, unless the plan says otherwise.
  public func acquireLease(_ request: LeaseRequest) async throws(StoreError) -> LeaseAnswer {
    let base = self.base
    return try await perform(.acquireLease) { () async throws(StoreError) in try await base.acquireLease(request) }
  }

  /// Renews a lease, unless the plan says otherwise.
  public func renewLease(
    _ name: String, token: FencingToken, duration: Duration
  ) async throws(StoreError) -> Bool {
    let base = self.base
    return try await perform(.renewLease) { () async throws(StoreError) in
      try await base.renewLease(name, token: token, duration: duration)
    }
  }

  /// Releases a lease, unless the plan says otherwise.
  public func releaseLease(_ name: String, token: FencingToken) async throws(StoreError) -> Bool {
    let base = self.base
    return try await perform(.releaseLease) { () async throws(StoreError) in
      try await base.releaseLease(name, token: token)
    }
  }

  /// Withdraws a claimant, unless the plan says otherwise.
  public func withdrawLease(_ name: String, claimant: LeaseClaimant) async throws(StoreError) {
    let base = self.base
    try await perform(.withdrawLease) { () async throws(StoreError) in
      try await base.withdrawLease(name, claimant: claimant)
    }
  }

  /// Looks how the other store keeps a key space, unless the plan says otherwise.
  public func inspectLayout(
    of space: KeySpace, from position: LayoutPosition?, limit: Int
  ) async throws(StoreError) -> LayoutPage {
    let base = self.base
    return try await perform(.inspectLayout) { () async throws(StoreError) in
      try await base.inspectLayout(of: space, from: position, limit: limit)
    }
  }

  /// Lets the other store mend how it keeps a key space, unless the plan says otherwise.
  public func mendLayout(_ problem: LayoutProblem) async throws(StoreError) -> Bool {
    let base = self.base
    return try await perform(.mendLayout) { () async throws(StoreError) in try await base.mendLayout(problem) }
  }
}

extension FaultyStore {
  fileprivate func read(
    _ addresses: [RowAddress], from reader: any StoreReader
  ) async throws(StoreError) -> [StoredRow?] {
    let rows = try await perform(.read, { $0.addresses += addresses.count }) { () async throws(StoreError) in
      try await reader.read(addresses)
    }
    state.withLock { $0.counts.rows += rows.count { $0 != nil } }
    return rows
  }

  fileprivate func scan(_ scans: [Scan], of reader: any StoreReader) async throws(StoreError) -> [ScanPage] {
    let isTwofold = !capabilities.scansRowsInOneRoundTrip && scans.contains { $0.fetch == .rows }
    let count: (inout StoreCallCounts) -> Void = { counts in
      counts.ranges += scans.count
      if isTwofold { counts.twofoldScans += 1 }
    }
    let pages = try await perform(.scan, count) { () async throws(StoreError) in
      try await reader.scan(scans)
    }
    state.withLock { state in
      for page in pages {
        state.counts.entries += page.entries.count
        state.counts.rows += page.rows.count { $0 != nil }
      }
    }
    return pages
  }

  /// Counts a call and asks the plan what becomes of it.
  private func begin(_ kind: StoreCall.Kind, _ count: (inout StoreCallCounts) -> Void) -> Fault? {
    let (call, plan) = state.withLock { state -> (StoreCall, FaultPlan?) in
      state.callCount += 1
      state.counts.calls[kind, default: 0] += 1
      count(&state.counts)
      let call = StoreCall(kind: kind, number: state.callCount, numberOfKind: state.counts[kind])
      return (call, state.isCut ? nil : state.plan)
    }
    guard let plan else { return .refuse(StoreError(.unavailable, "the connection is cut, as planned")) }
    // The plan is asked outside of the lock: it may look at the store.
    let fault = plan.fault(call)
    if fault == .cutBefore || fault == .cutAfter { state.withLock { $0.isCut = true } }
    return fault
  }

  /// Hands a call on that is no commit.
  private func perform<Answer: Sendable>(
    _ kind: StoreCall.Kind, _ count: (inout StoreCallCounts) -> Void = { _ in },
    _ body: () async throws(StoreError) -> Answer
  ) async throws(StoreError) -> Answer {
    let fault = begin(kind, count)
    let lost = StoreError(.unavailable, "the connection was lost, as planned")
    switch fault {
    case .refuse(let error): throw error
    case .loseRequest, .postpone, .cutBefore: throw lost
    case .loseAnswer, .cutAfter:
      _ = try await body()
      throw lost
    case .delay, .yield, nil:
      await pause(fault)
      let answer = try await body()
      await pauseAfter(fault)
      return answer
    }
  }

  private func pause(_ fault: Fault?) async {
    if case .delay(let duration) = fault {
      // A cancelled task goes on at once, and the store under this one sees that it is cancelled.
      try? await Task.sleep(for: duration)
    } else {
      await pauseAfter(fault)
    }
  }

  private func pauseAfter(_ fault: Fault?) async {
    guard case .yield(let times) = fault, times > 0 else { return }
    for _ in 0..<times { await Task.yield() }
  }
}

/// A snapshot of a ``FaultyStore``.
private struct FaultySnapshot: StoreReader {
  let store: FaultyStore
  let base: any StoreReader

  var revision: Revision? { base.revision }

  func read(_ addresses: [RowAddress]) async throws(StoreError) -> [StoredRow?] {
    try await store.read(addresses, from: base)
  }

  func scan(_ scans: [Scan]) async throws(StoreError) -> [ScanPage] {
    try await store.scan(scans, of: base)
  }
}
