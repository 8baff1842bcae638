// SPDX-License-Identifier: Apache-2.0

import RomeTesting
import Synchronization
import Testing

@testable import Rome

/// What every store gives to the users of locks.
@Suite(.timeLimit(.minutes(2))) struct LockManagerTests {
  private let counter = RowAddress(table: "counters", key: Key([1]))

  /// Counts up without any check, so that only a lock keeps updates from being lost.
  private func increment(_ store: any Store) async throws {
    let number = try await store.read([counter])[0]?.bytes.first ?? 0
    await Task.yield()
    _ = try await store.commit(Commit(writes: [.putRow(counter, [number + 1])]))
  }

  private func count(_ store: any Store) async throws -> UInt8? {
    try await store.read([counter])[0]?.bytes.first
  }

  @Test(arguments: TestStore.all)
  func `only one task at a time has a lock`(testStore: TestStore) async throws {
    let store = try await testStore.make()
    let locks = LockManager(store)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<20 {
        group.addTask {
          for _ in 0..<5 { try await locks.withLock("counter") { _ in try await increment(store) } }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await count(store) == 100)
  }

  @Test(arguments: TestStore.all)
  func `several managers on one store exclude each other, and tokens grow from turn to turn`(
    testStore: TestStore
  ) async throws {
    let store = try await testStore.make()
    let turns = Turns()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        let locks = LockManager(store)
        for task in 0..<5 {
          group.addTask {
            for turn in 0..<4 {
              // Some give up early, by a deadline or a cancellation, and come again: the others must not notice.
              if (task + turn) % 3 == 0 {
                let impatient = Task { try await locks.acquire("counter", waiting: .milliseconds(task)).release() }
                if turn % 2 == 0 { impatient.cancel() }
                _ = await impatient.result
              }
              try await locks.withLock("counter") { lease in
                #expect(turns.begin(lease) == 1)
                try await increment(store)
                turns.end()
              }
            }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await count(store) == 80)
    let tokens = turns.tokens
    #expect(zip(tokens, tokens.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test(arguments: TestStore.all)
  func `a lock that nobody else wants costs two round trips`(testStore: TestStore) async throws {
    let store = FaultyStore(try await testStore.make())
    let result = try await LockManager(store).withLock("a") { lease in
      #expect(lease.isHeld && lease.name == "a")
      try lease.checkHeld()
      return "done"
    }
    #expect(result == "done")
    #expect(store.counts.calls == [.acquireLease: 1, .releaseLease: 1])
  }

  @Test(arguments: TestStore.all)
  func `a lock that is held is not to be had without waiting`(testStore: TestStore) async throws {
    let base = try await testStore.make()
    let store = FaultyStore(base)
    let (locks, others) = (LockManager(store), LockManager(base))
    let lease = try #require(try await others.tryAcquire("a"))
    #expect(try await locks.tryAcquire("a") == nil)
    await expectError(.lockTimeout) { _ = try await locks.acquire("a", waiting: .zero) }
    #expect(store.counts.calls == [.acquireLease: 2])
    #expect(try await others.tryAcquire("b") != nil)
    #expect(try await lease.release())
    let mine = try #require(try await locks.tryAcquire("a"))
    #expect(mine.token > lease.token)
    #expect(try await mine.release())
  }

  @Test(arguments: TestStore.all)
  func `a lock is not reentrant`(testStore: TestStore) async throws {
    let locks = LockManager(try await testStore.make())
    try await locks.withLock("a") { _ in
      await expectError(.lockTimeout) {
        try await locks.withLock("a", waiting: .milliseconds(10)) { _ -> Void in Issue.record("the lock was had twice")
        }
      }
    }
  }

  @Test(arguments: TestStore.all)
  func `the error of the work is thrown, and the lock released`(testStore: TestStore) async throws {
    struct Failure: Error {}
    let locks = LockManager(try await testStore.make())
    await #expect(throws: Failure.self) { try await locks.withLock("a") { _ in throw Failure() } }
    #expect(try await locks.tryAcquire("a") != nil)
  }

  @Test(arguments: TestStore.all)
  func `the work runs in the caller's task and uses its session`(testStore: TestStore) async throws {
    let session = RomeSession(try await testStore.make())
    let locks = LockManager(session.store)
    let author = try await locks.withLock("authors") { lease in
      let author = Author(name: "Asimov")
      try await session.transaction(holding: [lease]) { session in session.add(author) }
      return author
    }
    #expect(author.id != nil)
  }

  @Test(arguments: TestStore.all)
  func `a task that is cancelled while it holds a lock lets go of it`(testStore: TestStore) async throws {
    let locks = LockManager(try await testStore.make())
    let task = Task {
      try await locks.withLock("a") { _ in
        withUnsafeCurrentTask { $0?.cancel() }
        try Task.checkCancellation()
      }
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(try await locks.tryAcquire("a") != nil)
  }

  @Test(arguments: TestStore.all)
  func `a short lease lasts as long as the work by renewal`(testStore: TestStore) async throws {
    let store = FaultyStore(try await testStore.make())
    try await LockManager(store).withLock("a", lease: .seconds(1)) { lease in
      try await eventually { store.counts[.renewLease] >= 4 }
      try lease.checkHeld()
      guard case .committed = try await store.commit(Commit(checks: [.lease("a", token: lease.token)])) else {
        Issue.record("the lease is over")
        return
      }
    }
  }

  @Test(arguments: TestStore.all)
  func `a lease that is not renewed is lost, and its holder is told`(testStore: TestStore) async throws {
    let locks = LockManager(try await testStore.make())
    let lease = try await locks.acquire("a", lease: .milliseconds(50), renews: false)
    #expect(await lease.lost())
    #expect(!lease.isHeld && lease.remaining == .zero)
    #expect(throws: RomeError.self) { try lease.checkHeld() }
    let next = try await locks.acquire("a")
    #expect(next.token > lease.token)
    #expect(try await lease.release() == false)
    #expect(try await next.release())
  }

  @Test(arguments: TestStore.all)
  func `what a store refuses is an error`(testStore: TestStore) async throws {
    let locks = LockManager(try await testStore.make())
    for (name, duration) in [("", Duration.seconds(1)), ("a", .zero), ("a", .seconds(-1))] {
      do {
        _ = try await locks.acquire(name, lease: duration)
        Issue.record("'\(name)' was had for \(duration)")
      } catch {
        #expect(error.code == .store && error.underlying?.code == .refused && error.lock == name)
      }
    }
  }
}

/// Who holds the lock, as the holders say.
private final class Turns: Sendable {
  private let state = Mutex<(holders: Int, tokens: [FencingToken])>((0, []))

  var tokens: [FencingToken] { state.withLock { $0.tokens } }

  /// Begins a turn, and says how many are running.
  func begin(_ lease: Lease) -> Int {
    state.withLock { state in
      state.holders += 1
      state.tokens.append(lease.token)
      return state.holders
    }
  }

  func end() {
    state.withLock { $0.holders -= 1 }
  }
}
