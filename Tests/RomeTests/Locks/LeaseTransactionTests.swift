// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeTesting
import Testing

/// Transactions whose commit is bound to a lease.
@Suite(.timeLimit(.minutes(1))) struct LeaseTransactionTests {
  private func expectLost(
    _ lease: Lease, sourceLocation: SourceLocation = #_sourceLocation, _ work: () async throws -> Void
  )
    async
  {
    do {
      try await work()
      Issue.record("no error, expected leaseLost", sourceLocation: sourceLocation)
    } catch let error as RomeError {
      #expect(error.code == .leaseLost && error.lock == lease.name, "\(error)", sourceLocation: sourceLocation)
      #expect(error.commitID != nil && !error.isRetryable, sourceLocation: sourceLocation)
    } catch {
      Issue.record("\(error), expected leaseLost", sourceLocation: sourceLocation)
    }
  }

  private func names(_ store: any Store) async throws -> [String] {
    try await RomeSession(store).query(Author.self).order(by: Author.name).all().map(\.name)
  }

  @Test(arguments: TestStore.all)
  func `a commit under a lease that is held is applied, in one round trip`(testStore: TestStore) async throws {
    let store = FaultyStore(try await testStore.make())
    let locks = LockManager(store)
    let session = RomeSession(store)
    try await session.transaction { $0.add(Author(name: "Asimov")) }
    let (a, b) = (try await locks.acquire("a"), try await locks.acquire("b"))
    store.resetCounts()
    try await session.transaction(holding: [a, b, a]) { $0.add(Author(name: "Lem")) }
    #expect(store.counts[.commit] == 1)
    #expect(try await names(store) == ["Asimov", "Lem"])
    #expect(a.isHeld && b.isHeld)
  }

  @Test(arguments: TestStore.all)
  func `a paused holder's bound commit is refused, and what the next holder wrote survives`(
    testStore: TestStore
  ) async throws {
    let store = try await testStore.make()
    let session = RomeSession(store)
    try await session.transaction { $0.add(Author(name: "nobody")) }
    // The first holder is paused: its lease is not renewed.
    let first = try await LockManager(store).acquire("a", lease: .milliseconds(50), renews: false)
    let second = try await LockManager(store).acquire("a")
    try await RomeSession(store).transaction(holding: [second]) { session in
      try await session.query(Author.self).one().name = "second"
    }
    var runs = 0
    await expectLost(first) {
      try await session.transaction(holding: [first]) { session in
        runs += 1
        try await session.query(Author.self).one().name = "first"
      }
    }
    #expect(runs == 1)
    #expect(try await names(store) == ["second"])
    #expect(!session.hasChanges)
    try await second.release()
  }

  @Test(arguments: TestStore.all)
  func `an unbound commit of a paused holder overwrites, unless its transaction has read before the pause`(
    testStore: TestStore
  ) async throws {
    let store = try await testStore.make()
    let session = RomeSession(store)
    try await session.transaction { $0.add(Author(name: "nobody")) }
    func takeOver(_ name: String) async throws {
      try await LockManager(store).withLock("a") { _ in
        try await RomeSession(store).transaction { try await $0.query(Author.self).one().name = name }
      }
    }
    // Read after the pause: for the transaction this is one row that is written in order.
    _ = try await LockManager(store).acquire("a", lease: .milliseconds(50), renews: false)
    try await takeOver("second")
    try await session.transaction { try await $0.query(Author.self).one().name += ", first" }
    #expect(try await names(store) == ["second, first"])
    // Read before the pause: the commit is a conflict, and the closure runs again on what the other has written.
    _ = try await LockManager(store).acquire("a", lease: .milliseconds(50), renews: false)
    var runs = 0
    try await session.transaction { session in
      let author = try await session.query(Author.self).one()
      runs += 1
      if runs == 1 { try await takeOver("third") }
      author.name += ", fourth"
    }
    #expect(runs == 2)
    #expect(try await names(store) == ["third, fourth"])
  }

  @Test(arguments: TestStore.all)
  func `a lease that ends while a transaction runs is noticed although no row has changed`(
    testStore: TestStore
  ) async throws {
    let store = try await testStore.make()
    let locks = LockManager(store)
    let session = RomeSession(store)
    try await session.transaction { $0.add(Author(name: "Asimov")) }
    for isolation in [Isolation.serializable, .snapshot, .readCommitted] {
      let lease = try await locks.acquire("a")
      await expectLost(lease) {
        try await session.transaction(isolation: isolation, holding: [lease]) { session in
          try await session.query(Author.self).one().name = "never"
          #expect(try await store.releaseLease("a", token: lease.token))
        }
      }
      // The holder is told by the refusal.
      #expect(!lease.isHeld)
      #expect(await lease.lost())
    }
    #expect(try await names(store) == ["Asimov"])
  }

  @Test(arguments: TestStore.all)
  func `one lost lease of several refuses the commit, and the error names it`(testStore: TestStore) async throws {
    let store = try await testStore.make()
    let locks = LockManager(store)
    let (a, b) = (try await locks.acquire("a"), try await locks.acquire("b"))
    try await b.release()
    await expectLost(b) {
      try await RomeSession(store).transaction(holding: [a, b]) { $0.add(Author(name: "never")) }
    }
    #expect(a.isHeld)
    #expect(try await names(store) == [])
  }

  @Test(arguments: TestStore.all)
  func `a transaction that runs again is still bound`(testStore: TestStore) async throws {
    let store = try await testStore.make()
    let lease = try await LockManager(store).acquire("a")
    let session = RomeSession(store)
    try await session.transaction { $0.add(Author(name: "Asimov")) }
    var runs = 0
    await expectLost(lease) {
      try await session.transaction(holding: [lease]) { session in
        runs += 1
        let author = try await session.query(Author.self).one()
        if runs == 1 {
          try await RomeSession(store).transaction { try await $0.query(Author.self).one().name = "other" }
        } else {
          try await lease.release()
        }
        author.name = "never"
      }
    }
    #expect(runs == 2)
    #expect(try await names(store) == ["other"])
  }

  @Test(arguments: TestStore.all)
  func `the transaction after a bound one is not bound`(testStore: TestStore) async throws {
    let store = try await testStore.make()
    let lease = try await LockManager(store).acquire("a")
    let session = RomeSession(store)
    try await session.transaction(holding: [lease]) { $0.add(Author(name: "Asimov")) }
    try await lease.release()
    try await session.transaction { $0.add(Author(name: "Lem")) }
    session.add(Author(name: "Clarke"))
    try await session.commit()
    #expect(try await names(store) == ["Asimov", "Clarke", "Lem"])
  }

  @Test(arguments: TestStore.all)
  func `a savepoint keeps the leases of its transaction and adds its own, unless it is rolled back`(
    testStore: TestStore
  ) async throws {
    struct Failure: Error {}
    let store = try await testStore.make()
    let locks = LockManager(store)
    let session = RomeSession(store)
    let outer = try await locks.acquire("outer")
    // An inner lease that ended before the commit: what was written under it is not protected.
    let lease = try await locks.acquire("inner")
    await expectLost(lease) {
      try await session.transaction(holding: [outer]) { session in
        try await session.transaction(holding: [lease]) { $0.add(Author(name: "never")) }
        try await lease.release()
      }
    }
    // What was written under this one is taken back.
    let other = try await locks.acquire("inner")
    try await session.transaction(holding: [outer]) { session in
      session.add(Author(name: "Asimov"))
      try? await session.transaction(holding: [other]) { session in
        session.add(Author(name: "never"))
        try await other.release()
        throw Failure()
      }
    }
    #expect(try await names(store) == ["Asimov"])
    try await outer.release()
    await expectLost(outer) {
      try await session.transaction(holding: [outer]) { session in
        try await session.transaction { $0.add(Author(name: "never")) }
      }
    }
    #expect(try await names(store) == ["Asimov"])
  }

  @Test func `a transaction that only reads needs no commit, so it proves nothing about its leases`() async throws {
    let store = FaultyStore(MemoryStore())
    let session = RomeSession(store)
    try await session.transaction { $0.add(Author(name: "Asimov")) }
    let lease = try await LockManager(store).acquire("a")
    try await lease.release()
    store.resetCounts()
    let name = try await session.transaction(holding: [lease]) { try await $0.query(Author.self).one().name }
    #expect(name == "Asimov" && store.counts[.commit] == 0)
  }

  @Test func `the description of an error names the lock`() {
    let error = RomeError(.leaseLost, "the lease of the lock is over", lock: "nightly")
    #expect("\(error)" == "RomeError.leaseLost: the lease of the lock is over (lock: nightly)")
  }
}
