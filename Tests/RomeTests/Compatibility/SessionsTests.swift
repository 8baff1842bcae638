// SPDX-License-Identifier: Apache-2.0

#if Macros
  import Testing

  @testable import Rome

  /// The original's `tests/rome/core/session/session.py`, which failed in 3 of 20 runs, and the bank of
  /// `test/nova/test_session.py`, which asserted nothing.
  @Suite struct SessionsTests {
    private static let retry = RetryPolicy(maximumAttempts: 10_000)

    @Test("test_sessions_1: five tasks allocate five addresses, five times", arguments: TestStore.all)
    func fiveTasksAllocateFiveAddresses(_ kind: TestStore) async throws {
      for _ in 0..<5 {
        let store = try await kind.make()
        let setup = RomeSession(store)
        for number in 1...5 { setup.add(FixedAddress(address: "192.168.0.\(number)")) }
        try await setup.commit()
        let taken = try await withThrowingTaskGroup { group in
          for _ in 0..<5 { group.addTask { try await Self.allocate(store) } }
          var taken: [String] = []
          for try await address in group { taken.append(address) }
          return taken
        }
        #expect(Set(taken).count == 5)
        let session = RomeSession(store)
        #expect(try await session.query(FixedAddress.self).filter(FixedAddress.isAllocated == true).count() == 5)
        #expect(try await session.query(FixedAddress.self).filter(FixedAddress.isAllocated == false).count() == 0)
        try await expectClean(store)
      }
    }

    /// Takes the first address that is free.
    private static func allocate(_ store: any Store) async throws -> String {
      try await RomeSession(store).transaction(retry: retry) { session in
        let free = try await session.query(FixedAddress.self).filter(FixedAddress.isAllocated == false)
          .order(by: FixedAddress.id).first()
        let address = try #require(free)
        address.isAllocated = true
        return address.address
      }
    }

    @Test("test_concurrent_update: two tasks transfer money between two accounts", arguments: TestStore.all)
    func twoTasksTransferMoney(_ kind: TestStore) async throws {
      let store = try await kind.make()
      let setup = RomeSession(store)
      setup.addAll([BankAccount(money: 1000), BankAccount(money: 1000)])
      try await setup.commit()
      try await withThrowingTaskGroup { group in
        for (from, to) in [(1, 2), (2, 1)] {
          group.addTask {
            for amount in 1...20 {
              try await RomeSession(store).transaction(retry: Self.retry) { session in
                let source = try #require(try await session.get(BankAccount.self, from))
                let target = try #require(try await session.get(BankAccount.self, to))
                source.money -= amount * from
                target.money += amount * from
              }
            }
          }
        }
        try await group.waitForAll()
      }
      let balances = try await RomeSession(store).select(BankAccount.money).order(by: BankAccount.id).all()
      #expect(balances == [1000 - 210 + 420, 1000 + 210 - 420])
    }

    @Test(arguments: TestStore.all)
    func pendingEntitiesAreSeenByQueriesAndGoneAfterARollback(_ kind: TestStore) async throws {
      let session = RomeSession(try await kind.make())
      session.add(BankAccount(money: 5))
      #expect(try await session.query(BankAccount.self).filter(BankAccount.money == 5).count() == 1)
      session.rollback()
      #expect(try await session.query(BankAccount.self).count() == 0)
      #expect(try await RomeSession(session.store).query(BankAccount.self).count() == 0)
    }
  }
#endif
