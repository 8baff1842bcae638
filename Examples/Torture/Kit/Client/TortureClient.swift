// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeTesting

/// A client: it runs one transaction after the other, and tells what it does and sees.
struct TortureClient {
  /// How long lists are in use. A transaction stays within the lists of one such time, so their history can be judged by itself.
  private static let generation = 250_000_000
  /// How many lists are in use at the same time. The fewer, the more conflicts.
  private static let listCount = 3
  /// How long a client asks what became of a commit, beyond what the session does.
  private static let settlingTime = Duration.seconds(30)

  private let number: Int
  private let assignment: ClientAssignment
  private let store: ReportingStore
  private let locks: LockManager
  private let output: LineOutput
  private var generator: SeededGenerator
  private var written = 0

  init(_ number: Int, _ assignment: ClientAssignment, _ store: any Store, _ locks: LockManager, _ output: LineOutput) {
    self.number = number
    self.assignment = assignment
    self.store = ReportingStore(store, client: number, output)
    self.locks = locks
    self.output = output
    generator = SeededGenerator(seed: assignment.seed &* 1_000_003 &+ UInt64(number))
  }

  /// Runs a transaction.
  mutating func transact() async {
    let era = (MachineClock.now - assignment.epoch) / Self.generation
    if generator.chance(assignment.lockShare) {
      let list = "\(era).locked"
      let value = nextValue()
      await run(value, [list]) { (seen: inout Seen) in try await appendUnderLock(value, to: list, &seen) }
    } else {
      let lists = (0..<Self.listCount).shuffled(using: &generator).prefix(Int.random(in: 1...2, using: &generator))
        .map { "\(era).\($0)" }
      let value = generator.chance(0.75) ? nextValue() : nil
      await run(value, value == nil ? [] : lists) { (seen: inout Seen) in try await append(value, to: lists, &seen) }
    }
  }

  private typealias Seen = [String: [Int]]

  private mutating func nextValue() -> Int {
    written += 1
    return number * 1_000_000 + written
  }

  /// Tells that a transaction begins, runs it, and tells how it ended.
  private func run(_ value: Int?, _ lists: [String], _ body: (inout Seen) async throws -> Void) async {
    var line = ClientLine(.begin, number)
    line.value = value
    line.lists = lists
    output.write(line)
    store.begin()
    var seen = Seen()
    var outcome = ClientLine.Outcome.committed
    var failure: RomeError.Code?
    do {
      try await body(&seen)
    } catch let error as RomeError {
      failure = error.code
      outcome = error.code == .unknownOutcome ? await settle(error.commitID) : .aborted
    } catch {
      outcome = .aborted
    }
    var end = ClientLine(.end, number)
    end.outcome = outcome
    end.seen = seen
    end.isDoubted = store.isDoubted
    end.failure = failure?.rawValue
    output.write(end)
    // A server that refuses at once must not keep the client busy with asking.
    if failure == .store || failure == .limitExceeded { try? await Task.sleep(for: .milliseconds(5)) }
  }

  /// Reads the lists and appends the value to each, with a receipt.
  private func append(_ value: Int?, to lists: [String], _ seen: inout Seen) async throws {
    var read = Seen()
    defer { seen = read }
    try await RomeSession(store).transaction(retry: .never) { session in
      for list in lists {
        let items = try await items(list, session)
        read[list] = items.map(\.value)
        guard let value else { continue }
        session.add(ListItem(list: list, position: (items.last?.position ?? 0) + 1, value: value))
      }
      guard let value else { return }
      session.add(Receipt(value: value, itemCount: lists.count, name: "receipt \(value)"))
    }
  }

  /// Reads the list in one transaction and appends in another one, which proves nothing of what was read: only the lock and its
  /// fence keep two holders apart.
  private func appendUnderLock(_ value: Int, to list: String, _ seen: inout Seen) async throws {
    let lease = try await locks.acquire(
      "baton \(list)", lease: .milliseconds(assignment.leaseMilliseconds), waiting: .milliseconds(300))
    do {
      let session = RomeSession(store)
      let present = try await session.transaction(isolation: .readCommitted, retry: .never) { session in
        try await items(list, session)
      }
      seen[list] = present.map(\.value)
      output.write(ClientLine(.holds, number))
      if assignment.holdMilliseconds > 0 { try await Task.sleep(for: .milliseconds(assignment.holdMilliseconds)) }
      try await session.transaction(isolation: .readCommitted, retry: .never, holding: [lease]) { session in
        session.add(ListItem(list: list, position: (present.last?.position ?? 0) + 1, value: value))
        session.add(Receipt(value: value, itemCount: 1, name: "receipt \(value)"))
      }
    } catch {
      _ = try? await lease.release()
      throw error
    }
    // What was committed under the lease stays so, also when the release fails.
    _ = try? await lease.release()
  }

  private func items(_ list: String, _ session: RomeSession) async throws -> [ListItem] {
    try await session.query(ListItem.self).filter(ListItem.list == list)
      .order(by: ListItem.position, ListItem.id).all()
  }

  /// Finds out what became of a commit whose answer was lost, when the session could not.
  private func settle(_ id: CommitID?) async -> ClientLine.Outcome {
    guard let id else { return .unknown }
    let deadline = ContinuousClock.now + Self.settlingTime
    while ContinuousClock.now < deadline {
      switch try? await store.resolve(id) {
      case .committed: return .committed
      case .notCommitted: return .aborted
      case .forgotten: return .unknown
      case nil: try? await Task.sleep(for: .milliseconds(50))
      }
    }
    return .unknown
  }
}
