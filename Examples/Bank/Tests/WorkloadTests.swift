// SPDX-License-Identifier: Apache-2.0

import BankKit
import Rome
import RomeRedis
import RomeTesting
import Testing

@Suite(.timeLimit(.minutes(2)))
struct WorkloadTests {
  /// Expects that the bank is as it must be after a run.
  private func expectRight(_ store: any Store, _ tally: Tally, _ workload: Workload) async throws {
    let inspection = try await Inspection(of: AccountBook(store), after: tally, run: workload.run)
    #expect(inspection.problems.isEmpty)
    #expect(inspection.statement.accounts == workload.accounts)
    #expect(tally.latency.count == tally.commits)
    if let orders = workload.orders { #expect(tally.orders == orders) }
  }

  @Test(arguments: BankStore.allCases, [2, 5, 40])
  func `the sum never changes with 16 tasks`(kind: BankStore, accounts: Int) async throws {
    try await kind.use { store in
      try await AccountBook(store).open(accounts, deposit: 300)
      let workload = Workload(accounts: accounts, tasks: 16, orders: 400, run: "test", isAudited: true)
      let tally = try await run(workload, on: store)
      try await expectRight(store, tally, workload)
      #expect(tally.commits + tally.refused == 400)
      #expect(tally.attempts == 400 + tally.retries)
      // All 16 read one of two accounts before the first writes: they can't all be the first.
      if accounts == 2 { #expect(tally.conflicts > 0) }
      if kind == .memory { #expect(tally.overtakenAudits == 0) }
    }
  }

  @Test func `tasks without competition have no conflict and two round trips a commit`() async throws {
    try await BankStore.redis.use { store in
      try await AccountBook(store).open(10, deposit: 100_000)
      let workload = Workload(accounts: 10, tasks: 1, orders: 100)
      let tally = try await run(workload, on: store)
      try await expectRight(store, tally, workload)
      #expect(tally.commits == 100 && tally.conflicts == 0)
      // The first transfer looks at the schema, too.
      #expect((200...203).contains(tally.roundTrips))
    }
  }

  @Test func `two stores on one server are one bank`() async throws {
    try await withNamespace { url in
      let stores = [
        try await RedisStore.connect(to: RedisConfiguration(url: url)),
        try await RedisStore.connect(to: RedisConfiguration(url: url)),
      ]
      try await AccountBook(stores[0]).open(4, deposit: 1000)
      let workload = Workload(accounts: 4, tasks: 8, orders: 200, run: "test")
      var total = Tally()
      try await withThrowingTaskGroup(of: Tally.self) { group in
        for store in stores {
          group.addTask { try await run(workload, on: store) }
        }
        for try await tally in group { total += tally }
      }
      var both = workload
      both.orders = 400
      try await expectRight(stores[1], total, both)
      #expect(total.conflicts > 0)
      for store in stores { await store.close() }
    }
  }

  @Test(arguments: [21, 22, 23] as [UInt64])
  func `lost answers are settled, counted, and nothing is applied twice`(seed: UInt64) async throws {
    let base = MemoryStore()
    try await AccountBook(base).open(6, deposit: 500)
    let plan = FaultPlan.random(seed: seed, probability: 0.2, kinds: [.commit])
    let store = FaultyStore(base, plan: plan)
    let workload = Workload(accounts: 6, tasks: 8, orders: 400, run: "test")
    let tally = try await run(workload, on: store)
    try await expectRight(base, tally, workload)
    #expect(tally.failed > 0 && tally.doubtsApplied > 0 && tally.doubtsNotApplied > 0, "seed \(seed)")
    #expect(tally.doubts == tally.doubtsApplied + tally.doubtsNotApplied)
    #expect(tally.unsettled == 0)
  }

  @Test func `a store that stays away ends the run with its error`() async throws {
    let base = MemoryStore()
    try await AccountBook(base).open(2, deposit: 500)
    let store = FaultyStore(base, plan: FaultPlan { _ in .refuse(StoreError(.unavailable, "it is away")) })
    let workload = Workload(accounts: 2, tasks: 4)
    let board = TallyBoard()
    let error = await #expect(throws: RomeError.self) {
      try await workload.run(on: store, during: workload.makeShift(), board: board)
    }
    #expect(error?.code == .store)
    #expect(board.tally.commits == 0 && board.tally.failed > 0)
    try await expectRight(base, board.tally, workload)
  }

  @Test func `a shift takes as many orders as it has, whoever takes them`() async {
    let shift = Shift(orders: 1000)
    let taken = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask {
          var count = 0
          while shift.takeOrder() { count += 1 }
          return count
        }
      }
      return await group.reduce(0, +)
    }
    #expect(taken == 1000)
    #expect(shift.isOver && !shift.takeOrder())
  }

  @Test func `a shift that was ended takes no orders`() {
    let endless = Shift()
    #expect(endless.takeOrder())
    endless.end()
    #expect(!endless.takeOrder())
    #expect(!Shift(seconds: 0).takeOrder())
  }
}
