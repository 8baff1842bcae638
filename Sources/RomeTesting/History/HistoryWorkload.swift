// SPDX-License-Identifier: Apache-2.0

public import Rome
internal import Synchronization

/// What clients do to a store so that a ``HistoryChecker`` can tell whether it keeps its promises.
public enum HistoryWorkload: String, Hashable, Sendable, CaseIterable {
  /// Values are appended to lists and lists are read: a list is an indexed range of rows, each behind the last.
  case listAppend
  /// Registers are read and set.
  case register
  /// Money moves between accounts, and all balances are added up.
  case bank
  /// Members are added to a set while it has few, and the set is read: what the predicate finds decides about the write.
  case setWithPredicate
  /// Names are claimed that only one may have.
  case uniqueClaim

  /// How the clients work.
  public struct Options: Hashable, Sendable {
    /// How many clients run transactions at the same time.
    public var clients = 8
    /// How many transactions each of them runs.
    public var transactions = 50
    /// How many lists, registers, sets or accounts there are. The fewer, the more conflicts.
    public var keys = 3
    /// How isolated the transactions are.
    public var isolation = Isolation.serializable
    /// What the clients draw their choices from.
    public var seed: UInt64 = 1

    /// The defaults.
    public init() {}
  }

  /// What the balances of ``bank`` add up to.
  public static func total(_ options: Options) -> Int { options.keys * 100 }

  /// Runs the workload, and checks what the clients saw.
  ///
  /// - Parameters:
  ///   - store: The store. It must not hold data of another run.
  ///   - options: How the clients work.
  /// - Returns: What is wrong.
  /// - Throws: `RomeError` when the accounts of the bank can't be opened.
  public func check(_ store: any Store, _ options: Options = Options()) async throws(RomeError) -> HistoryReport {
    let history = try await run(on: { _ in store }, options)
    return HistoryChecker.check(history, total: self == .bank ? Self.total(options) : nil)
  }

  /// Runs the workload.
  ///
  /// - Parameters:
  ///   - store: The store of each client; all of them lead to the same data.
  ///   - options: How the clients work.
  /// - Returns: What the clients saw; the last transaction reads everything.
  /// - Throws: `RomeError` when the accounts of the bank can't be opened.
  public func run(
    on store: @Sendable @escaping (_ client: Int) -> any Store, _ options: Options = Options()
  ) async throws(RomeError) -> [HistoryTransaction] {
    let recorder = HistoryRecorder()
    let values = HistoryValues()
    let client = HistoryClient(0, store(0), self, options, recorder, values)
    try await client.prepare()
    await withTaskGroup(of: Void.self) { group in
      for number in 1...max(1, options.clients) {
        group.addTask {
          // Where no call suspends, the steps of the clients would not mix.
          let mixing = FaultyStore(store(number), plan: FaultPlan { _ in .yield(1) })
          var client = HistoryClient(number, mixing, self, options, recorder, values)
          await client.work()
        }
      }
    }
    await client.readEverything()
    return recorder.history
  }
}

/// Hands out values that are unique in a history.
final class HistoryValues: Sendable {
  private let last = Atomic<Int>(0)
  func next() -> Int { last.add(1, ordering: .relaxed).newValue }
}
