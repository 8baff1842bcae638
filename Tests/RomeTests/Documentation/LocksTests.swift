// SPDX-License-Identifier: Apache-2.0

#if Macros
  import Rome
  import Testing

  /// The code of *Locks*.
  @Suite(.timeLimit(.minutes(1))) struct LocksTests {
    @Entity("reports")
    final class Report {
      @PrimaryKey var id: Int?
      var day: String
      var total: Int
    }

    struct Printer {
      private var greatest = FencingToken(rawValue: 0)

      mutating func print(_ page: String, token: FencingToken) -> Bool {
        guard token >= greatest else { return false }
        greatest = token
        return true
      }
    }

    private let store = MemoryStore()

    private func totals() async throws -> [Int] {
      try await RomeSession(store).query(Report.self).order(by: Report.id).all().map(\.total)
    }

    @Test func workUnderALock() async throws {
      let session = RomeSession(store)

      let locks = LockManager(store)
      try await locks.withLock("nightly report") { lease in
        try await session.transaction(holding: [lease]) { session in
          session.add(Report(day: "2026-11-23", total: 42))
        }
      }

      #expect(try await totals() == [42])
      #expect(try await locks.tryAcquire("nightly report") != nil)
    }

    private func clean(_ session: RomeSession, holding lease: Lease) async throws {
      try await session.transaction(holding: [lease]) { session in
        try await session.query(Report.self).delete()
      }
    }

    private func cleanIfNobodyDoes(_ session: RomeSession, _ locks: LockManager) async throws {
      if let lease = try await locks.tryAcquire("cleaning") {
        try await clean(session, holding: lease)
        try await lease.release()
      }
    }

    @Test func onlyIfTheLockIsFree() async throws {
      let session = RomeSession(store)
      let locks = LockManager(store)
      session.add(Report(day: "2026-11-22", total: 7))
      try await session.commit()
      let other = try await LockManager(store).acquire("cleaning")
      try await cleanIfNobodyDoes(session, locks)
      #expect(try await totals() == [7])
      try await other.release()
      try await cleanIfNobodyDoes(session, locks)
      #expect(try await totals() == [])
      #expect(try await locks.tryAcquire("cleaning") != nil)
    }

    @Test func aDeadline() async throws {
      let locks = LockManager(store)
      let other = try await LockManager(store).acquire("nightly report")
      do {
        try await locks.withLock("nightly report", waiting: .milliseconds(50)) { _ in print("nobody else is at it") }
      } catch let error as RomeError where error.code == .lockTimeout {
        print("somebody else is at it: \(error.lock ?? "")")
      }
      await expectError(.lockTimeout) {
        try await locks.withLock("nightly report", waiting: .zero) { _ in print("nobody else is at it") }
      }
      try await other.release()
    }

    private func report(_ total: Int, _ session: RomeSession, _ lease: Lease) async throws {
      do {
        try await session.transaction(holding: [lease]) { session in
          session.add(Report(day: "2026-11-23", total: total))
        }
      } catch let error as RomeError where error.code == .leaseLost {
        print("somebody else has taken over: \(error.lock ?? "")")
      }
    }

    @Test func thePausedHolder() async throws {
      let paused = try await LockManager(store).acquire("nightly report", lease: .milliseconds(20), renews: false)
      let next = try await LockManager(store).acquire("nightly report")
      try await report(2, RomeSession(store), next)
      try await report(1, RomeSession(store), paused)
      #expect(try await totals() == [2])
      var printer = Printer()
      let answers = [next, next, paused].map { printer.print("page", token: $0.token) }
      #expect(answers == [true, true, false])
    }

    @Test func longWork() async throws {
      let lease = try await LockManager(store).acquire("nightly report")
      let work = Task {
        await Task.yield()
        try Task.checkCancellation()
      }
      let watch = Task {
        if await lease.lost() { work.cancel() }
      }
      try await work.value
      try await lease.release()
      await watch.value
      #expect(!work.isCancelled)
    }

    @Test func longWorkWhoseLeaseIsLost() async throws {
      let lease = try await LockManager(store).acquire("nightly report", lease: .milliseconds(20), renews: false)
      let work = Task { try await Task.sleep(for: .seconds(3600)) }
      let watch = Task {
        if await lease.lost() { work.cancel() }
      }
      await #expect(throws: CancellationError.self) { try await work.value }
      await watch.value
    }
  }
#endif
