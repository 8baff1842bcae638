// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeTesting

/// A transaction as its client has told of it.
struct RecordedTransaction: Hashable, Sendable {
  let client: Int
  let start: Int
  /// The value that it writes; nil when it only reads.
  let value: Int?
  /// The lists that the value is appended to.
  let lists: [String]
  /// The commit that was handed to the store last.
  var commit: CommitID?
  /// When the client knew the outcome; nil when it has not come to know it.
  var end: Int?
  /// How it ended; nil when the client has not come to know it.
  var outcome: ClientLine.Outcome?
  /// What the client has seen.
  var seen: [String: [Int]] = [:]
  /// Whether the answer to the commit was lost.
  var isDoubted = false
  /// The code of the error that it ended with.
  var failure: String?

  /// The transactions that a process has told of.
  ///
  /// - Parameter lines: What it told, in order.
  /// - Returns: The transactions. One of a client that was killed before its commit reached the store has ended: it was aborted.
  static func all(of lines: [ClientLine]) -> [RecordedTransaction] {
    var open: [Int: RecordedTransaction] = [:]
    var done: [RecordedTransaction] = []
    for line in lines {
      switch line.kind {
      case .begin:
        open[line.client] = RecordedTransaction(
          client: line.client, start: line.time, value: line.value, lists: line.lists ?? [])
      case .commit:
        if let id = line.commit, id.count == 2 { open[line.client]?.commit = CommitID(high: id[0], low: id[1]) }
      case .holds: continue
      case .end:
        guard var transaction = open.removeValue(forKey: line.client) else { continue }
        transaction.end = line.time
        transaction.outcome = line.outcome
        transaction.seen = line.seen ?? [:]
        transaction.isDoubted = line.isDoubted ?? false
        transaction.failure = line.failure
        done.append(transaction)
      }
    }
    for var transaction in open.values {
      if transaction.commit == nil { transaction.outcome = .aborted } else { transaction.isDoubted = true }
      done.append(transaction)
    }
    return done
  }

  /// Whether a write was acknowledged to the client.
  var isAcknowledged: Bool { value != nil && outcome == .committed && end != nil }

  /// Whether nobody knows how it ended.
  var isUnresolved: Bool { outcome == nil || outcome == .unknown }

  /// What the name of its lists begins with; the history of these can be judged by itself.
  var era: Substring? { (lists.first ?? seen.keys.first)?.prefix { $0 != "." } }

  /// The transaction for the checker. All lists were read before the first was written.
  func history(number: Int) -> HistoryTransaction {
    var steps = seen.keys.sorted().map { HistoryStep.list($0, seen[$0] ?? []) }
    if let value { steps += lists.map { .append(value, to: $0) } }
    let ending: HistoryOutcome =
      switch outcome {
      case .committed: end == nil ? .unknown : .committed
      case .aborted: .aborted
      case .unknown, nil: .unknown
      }
    return HistoryTransaction(
      number: number, client: client, start: start, end: end ?? .max, steps: steps, outcome: ending)
  }
}
