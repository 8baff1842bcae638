// SPDX-License-Identifier: Apache-2.0

import Rome

/// A client of a workload: it runs one transaction after the other, and records what it did and saw.
struct HistoryClient {
  private let number: Int
  private let store: any Store
  private let workload: HistoryWorkload
  private let options: HistoryWorkload.Options
  private let recorder: HistoryRecorder
  private let values: HistoryValues
  private var generator: SeededGenerator

  init(
    _ number: Int, _ store: any Store, _ workload: HistoryWorkload, _ options: HistoryWorkload.Options,
    _ recorder: HistoryRecorder, _ values: HistoryValues
  ) {
    self.number = number
    self.store = store
    self.workload = workload
    self.options = options
    self.recorder = recorder
    self.values = values
    generator = SeededGenerator(seed: options.seed &* 1000 &+ UInt64(number))
  }

  /// Opens the accounts of the bank.
  func prepare() async throws(RomeError) {
    guard workload == .bank else { return }
    let session = RomeSession(store)
    for key in keys { session.add(HistoryRegister(name: key, value: 100)) }
    try await session.commit()
  }

  /// Runs the transactions.
  mutating func work() async {
    for _ in 0..<options.transactions { await runTransaction() }
  }

  /// Runs one transaction.
  mutating func runTransaction() async {
    let plan = (0..<Int.random(in: 1...3, using: &generator)).map { _ in randomChoice() }
    await transact { session, steps in try await perform(plan, session, &steps) }
  }

  /// Reads all there is, so that what is lost is seen.
  func readEverything() async {
    for _ in 0..<20 {
      let isRead = await transact { session, steps in
        for key in keys { try await read(key, session, &steps) }
      }
      if isRead { return }
    }
  }

  private var keys: [String] { (0..<options.keys).map { "k\($0)" } }

  /// What a transaction is to do; its parts are fixed before it runs.
  private struct Choice {
    let key: String
    let other: String
    let reads: Bool
    let amount: Int
  }

  private mutating func randomChoice() -> Choice {
    Choice(
      key: keys.randomElement(using: &generator) ?? "k0", other: keys.randomElement(using: &generator) ?? "k0",
      reads: generator.chance(0.4), amount: Int.random(in: 1...9, using: &generator))
  }

  @discardableResult
  private func transact(_ body: (RomeSession, inout [HistoryStep]) async throws -> Void) async -> Bool {
    let start = recorder.begin()
    let session = RomeSession(store)
    var steps: [HistoryStep] = []
    do {
      try await session.transaction(isolation: options.isolation, retry: .never) { session in
        steps = []
        try await body(session, &steps)
      }
      recorder.end(client: number, start, steps: steps, .committed)
      return true
    } catch let error as RomeError where error.code == .unknownOutcome {
      recorder.end(client: number, start, steps: steps, .unknown)
    } catch {
      recorder.end(client: number, start, steps: steps, .aborted)
    }
    return false
  }

  private func perform(_ plan: [Choice], _ session: RomeSession, _ steps: inout [HistoryStep]) async throws {
    for choice in plan {
      if choice.reads {
        try await read(choice.key, session, &steps)
      } else {
        try await change(choice, session, &steps)
      }
    }
  }

  private func read(_ key: String, _ session: RomeSession, _ steps: inout [HistoryStep]) async throws {
    switch workload {
    case .listAppend: steps.append(.list(key, try await items(key, session).map(\.value)))
    case .setWithPredicate: steps.append(.members(key, Set(try await items(key, session).map(\.value))))
    case .register: steps.append(.register(key, try await session.get(HistoryRegister.self, key)?.value))
    case .bank:
      let accounts = try await session.query(HistoryRegister.self).all()
      steps.append(.balances(accounts.map(\.value)))
    case .uniqueClaim: _ = try await session.query(HistoryClaim.self).filter(HistoryClaim.name == key).count()
    }
  }

  private func change(_ choice: Choice, _ session: RomeSession, _ steps: inout [HistoryStep]) async throws {
    let key = choice.key
    switch workload {
    case .listAppend:
      let items = try await items(key, session)
      steps.append(.list(key, items.map(\.value)))
      let value = values.next()
      session.add(HistoryItem(key: key, position: (items.last?.position ?? 0) + 1, value: value))
      steps.append(.append(value, to: key))
    case .setWithPredicate:
      let members = try await items(key, session)
      steps.append(.members(key, Set(members.map(\.value))))
      guard members.count < 20 else { return }
      let value = values.next()
      session.add(HistoryItem(key: key, position: 0, value: value))
      steps.append(.add(value, to: key))
    case .register:
      let value = values.next()
      let register = try await session.get(HistoryRegister.self, key)
      steps.append(.register(key, register?.value))
      if let register { register.value = value } else { session.add(HistoryRegister(name: key, value: value)) }
      steps.append(.write(value, to: key))
    case .bank:
      guard choice.other != key, let from = try await session.get(HistoryRegister.self, key),
        let to = try await session.get(HistoryRegister.self, choice.other)
      else { return }
      from.value -= choice.amount
      to.value += choice.amount
    case .uniqueClaim:
      // Fewer names than claims, so that most of them are contended.
      let name = "n\(values.next() / 4)"
      guard try await session.query(HistoryClaim.self).filter(HistoryClaim.name == name).first() == nil else { return }
      session.add(HistoryClaim(name: name, client: number))
      steps.append(.claim(name))
    }
  }

  private func items(_ key: String, _ session: RomeSession) async throws -> [HistoryItem] {
    try await session.query(HistoryItem.self).filter(HistoryItem.key == key).order(by: HistoryItem.position).all()
  }
}
