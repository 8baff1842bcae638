// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeTesting
import Testing

@Suite struct FaultyStoreTests {
  private let a = RowAddress(table: "t", key: Key([1]))
  private let b = RowAddress(table: "t", key: Key([2]))

  @Test(arguments: StoreConformance.cases)
  func `a faulty store without a plan is the store below it`(conformanceCase: ConformanceCase) async {
    let result = await StoreConformance(makeStore: {
      FaultyStore(MemoryStore(limits: MemoryStoreLimits(commitBytes: 1 << 20)), plan: .none)
    }).run(conformanceCase)
    #expect(result == .passed)
  }

  @Test(arguments: StoreConformance.cases.filter { $0.name.contains("race") || $0.name == "serializable" })
  func `a store keeps its promises when its callers step aside at each call`(conformanceCase: ConformanceCase) async {
    let result = await StoreConformance(makeStore: {
      FaultyStore(MemoryStore(), plan: .random(seed: 7, probability: 0.5, [.yield(1), .yield(5)]))
    }).run(conformanceCase)
    #expect(result == .passed)
  }

  @Test func `calls are counted by kind, with what they carried`() async throws {
    let store = FaultyStore(MemoryStore())
    _ = try await store.commit(
      Commit(checks: [.exists(a)], writes: [.putRow(a, [1])]))
    _ = try await store.commit(Commit(writes: [.putRow(a, [1]), .putRow(b, [1])]))
    _ = try await store.read([a, b, RowAddress(table: "t", key: Key([3]))])
    let snapshot = try await store.snapshot()
    _ = try await snapshot.scan([Scan(.rows("t")), Scan(.rows("t"), limit: 1, fetch: .entries)])
    _ = try await store.resolve(.random())
    _ = try await store.reserveIDs("s", count: 3)
    let counts = store.counts
    #expect(counts[.commit] == 2 && counts[.read] == 1 && counts[.scan] == 1)
    #expect(counts[.snapshot] == 1 && counts[.resolve] == 1 && counts[.reserveIDs] == 1)
    #expect(counts.roundTrips == 6)
    #expect(counts.addresses == 3 && counts.ranges == 2 && counts.entries == 3 && counts.rows == 4)
    #expect(counts.checks == 1 && counts.writes == 3)
    #expect(store.callCount == 7)
    store.resetCounts()
    #expect(store.counts == StoreCallCounts())
  }

  @Test(arguments: [
    (Fault.loseRequest, false), (.loseAnswer, true), (.cutBefore, false), (.cutAfter, true),
  ])
  func `a commit whose connection is lost ends as unknown, and is settled later`(
    fault: Fault, isApplied: Bool
  ) async throws {
    let store = FaultyStore(MemoryStore(), plan: .at(1, of: .commit, fault))
    let commit = Commit(writes: [.putRow(a, [1])])
    guard case .unknown(let error) = try await store.commit(commit) else {
      Issue.record("the outcome is known")
      return
    }
    #expect(error.code == .unavailable)
    if fault == .cutBefore || fault == .cutAfter {
      await #expect(throws: StoreError.self) { try await store.resolve(commit.id) }
      store.mend()
    }
    if case .committed = try await store.resolve(commit.id) { #expect(isApplied) } else { #expect(!isApplied) }
    #expect((try await store.read([a])[0] != nil) == isApplied)
  }

  @Test(arguments: [(Fault.loseRequest, false), (.loseAnswer, true)])
  func `calls about leases are counted, and lost before or after they arrive`(
    fault: Fault, arrives: Bool
  ) async throws {
    let base = MemoryStore()
    let store = FaultyStore(base, plan: FaultPlan { _ in fault })
    func request(_ name: String, _ claimant: LeaseClaimant) -> LeaseRequest {
      LeaseRequest(name: name, claimant: claimant, duration: .seconds(600))
    }
    let claimant = LeaseClaimant.random()
    await #expect(throws: StoreError.self) { _ = try await store.acquireLease(request("asked for", claimant)) }
    guard case .granted(let token) = try await base.acquireLease(request("released", claimant)),
      case .granted = try await base.acquireLease(request("withdrawn", claimant))
    else {
      Issue.record("a lock that is free was not granted")
      return
    }
    await #expect(throws: StoreError.self) {
      _ = try await store.renewLease("released", token: token, duration: .seconds(600))
    }
    await #expect(throws: StoreError.self) { _ = try await store.releaseLease("released", token: token) }
    await #expect(throws: StoreError.self) { try await store.withdrawLease("withdrawn", claimant: claimant) }
    #expect(
      store.counts.calls == [.acquireLease: 1, .renewLease: 1, .releaseLease: 1, .withdrawLease: 1]
        && store.counts.roundTrips == 4)
    for (name, isHeld) in [("asked for", arrives), ("released", !arrives), ("withdrawn", !arrives)] {
      let answer = try await base.acquireLease(request(name, .random()))
      if case .granted = answer { #expect(!isHeld, "\(name)") } else { #expect(isHeld, "\(name)") }
    }
  }

  @Test func `a refused call has no effect`() async throws {
    let store = FaultyStore(MemoryStore(), plan: FaultPlan { _ in .refuse(StoreError(.timedOut, "planned")) })
    for _ in 0..<2 {
      let error = await #expect(throws: StoreError.self) {
        try await store.commit(Commit(writes: [.putRow(a, [1])]))
      }
      #expect(error?.code == .timedOut)
      await #expect(throws: StoreError.self) { try await store.read([a]) }
      await #expect(throws: StoreError.self) { try await store.reserveIDs("s", count: 1) }
    }
    store.plan = .none
    #expect(try await store.read([a])[0] == nil)
    #expect(try await store.reserveIDs("s", count: 1) == 1...1)
  }

  @Test func `a lost answer of a reservation leaves a gap, never a repeated number`() async throws {
    let store = FaultyStore(MemoryStore(), plan: .at(1, of: .reserveIDs, .loseAnswer))
    await #expect(throws: StoreError.self) { try await store.reserveIDs("s", count: 5) }
    #expect(try await store.reserveIDs("s", count: 1) == 6...6)
  }

  @Test func `a commit that arrives after it was settled is refused`() async throws {
    let store = FaultyStore(MemoryStore(), plan: .at(1, of: .commit, .postpone))
    let commit = Commit(writes: [.putRow(a, [1])])
    guard case .unknown = try await store.commit(commit) else {
      Issue.record("the outcome is known")
      return
    }
    #expect(try await store.resolve(commit.id) == .notCommitted)
    let results = await store.deliverPostponed()
    #expect(results.count == 1)
    guard case .failure(let error) = results[0] else {
      Issue.record("the late commit was applied")
      return
    }
    #expect(error.code == .refused)
    #expect(try await store.read([a])[0] == nil)
    #expect(await store.deliverPostponed().isEmpty)
  }

  @Test func `a commit that arrives late but before it is settled is committed`() async throws {
    let store = FaultyStore(MemoryStore(), plan: .at(1, of: .commit, .postpone))
    let commit = Commit(writes: [.putRow(a, [1])])
    _ = try await store.commit(commit)
    _ = await store.deliverPostponed()
    guard case .committed(let receipt) = try await store.resolve(commit.id) else {
      Issue.record("the commit is unknown")
      return
    }
    #expect(try await store.read([a])[0]?.version == receipt.revision)
  }

  @Test func `a delayed commit of a cancelled task is not applied`() async throws {
    let store = FaultyStore(MemoryStore(), plan: .at(1, of: .commit, .delay(.seconds(86_400))))
    let commit = Commit(writes: [.putRow(a, [1])])
    let task = Task { () async throws -> StoreError.Code? in
      do throws(StoreError) {
        _ = try await store.commit(commit)
        return nil
      } catch {
        return error.code
      }
    }
    task.cancel()
    #expect(try await task.value == .cancelled)
    #expect(try await store.read([a])[0] == nil)
    #expect(try await store.resolve(commit.id) == .notCommitted)
  }

  /// Reads, counts up, and settles a commit in doubt, as a session does.
  private func countUp(_ store: FaultyStore) async throws(StoreError) {
    let number = try await store.reserveIDs("s", count: 1).lowerBound
    let row = try await store.read([a])[0]
    let commit = Commit(
      checks: [.row(a, version: row?.version)],
      writes: [.putRow(a, [(row?.bytes.first ?? 0) + 1]), .putRow(b, [UInt8(truncatingIfNeeded: number)])])
    if case .unknown(let error) = try await store.commit(commit) {
      guard case .committed = try await store.resolve(commit.id) else { throw error }
    }
  }

  @Test func `a unit of work that is cut at any call is done whole or not at all`() async throws {
    let counting = FaultyStore(MemoryStore())
    try await countUp(counting)
    let total = counting.callCount
    #expect(total == 3)
    for fault in [Fault.loseRequest, .loseAnswer, .cutBefore, .cutAfter, .refuse(StoreError(.timedOut, "planned"))] {
      for number in 1...total {
        let store = FaultyStore(MemoryStore(), plan: .at(number, fault))
        do {
          try await countUp(store)
          // Only the answer to the commit itself can be lost without harm: it is settled.
          #expect(number == total && fault == .loseAnswer)
        } catch {
          store.plan = .none
          store.mend()
          let rows = try await store.read([a, b])
          #expect((rows[0] == nil) == (rows[1] == nil))
          #expect((rows[0] != nil) == (number == total && fault == .cutAfter))
        }
      }
    }
  }

  @Test func `a random plan chooses the same calls for the same seed`() async throws {
    func failures(_ seed: UInt64) async -> [Int] {
      let store = FaultyStore(MemoryStore(), plan: .random(seed: seed, probability: 0.2, kinds: [.read]))
      var failed: [Int] = []
      for number in 0..<200 {
        do { _ = try await store.read([a]) } catch { failed.append(number) }
        _ = try? await store.scan([])
      }
      return failed
    }
    let first = await failures(1)
    #expect(await failures(1) == first)
    #expect(await failures(2) != first)
    #expect((15...70).contains(first.count))
  }
}
