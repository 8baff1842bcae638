// SPDX-License-Identifier: Apache-2.0

#if Macros
  import Rome
  import RomeTesting
  import Testing

  /// The code of *Testing stores and programs* and of *Writing an adapter*.
  @Suite struct TestingTests {
    private typealias MyStore = MemoryStore

    @Entity("accounts")
    final class Account {
      @PrimaryKey var id: Int?
      @Indexed var balance: Int
    }

    @Test(arguments: StoreConformance.cases)
    func myStoreConforms(conformanceCase: ConformanceCase) async {
      let result = await StoreConformance(makeStore: { MyStore() }).run(conformanceCase)
      if case .failed(let failures) = result { Issue.record("\(failures)") }
    }

    @Test func withoutATestLibrary() async throws {
      let failures = await StoreConformance(makeStore: { MyStore() }).run()
      for failure in failures { print(failure) }

      #expect(failures.isEmpty)
    }

    /// Two accounts with 100 together, in one unit of work each.
    private func transfer(_ store: any Store) async throws {
      let session = RomeSession(store)
      session.resolutionPatience = .zero
      session.addAll([Account(id: 1, balance: 60), Account(id: 2, balance: 40)])
      try await session.commit()
      try await session.transaction { session in
        guard let from = try await session.get(Account.self, 1), let to = try await session.get(Account.self, 2) else {
          return
        }
        from.balance -= 10
        to.balance += 10
      }
    }

    @Test func aProgramThatLosesItsConnection() async throws {
      let counting = FaultyStore(MemoryStore())
      try await transfer(counting)
      for number in 1...counting.callCount {
        for fault in [Fault.loseRequest, .loseAnswer] {
          let store = FaultyStore(MemoryStore(), plan: .at(number, fault))
          try? await transfer(store)
          store.plan = .none
          let balances = try await RomeSession(store).query(Account.self).all().map(\.balance)
          #expect(balances.isEmpty || balances.reduce(0, +) == 100)
        }
      }

      #expect(counting.callCount >= 4)
    }

    @Test func whatClientsSee() async throws {
      for workload in HistoryWorkload.allCases {
        let report = try await workload.check(MyStore())
        #expect(report.isClean, "\(report)")
      }
    }

    @Test func aSimulation() async throws {
      for seed in 1...20 as ClosedRange<UInt64> {
        let run = try await Simulation(seed: seed).run { world in
          await world.clients(3) { client in try? await transfer(client.store) }
          return try await RomeSession(world.store).query(Account.self).all().map(\.balance)
        }
        #expect(run.result.isEmpty || run.result.reduce(0, +) == 100, "\(run)")
      }
    }

    @Test func workloadsInASimulation() async throws {
      for workload in HistoryWorkload.allCases {
        let run = try await workload.check(in: Simulation(seed: 7) { now in MyStore(now: now) })
        #expect(run.result.isClean, "\(run)")
      }
    }

    @Test func aBudgetOfRoundTrips() async throws {
      let store = FaultyStore(MemoryStore())
      let session = RomeSession(store)
      session.addAll((1...100).map { Account(id: $0, balance: $0) })
      try await session.commit()
      store.resetCounts()
      _ = try await session.query(Account.self).filter(Account.balance > 90).all()
      #expect(store.counts.roundTrips == 1)
      #expect(store.counts.rows == 10)
    }
  }
#endif
