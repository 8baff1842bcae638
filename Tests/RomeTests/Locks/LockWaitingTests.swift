// SPDX-License-Identifier: Apache-2.0

import RomeTesting
import Testing

@testable import Rome

/// Waiting for locks, by a clock that the tests move.
@Suite(.timeLimit(.minutes(1))) struct LockWaitingTests {
  private let clock = ManualClock()
  private let store: FaultyStore

  init() {
    let clock = self.clock
    store = FaultyStore(MemoryStore(now: { clock.now }))
  }

  private func manager() -> LockManager { LockManager(store, clock: clock.clock) }

  /// How many are ahead of one who asks for the lock.
  private func ahead(_ name: String = "a") async throws -> Int {
    let request = LeaseRequest(name: name, claimant: .random(), duration: .seconds(1), patience: .zero)
    switch try await store.acquireLease(request) {
    case .granted(let token):
      _ = try await store.releaseLease(name, token: token)
      return 0
    case .busy(let ahead, _): return ahead
    }
  }

  @Test func `the tasks of a manager get a lock in the order in which they came, without a wait in between`()
    async throws
  {
    let locks = manager()
    let order = Recorder<Int>()
    let lease = try await locks.acquire("a", lease: .seconds(1000))
    var tasks: [Task<Void, any Error>] = []
    for number in 0..<10 {
      tasks.append(
        Task {
          try await locks.withLock("a", lease: .seconds(1000)) { _ in order.record(number) }
        })
      try await eventually { locks.line.count("a") == number + 1 }
    }
    try await lease.release()
    // The clock stands still: each release wakes the next task.
    for task in tasks { try await task.value }
    #expect(order.values == Array(0..<10))
    #expect(locks.line.count("a") == 0)
  }

  @Test func `managers get a lock in the order in which they first asked the store`() async throws {
    let order = Recorder<Int>()
    let lease = try await manager().acquire("a", lease: .seconds(1000))
    var tasks: [Task<Void, any Error>] = []
    for number in 0..<5 {
      let locks = manager()
      tasks.append(
        Task {
          try await locks.withLock("a", lease: .seconds(1000)) { _ in order.record(number) }
        })
      try await eventually { try await ahead() == number + 2 }
    }
    try await lease.release()
    let turns = Task {
      // All poll; who is not next must not get it, whoever asks first.
      while !Task.isCancelled {
        clock.advance(by: .milliseconds(10))
        try await Task.sleep(for: .milliseconds(1))
      }
    }
    for task in tasks { try await task.value }
    turns.cancel()
    #expect(order.values == Array(0..<5))
  }

  @Test func `fifty waiting tasks ask the store as one`() async throws {
    let locks = manager()
    let lease = try await manager().acquire("a", lease: .seconds(1000))
    let tasks = (0..<50).map { _ in Task { try await locks.withLock("a") { _ in } } }
    try await eventually { locks.line.count("a") == 50 && clock.nextWake.map { $0 <= .milliseconds(1) } == true }
    store.resetCounts()
    for ask in 1...20 {
      clock.advance(by: .milliseconds(50))
      // The first task has asked once, and sleeps again.
      try await eventually {
        store.counts[.acquireLease] == ask && clock.nextWake.map { $0 <= .milliseconds(50) } == true
      }
    }
    #expect(store.counts.calls == [.acquireLease: 20])
    try await lease.release()
    clock.advance(by: .milliseconds(50))
    for task in tasks { try await task.value }
  }

  @Test func `a wait ends at its deadline, and leaves no place behind`() async throws {
    let locks = manager()
    let lease = try await manager().acquire("a", lease: .seconds(1000))
    let tasks = [1, 3, 2].map { (seconds: Int) in
      Task { () async -> RomeError? in
        do throws(RomeError) {
          _ = try await locks.acquire("a", waiting: .seconds(seconds))
          return nil
        } catch {
          return error
        }
      }
    }
    try await eventually { locks.line.count("a") == 3 }
    for left in (0..<3).reversed() {
      try await eventually { clock.sleeperCount > left }
      clock.advance(by: .seconds(1))
      try await eventually { locks.line.count("a") == left }
    }
    for task in tasks {
      let error = try #require(await task.value)
      #expect(error.code == .lockTimeout && error.lock == "a" && !error.isRetryable)
    }
    #expect(try await ahead() == 1)
    #expect(store.counts[.withdrawLease] == 0)
    #expect(try await lease.release())
    #expect(try await ahead() == 0)
  }

  @Test func `a task that is cancelled while it waits leaves no place behind`() async throws {
    let locks = manager()
    let lease = try await manager().acquire("a", lease: .seconds(1000))
    let first = Task { try await locks.acquire("a") }
    try await eventually { try await ahead() == 2 }
    let second = Task { try await locks.acquire("a") }
    try await eventually { locks.line.count("a") == 2 }
    second.cancel()
    await expectError(.cancelled) { _ = try await second.value }
    // It has never asked the store, so there is nothing to withdraw.
    #expect(store.counts[.withdrawLease] == 0)
    first.cancel()
    await expectError(.cancelled) { _ = try await first.value }
    #expect(store.counts[.withdrawLease] == 1)
    #expect(try await ahead() == 1)
    #expect(locks.line.count("a") == 0)
    try await lease.release()
  }

  @Test func `a lock that was granted while its task was cancelled is released`() async throws {
    let locks = manager()
    let waiting = Recorder<Task<Lease, any Error>>()
    store.plan = FaultPlan { call in
      guard call.kind == .acquireLease else { return nil }
      // The first answer, which grants the lock, is lost; the task is cancelled before it asks again.
      if call.numberOfKind == 2 { waiting.values.first?.cancel() }
      return call.numberOfKind == 1 ? .loseAnswer : nil
    }
    let task = Task { try await locks.acquire("a") }
    waiting.record(task)
    try await eventually { clock.nextWake != nil }
    clock.advance(by: .seconds(1))
    await expectError(.cancelled) { _ = try await task.value }
    #expect(try await ahead() == 0)
  }

  @Test func `the place of a manager that no longer asks goes to the next`() async throws {
    let lease = try await manager().acquire("a", lease: .seconds(1000))
    let request = LeaseRequest(
      name: "a", claimant: .random(), duration: .seconds(1000), patience: LockPolicy.default.placePatience)
    #expect(try await store.acquireLease(request) == .busy(ahead: 1, remaining: .seconds(1000)))
    let locks = manager()
    let task = Task { try await locks.acquire("a") }
    try await eventually { try await ahead() == 3 }
    try await lease.release()
    clock.advance(by: .seconds(1))
    let next = try await task.value
    #expect(next.isHeld)
  }

  @Test func `asks come at growing intervals, sooner when the lease ends or the queue has moved`() {
    var polling = LockPolling(LockPolicy(firstInterval: .milliseconds(2), maximumInterval: .milliseconds(16)))
    for limit in [2, 4, 8, 16, 16] {
      let delay = polling.delay(ahead: 3, remaining: .milliseconds(1))
      #expect(delay >= .milliseconds(limit) / 2 && delay <= .milliseconds(limit))
    }
    #expect(polling.delay(ahead: 2, remaining: .seconds(1)) <= .milliseconds(2))
    #expect(polling.delay(ahead: 1, remaining: .microseconds(3)) == .microseconds(3))
    #expect(polling.delay(ahead: 1, remaining: .zero) > .zero)
    var odd = LockPolling(LockPolicy(firstInterval: .seconds(-1), maximumInterval: .seconds(Int64.max)))
    for _ in 0..<100 { #expect(odd.delay() > .zero) }
    #expect(LockPolicy(maximumInterval: .seconds(Int64.max)).placePatience <= .seconds(20 * 3600))
  }

  // MARK: Failures of the store

  @Test(arguments: [Fault.loseRequest, .loseAnswer])
  func `an answer that is lost is asked for again, and the lock is had once`(fault: Fault) async throws {
    let locks = manager()
    for kind in [StoreCall.Kind.acquireLease, .releaseLease] {
      store.resetCounts()
      store.plan = .at(1, of: kind, fault)
      let task = Task { try await locks.withLock("a") { $0.token } }
      if kind == .acquireLease {
        try await eventually { clock.nextWake != nil }
        clock.advance(by: .milliseconds(1))
      }
      _ = try await task.value
      #expect(store.counts[kind] == 2 && store.counts.roundTrips == 3)
      #expect(try await ahead() == 0)
    }
  }

  @Test func `a store that fails for too long is an error`() async throws {
    let locks = manager()
    store.plan = FaultPlan { call in call.kind == .acquireLease ? .loseAnswer : nil }
    let task = Task { try await locks.acquire("a", lease: .seconds(1000)) }
    try await eventually { clock.nextWake != nil }
    clock.advance(by: .seconds(4))
    try await eventually { store.counts[.acquireLease] == 2 && clock.nextWake != nil }
    clock.advance(by: .seconds(1))
    do {
      _ = try await task.value
      Issue.record("the lock was had")
    } catch let error as RomeError {
      #expect(error.code == .store && error.underlying?.code == .unavailable && error.lock == "a")
    }
    store.plan = .none
    #expect(try await ahead() == 0)
  }

  @Test func `an attempt that can't wait bears one failure`() async throws {
    let locks = manager()
    store.plan = .at(1, of: .acquireLease, .loseAnswer)
    let lease = try #require(try await locks.tryAcquire("a"))
    #expect(try await lease.release())
    store.plan = FaultPlan { call in call.kind == .acquireLease ? .loseRequest : nil }
    store.resetCounts()
    await expectError(.store) { _ = try await locks.tryAcquire("a") }
    #expect(store.counts.calls == [.acquireLease: 2, .withdrawLease: 1])
  }

  @Test func `a lease that was over before the answer came is not held`() async throws {
    let locks = manager()
    let clock = self.clock
    store.plan = FaultPlan { call in
      // Time goes by while the request is on its way.
      if call.kind == .acquireLease, call.numberOfKind == 1 { clock.advance(by: .seconds(2)) }
      return nil
    }
    let task = Task { try await locks.acquire("a", lease: .seconds(1)) }
    try await eventually { clock.nextWake != nil }
    clock.advance(by: .milliseconds(1))
    let lease = try await task.value
    #expect(lease.isHeld && store.counts[.acquireLease] == 2)
  }
}
