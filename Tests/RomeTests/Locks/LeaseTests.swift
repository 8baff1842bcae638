// SPDX-License-Identifier: Apache-2.0

import RomeTesting
import Testing

@testable import Rome

/// The life of a lease, by a clock that the tests move.
@Suite(.timeLimit(.minutes(1))) struct LeaseTests {
  private let clock = ManualClock()
  private let store: FaultyStore
  private let locks: LockManager

  init() {
    let clock = self.clock
    store = FaultyStore(MemoryStore(now: { clock.now }))
    locks = LockManager(store, clock: clock.clock)
  }

  private func isFree() async throws -> Bool {
    let request = LeaseRequest(name: "a", claimant: .random(), duration: .seconds(1))
    guard case .granted(let token) = try await store.acquireLease(request) else { return false }
    return try await store.releaseLease("a", token: token)
  }

  /// Moves the clock to the next renewal, which is due at a third of 9 seconds or a fifth of that earlier.
  private func renew(_ number: Int) async throws {
    try await eventually { clock.nextWake.map { $0 <= .seconds(3) } == true }
    clock.advance(by: .seconds(3))
    try await eventually { store.counts[.renewLease] == number }
  }

  @Test func `a lease is renewed at a third of its duration for as long as it is held`() async throws {
    let lease = try await locks.acquire("a", lease: .seconds(9))
    for number in 1...30 {
      try await renew(number)
      #expect(lease.isHeld)
    }
    try await eventually { lease.remaining == .seconds(9) }
    #expect(try await !isFree())
    #expect(try await lease.release())
    try await eventually { clock.sleeperCount == 0 }
    #expect(store.counts[.renewLease] == 30)
  }

  @Test func `renewals that fail are repeated until the lease is over`() async throws {
    let lease = try await locks.acquire("a", lease: .seconds(9))
    store.plan = FaultPlan { call in call.kind == .renewLease && call.numberOfKind < 4 ? .loseRequest : nil }
    try await renew(1)
    for number in 2...4 {
      try await eventually { clock.nextWake.map { $0 <= .milliseconds(450) } == true }
      clock.advance(by: .milliseconds(450))
      try await eventually { store.counts[.renewLease] == number }
    }
    try await eventually { lease.remaining == .seconds(9) }
    #expect(try await lease.release())
  }

  @Test func `a lease that can't be renewed is lost, and its holder is told`() async throws {
    let lease = try await locks.acquire("a", lease: .seconds(9))
    let loss = Task { await lease.lost() }
    store.plan = FaultPlan { call in call.kind == .renewLease ? .refuse(StoreError(.unavailable, "planned")) : nil }
    try await renew(1)
    #expect(lease.isHeld && lease.remaining == .seconds(6))
    clock.advance(by: .seconds(6))
    // Nobody needs to wait for the task that watches: the time itself says it.
    #expect(!lease.isHeld)
    #expect(await loss.value)
    #expect(throws: RomeError.self) { try lease.checkHeld() }
    #expect(try await isFree())
    #expect(try await lease.release() == false)
  }

  @Test func `a renewal that is never answered does not keep the holder from learning of the loss`() async throws {
    let lease = try await locks.acquire("a", lease: .seconds(9))
    store.plan = FaultPlan { call in call.kind == .renewLease ? .delay(.seconds(3600)) : nil }
    try await renew(1)
    try await eventually { clock.nextWake == .seconds(6) }
    clock.advance(by: .seconds(6))
    #expect(await lease.lost())
  }

  @Test func `a lease that somebody has ended is lost with the next renewal`() async throws {
    let lease = try await locks.acquire("a", lease: .seconds(9))
    #expect(try await store.releaseLease("a", token: lease.token))
    #expect(lease.isHeld)
    try await renew(1)
    #expect(await lease.lost())
    #expect(!lease.isHeld)
    try await eventually { clock.sleeperCount == 0 }
  }

  @Test func `a renewal whose answer comes too late does not bring the lease back`() async throws {
    let lease = try await locks.acquire("a", lease: .seconds(9))
    let clock = self.clock
    store.plan = FaultPlan { call in
      // The store renews the lease, but by the clock of the holder it was over before.
      if call.kind == .renewLease { clock.advance(by: .seconds(6)) }
      return nil
    }
    try await renew(1)
    #expect(await lease.lost())
    #expect(!lease.isHeld && lease.remaining == .zero)
  }

  @Test func `a lease that nobody refers to any more is renewed no more`() async throws {
    weak var keeper: LeaseKeeper?
    do {
      let lease = try await locks.acquire("a", lease: .seconds(9))
      keeper = lease.keeper
      #expect(lease.isHeld)
    }
    try await eventually { clock.sleeperCount == 0 && keeper == nil }
    #expect(try await !isFree())
    clock.advance(by: .seconds(9))
    #expect(try await isFree())
    #expect(store.counts[.renewLease] == 0)
  }

  @Test func `whoever waits for the loss is told of the release, too`() async throws {
    weak var keeper: LeaseKeeper?
    do {
      let lease = try await locks.acquire("a", lease: .seconds(9))
      keeper = lease.keeper
      let waiting = (0..<10).map { _ in Task { await lease.lost() } }
      let cancelled = Task { await lease.lost() }
      cancelled.cancel()
      #expect(await cancelled.value == false)
      #expect(lease.isHeld)
      #expect(try await lease.release())
      for task in waiting { #expect(await task.value == false) }
      #expect(await lease.lost() == false)
    }
    try await eventually { keeper == nil }
  }

  @Test func `a lease is released once`() async throws {
    let lease = try await locks.acquire("a")
    #expect(try await lease.release())
    #expect(!lease.isHeld)
    #expect(try await lease.release() == false)
    #expect(store.counts[.releaseLease] == 1)
  }

  @Test func `a release that the store can't be asked for is an error, and the lease ends by itself`() async throws {
    let lease = try await locks.acquire("a", lease: .seconds(9))
    store.plan = FaultPlan { call in call.kind == .releaseLease ? .loseRequest : nil }
    await expectError(.store) { try await lease.release() }
    #expect(!lease.isHeld)
    #expect(await lease.lost() == false)
    store.plan = .none
    #expect(try await !isFree())
    clock.advance(by: .seconds(9))
    #expect(try await isFree())
  }

  @Test func `work whose lock can't be released has succeeded all the same`() async throws {
    store.plan = FaultPlan { call in call.kind == .releaseLease ? .loseRequest : nil }
    #expect(try await locks.withLock("a") { _ in 7 } == 7)
  }

  @Test func `work that has outlived its lease is an error, but for one of its own`() async throws {
    struct Failure: Error {}
    let clock = self.clock
    store.plan = FaultPlan { call in call.kind == .renewLease ? .refuse(StoreError(.unavailable, "planned")) : nil }
    for endsWithError in [false, true] {
      do {
        try await locks.withLock("a", lease: .seconds(9)) { _ in
          clock.advance(by: .seconds(9))
          if endsWithError { throw Failure() }
        }
        Issue.record("the lease was held")
      } catch let error as RomeError {
        #expect(!endsWithError && error.code == .leaseLost && error.lock == "a" && !error.isRetryable)
      } catch {
        #expect(endsWithError && error is Failure)
      }
    }
  }

  @Test func `work whose lock was taken away is an error, be the loss seen by the release only`() async throws {
    let store = self.store
    await expectError(.leaseLost) {
      try await locks.withLock("a") { lease in
        let wasHeld = try await store.releaseLease("a", token: lease.token)
        #expect(wasHeld && lease.isHeld)
      }
    }
  }

  @Test func `work may release its lock early`() async throws {
    #expect(try await locks.withLock("a") { lease in try await lease.release() })
    #expect(store.counts.calls == [.acquireLease: 1, .releaseLease: 1])
  }

  @Test func `durations of any length do no harm`() async throws {
    for duration in [Duration.nanoseconds(1), .seconds(Int64.max)] {
      let lease = try await locks.acquire("b", lease: duration, waiting: .seconds(Int64.max))
      _ = try await lease.release()
    }
    let lease = try await locks.acquire("b", lease: .seconds(Int64.max), waiting: .seconds(Int64.min))
    #expect(lease.isHeld)
  }

  @Test func `names whose leases have expired do not pile up in a memory store`() {
    var leases = MemoryLeases()
    var now = ContinuousClock.now
    for number in 0..<10_000 {
      now = now.advanced(by: .seconds(1))
      let request = LeaseRequest(name: "\(number)", claimant: .random(), duration: .seconds(10), patience: .zero)
      guard case .granted = leases.acquire(request, now) else {
        Issue.record("a new lock is held")
        return
      }
    }
    #expect(leases.count <= 65)
  }
}
