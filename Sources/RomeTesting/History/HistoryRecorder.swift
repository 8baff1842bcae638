// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// Collects what many clients do at the same time, for a ``HistoryChecker``.
///
/// ```swift
/// let recorder = HistoryRecorder()
/// let began = recorder.begin()
/// // … run a transaction, and note its steps
/// recorder.end(client: 1, began, steps: [.append(7, to: "x")], .committed)
/// ```
///
/// The order of the calls is the real time of the history: begin before the transaction, end when its outcome is known.
public final class HistoryRecorder: Sendable {
  private struct State {
    var clock = 0
    var transactions: [HistoryTransaction] = []
  }

  private let state = Mutex(State())

  /// A recorder that has recorded nothing.
  public init() {}

  /// Notes that a client begins a transaction.
  ///
  /// - Returns: The time.
  public func begin() -> Int {
    state.withLock { state in
      state.clock += 1
      return state.clock
    }
  }

  /// Notes how a transaction ended.
  ///
  /// - Parameters:
  ///   - client: The client.
  ///   - start: What ``begin()`` returned.
  ///   - steps: What the transaction did and saw. Of an aborted or unknown one, what it tried to change.
  ///   - outcome: How it ended.
  public func end(client: Int, _ start: Int, steps: [HistoryStep], _ outcome: HistoryOutcome) {
    state.withLock { state in
      state.clock += 1
      state.transactions.append(
        HistoryTransaction(
          number: state.transactions.count, client: client, start: start, end: state.clock, steps: steps,
          outcome: outcome))
    }
  }

  /// What was recorded so far.
  public var history: [HistoryTransaction] { state.withLock { $0.transactions } }
}
