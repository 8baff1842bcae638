// SPDX-License-Identifier: Apache-2.0

import BankKit
import Rome
import RomeTesting
import Testing

struct AccountBookTests {
  private func balances(in store: any Store) async throws -> [Int] {
    try await RomeSession(store).select(Account.balance).order(by: Account.number).all()
  }

  @Test(arguments: BankStore.allCases)
  func `a transfer moves money, in two round trips`(kind: BankStore) async throws {
    try await kind.use { store in
      let book = AccountBook(store)
      try await book.open(3, deposit: 10)
      let session = RomeSession(store)
      try await book.transfer(Order(payer: 1, payee: 2, amount: 1), session)
      let before = session.statistics
      try await book.transfer(Order(payer: 1, payee: 3, amount: 9), session)
      #expect(session.statistics.since(before).roundTrips == 2)
      #expect(try await balances(in: store) == [0, 11, 19])
    }
  }

  @Test(arguments: BankStore.allCases)
  func `a payer without enough money, or none at all, is refused and nothing changes`(kind: BankStore) async throws {
    try await kind.use { store in
      let book = AccountBook(store)
      try await book.open(2, deposit: 10)
      let session = RomeSession(store)
      await #expect(throws: BankError.insufficientFunds) {
        try await book.transfer(Order(payer: 1, payee: 2, amount: 11), writtenDownFor: "test", session)
      }
      await #expect(throws: BankError.noAccount(3)) {
        try await book.transfer(Order(payer: 3, payee: 2, amount: 1), session)
      }
      await #expect(throws: BankError.noAccount(0)) {
        try await book.transfer(Order(payer: 2, payee: 0, amount: 1), session)
      }
      #expect(!session.hasChanges)
      #expect(try await balances(in: store) == [10, 10])
      #expect(try await book.transfers(of: "test").count == 0)
    }
  }

  @Test(arguments: BankStore.allCases)
  func `accounts that many open at once are opened once`(kind: BankStore) async throws {
    try await kind.use { store in
      let book = AccountBook(store)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 1...8 {
          group.addTask { try await book.open(number * 100, deposit: number) }
        }
        try await group.waitForAll()
      }
      let statement = try await book.statement()
      #expect(statement.accounts == 800 && statement.isRight)
      #expect(try await store.verify().isClean)
    }
  }

  @Test(arguments: BankStore.allCases)
  func `a ledger says what was moved in a run`(kind: BankStore) async throws {
    try await kind.use { store in
      let book = AccountBook(store)
      try await book.open(2, deposit: 100)
      let session = RomeSession(store)
      for (run, amount) in [("one", 1), ("two", 20), ("one", 3)] {
        try await book.transfer(Order(payer: 1, payee: 2, amount: amount), writtenDownFor: run, session)
      }
      #expect(try await book.transfers(of: "one") == (2, 4))
      #expect(try await book.transfers(of: "two") == (1, 20))
      #expect(try await book.transfers(of: "three") == (0, 0))
    }
  }

  @Test func `orders are between two accounts that exist`() {
    var random = SeededGenerator(seed: 1)
    var pairs: Set<[Int]> = []
    for _ in 0..<1000 {
      let order = Order.random(accounts: 3, maximumAmount: 5, using: &random)
      #expect((1...5).contains(order.amount))
      pairs.insert([order.payer, order.payee])
    }
    #expect(pairs == [[1, 2], [1, 3], [2, 1], [2, 3], [3, 1], [3, 2]])
  }
}
