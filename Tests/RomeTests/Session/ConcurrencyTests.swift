// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rome

@Suite struct ConcurrencyTests {
  private static let tasks = 8

  private func inParallel(_ work: @escaping @Sendable (Int) async throws -> Void) async throws {
    try await withThrowingTaskGroup { group in
      for number in 0..<Self.tasks { group.addTask { try await work(number) } }
      try await group.waitForAll()
    }
  }

  private func accounts(_ kind: TestStore, _ balances: [Int]) async throws -> any Store {
    let store = try await kind.make()
    let session = RomeSession(store)
    for (number, balance) in balances.enumerated() {
      session.add(Book(isbn: "\(number)", title: "account", price: balance))
    }
    try await session.commit()
    return store
  }

  @Test(arguments: TestStore.all)
  func noIncrementIsLost(_ kind: TestStore) async throws {
    let store = try await accounts(kind, [0])
    try await inParallel { _ in
      for _ in 0..<50 {
        try await RomeSession(store).transaction(retry: RetryPolicy(maximumAttempts: 10_000)) { session in
          try #require(try await session.find(Book.self, 1)).price += 1
        }
      }
    }
    #expect(try await RomeSession(store).find(Book.self, 1)?.price == 50 * Self.tasks)
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func theMoneyOfABankIsConstant(_ kind: TestStore) async throws {
    let store = try await accounts(kind, [Int](repeating: 100, count: 6))
    try await inParallel { task in
      var generator = SystemRandomNumberGenerator()
      for round in 0..<40 {
        let (from, to) = (Int.random(in: 1...6, using: &generator), Int.random(in: 1...6, using: &generator))
        let session = RomeSession(store)
        try await session.transaction(retry: RetryPolicy(maximumAttempts: 10_000)) { session in
          let source = try #require(try await session.find(Book.self, from))
          let target = try #require(try await session.find(Book.self, to))
          let amount = min(source.price, (task + round) % 7)
          source.price -= amount
          target.price += amount
        }
        let sum = try await RomeSession(store).transaction { session in
          var sum = 0
          for account in 1...6 { sum += try #require(try await session.find(Book.self, account)).price }
          return sum
        }
        #expect(sum == 600)
      }
    }
    try await expectClean(store)
  }

  /// Each task may take one unit from either account as long as both together stay at or above zero.
  @Test(arguments: TestStore.all)
  func writeSkewIsPrevented(_ kind: TestStore) async throws {
    let store = try await accounts(kind, [10, 10])
    try await inParallel { task in
      for _ in 0..<10 {
        try await RomeSession(store).transaction(retry: RetryPolicy(maximumAttempts: 10_000)) { session in
          let first = try #require(try await session.find(Book.self, 1))
          let second = try #require(try await session.find(Book.self, 2))
          await Task.yield()
          if first.price + second.price > 0 { (task % 2 == 0 ? first : second).price -= 1 }
        }
      }
    }
    let session = RomeSession(store)
    let rest =
      try #require(try await session.find(Book.self, 1)).price + #require(try await session.find(Book.self, 2)).price
    #expect(rest == 0)
  }

  /// Each task inserts a row only when no row has its value yet: exactly one may win for each value.
  @Test(arguments: TestStore.all)
  func phantomsArePrevented(_ kind: TestStore) async throws {
    let store = try await accounts(kind, [])
    try await inParallel { task in
      for price in 1...20 {
        try await RomeSession(store).transaction(retry: RetryPolicy(maximumAttempts: 10_000)) { session in
          let taken = try await session.find(Book.price, price)
          await Task.yield()
          if taken.isEmpty { session.add(Book(title: "\(task)", price: price)) }
        }
      }
    }
    let session = RomeSession(store)
    for price in 1...20 { #expect(try await session.find(Book.price, price).count == 1) }
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func aUniqueValueIsClaimedOnce(_ kind: TestStore) async throws {
    let store = try await accounts(kind, [])
    try await inParallel { task in
      for number in 0..<20 {
        let session = RomeSession(store)
        session.add(Book(isbn: "claim \(number)", title: "\(task)"))
        do {
          try await session.commit()
        } catch let error as RomeError {
          #expect(error.code == .uniqueViolation, "\(error)")
        }
      }
    }
    let session = RomeSession(store)
    for number in 0..<20 { #expect(try await session.find(Book.isbn, "claim \(number)").count == 1) }
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func concurrentFirstUsesOfTablesAllSucceed(_ kind: TestStore) async throws {
    let store = try await kind.make()
    try await inParallel { task in
      let session = RomeSession(Reopened(store))
      let book = Book(title: "\(task)", author: Author(name: "\(task)"))
      session.add(book)
      session.add(Tag("\(task)"))
      try await session.commit()
    }
    let report = try await store.verify()
    #expect(report.isClean && report.rowCount == 3 * Self.tasks, "\(report)")
  }
}
