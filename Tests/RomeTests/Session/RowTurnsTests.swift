// SPDX-License-Identifier: Apache-2.0

import RomeTesting
import Synchronization
import Testing

@testable import Rome

/// Transactions of one process that contend for a row take turns. That saves work, so it is counted here.
@Suite(.timeLimit(.minutes(1))) struct RowTurnsTests {
  /// What the transactions of several clients did.
  private struct Tally {
    var begun = 0
    var attempts = 0
    var mostAttempts = 0
    var commits: [Int: Int] = [:]
  }

  /// A tally that the clients share.
  private final class SharedTally: Sendable {
    private let tally = Mutex(Tally())

    var value: Tally { tally.withLock { $0 } }

    /// Notes that a client begins one more commit.
    ///
    /// - Returns: Whether there is one left.
    func begin(of commits: Int) -> Bool {
      tally.withLock { tally in
        tally.begun += 1
        return tally.begun <= commits
      }
    }

    func note(_ client: Int, _ attempts: Int) {
      tally.withLock { tally in
        tally.attempts += attempts
        tally.mostAttempts = max(tally.mostAttempts, attempts)
        tally.commits[client, default: 0] += 1
      }
    }
  }

  private static let redis = [TestStore.redis, .redisInTwoRoundTrips]

  private func books(_ kind: TestStore, _ count: Int) async throws -> FaultyStore {
    let store = FaultyStore(try await kind.make())
    let session = RomeSession(store)
    for number in 1...count { session.add(Book(title: "\(number)", price: 0)) }
    try await session.commit()
    store.resetCounts()
    return store
  }

  /// Lets clients change rows until they have made so many commits together.
  private func contend(
    _ store: FaultyStore, clients: Int, commits: Int,
    _ change: @escaping @Sendable (RomeSession, _ client: Int) async throws -> Void
  ) async throws -> Tally {
    let tally = SharedTally()
    try await withThrowingTaskGroup { group in
      for client in 0..<clients {
        group.addTask {
          while tally.begin(of: commits) {
            var attempts = 0
            try await RomeSession(store).transaction { session in
              attempts += 1
              try await change(session, client)
            }
            tally.note(client, attempts)
          }
        }
      }
      try await group.waitForAll()
    }
    return tally.value
  }

  @Test(arguments: redis)
  func `clients of one hot row rarely lose it, read it rarely, and none starves`(_ kind: TestStore) async throws {
    let store = try await books(kind, 1)
    let tally = try await contend(store, clients: 8, commits: 400) { session, _ in
      try #require(try await session.get(Book.self, 1)).price += 1
    }
    let counts = tally.commits.values.sorted()
    print("commits of a client: \(counts), attempts: \(tally.attempts), at most \(tally.mostAttempts) for a commit")
    #expect(tally.attempts <= 600)
    #expect(tally.mostAttempts <= 10)
    #expect(store.counts[.read] <= 300, "who has waited gets the row from who was before")
    #expect(try await RomeSession(store).get(Book.self, 1)?.price == 400)
  }

  @Test func `clients of one hot row in a file all get on`() async throws {
    let store = try await books(.lmdb, 1)
    let tally = try await contend(store, clients: 8, commits: 400) { session, _ in
      try #require(try await session.get(Book.self, 1)).price += 1
    }
    let counts = tally.commits.values.sorted()
    print("commits of a client: \(counts), attempts: \(tally.attempts), at most \(tally.mostAttempts) for a commit")
    #expect(counts.count == 8 && counts[0] >= 10, "one client has written while others waited")
    #expect(try await RomeSession(store).get(Book.self, 1)?.price == 400)
  }

  @Test(arguments: [TestStore.lmdb] + redis)
  func `rows that are changed together in any order end in no deadlock`(_ kind: TestStore) async throws {
    let store = try await books(kind, 2)
    let tally = try await contend(store, clients: 8, commits: 200) { session, client in
      let first = try #require(try await session.get(Book.self, 1 + client % 2))
      let second = try #require(try await session.get(Book.self, 2 - client % 2))
      first.price += 1
      second.price -= 1
    }
    print("attempts: \(tally.attempts), at most \(tally.mostAttempts) for a commit")
    #expect(tally.commits.values.reduce(0, +) == 200)
    let session = RomeSession(store)
    let prices = try await session.get(Book.self, keys: [1, 2]).compactMap { $0?.price }
    #expect(prices.reduce(0, +) == 0)
  }

  @Test(arguments: TestStore.all)
  func `an attempt after a conflict reads its row once`(_ kind: TestStore) async throws {
    let store = try await books(kind, 1)
    var attempts = 0
    let session = RomeSession(store)
    try await session.transaction { session in
      attempts += 1
      try #require(try await session.get(Book.self, 1)).price += 1
      if attempts == 1 {
        try await RomeSession(store).transaction { try #require(try await $0.get(Book.self, 1)).price += 10 }
      }
    }
    #expect(attempts == 2)
    #expect(store.counts[.read] == 3)
    #expect(store.counts[.commit] == 3)
    #expect(try await RomeSession(store).get(Book.self, 1)?.price == 11)
  }

  @Test func `who has lost a row in a file again and again is let by`() async throws {
    let store = try await books(.lmdb, 1)
    let address = RowAddress(table: "books", key: KeyEncoder.encode(.int(1)))
    @Sendable func addTen() async throws {
      try await RomeSession(store).transaction { try #require(try await $0.get(Book.self, 1)).price += 10 }
    }
    var attempts = 0
    var newcomer: Task<Void, any Error>?
    try await RomeSession(store).transaction { session in
      attempts += 1
      try #require(try await session.get(Book.self, 1)).price += 1
      // The first attempt loses, and so does the second, although it is its turn: then a newcomer stands aside.
      if attempts <= 2 { return try await addTen() }
      let commits = store.counts[.commit]
      newcomer = Task { @Sendable in try await addTen() }
      while store.catalog.turns.waiting(at: address) == 0, store.counts[.commit] == commits { await Task.yield() }
    }
    #expect(attempts == 3)
    try await newcomer?.value
    #expect(try await RomeSession(store).get(Book.self, 1)?.price == 31)
    #expect(store.catalog.turns.isIdle)
  }

  @Test func `a turn that waits for somebody in its own line ends the line`() async throws {
    // Time passes at once here.
    let clock = LockClock(now: { .now }, sleep: { _ in true }, sleepThrough: { _ in await Task.yield() })
    let store = try await books(.redis, 1)
    try await LockClock.$current.withValue(clock) {
      var attempts = 0
      try await RomeSession(store).transaction { session in
        attempts += 1
        try #require(try await session.get(Book.self, 1)).price += 1
        // The first attempt loses, the second has the turn and waits for another transaction that wants it.
        if attempts <= 2 {
          try await RomeSession(store).transaction { try #require(try await $0.get(Book.self, 1)).price += 10 }
        }
      }
      #expect(attempts == 3)
    }
    #expect(try await RomeSession(store).get(Book.self, 1)?.price == 21)
    #expect(store.catalog.turns.isIdle)
  }

  // MARK: Lines

  private let address = RowAddress(table: "books", key: Key([1]))

  private func waiting(_ turns: RowTurns, _ number: UInt64) -> Task<RowTurns.Outcome, Never> {
    Task { [address] in await turns.wait(number, for: address, opening: .seconds(100)) }
  }

  @Test func `who comes first is served first, and gets the row of who was before`() async throws {
    let turns = RowTurns()
    let numbers = (0..<4).map { _ in turns.enroll() }
    guard case .none = await turns.wait(numbers[0], for: address, opening: nil) else {
      Issue.record("there was no line")
      return
    }
    guard case .turn(nil) = await turns.wait(numbers[0], for: address, opening: .seconds(100)) else {
      Issue.record("a new line begins with a turn")
      return
    }
    var tasks: [Task<RowTurns.Outcome, Never>] = []
    for (position, number) in numbers.dropFirst().enumerated() {
      tasks.append(waiting(turns, number))
      while turns.waiting(at: address) <= position { await Task.yield() }
    }
    for (position, task) in tasks.enumerated() {
      let row = StoredRow(version: Revision(rawValue: UInt64(position + 1)), bytes: [UInt8(position)])
      turns.end(numbers[position], at: address, passing: row)
      guard case .turn(let handed) = await task.value else {
        Issue.record("the turn did not come")
        return
      }
      #expect(handed?.version == row.version && handed?.bytes == row.bytes)
      #expect(turns.waiting(at: address) == 2 - position)
      // A turn that is over can't be ended again.
      turns.end(numbers[position], at: address, passing: row)
    }
    #expect(!turns.isIdle)
    turns.end(numbers[3], at: address, passing: nil)
    #expect(turns.isIdle)
  }

  @Test func `a line in which nobody writes is broken up`() async throws {
    let turns = RowTurns()
    var holder = turns.enroll()
    _ = await turns.wait(holder, for: address, opening: .seconds(100))
    var waiters: [(number: UInt64, task: Task<RowTurns.Outcome, Never>)] = []
    for count in 1...8 {
      let number = turns.enroll()
      waiters.append((number, waiting(turns, number)))
      while turns.waiting(at: address) < count { await Task.yield() }
    }
    var turnCount = 0
    for waiter in waiters {
      turns.end(holder, at: address, passing: nil)
      guard case .turn = await waiter.task.value else { break }
      turnCount += 1
      holder = waiter.number
    }
    #expect(turnCount == 3)
    #expect(turns.isIdle)
    for waiter in waiters { _ = await waiter.task.value }
  }

  @Test func `who is cancelled leaves the line`() async throws {
    let turns = RowTurns()
    let numbers = (0..<3).map { _ in turns.enroll() }
    _ = await turns.wait(numbers[0], for: address, opening: .seconds(100))
    let first = waiting(turns, numbers[1])
    while turns.waiting(at: address) < 1 { await Task.yield() }
    let second = waiting(turns, numbers[2])
    while turns.waiting(at: address) < 2 { await Task.yield() }
    first.cancel()
    guard case .none = await first.value else {
      Issue.record("a cancelled task got the turn")
      return
    }
    turns.end(numbers[0], at: address, passing: nil)
    guard case .turn(nil) = await second.value else {
      Issue.record("the turn did not come")
      return
    }
    turns.end(numbers[2], at: address, passing: nil)
    #expect(turns.isIdle)
    let late = Task { [address] in
      withUnsafeCurrentTask { $0?.cancel() }
      _ = await turns.wait(numbers[0], for: address, opening: .seconds(100))
      return await turns.wait(numbers[1], for: address, opening: nil)
    }
    guard case .none = await late.value else {
      Issue.record("a task that was cancelled before waits all the same")
      return
    }
  }
}
