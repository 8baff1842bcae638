// SPDX-License-Identifier: Apache-2.0

/// A step of a transaction in a history: what it changed, or what it saw.
///
/// Every value that is appended, written or added must be unique within its list, register or set: so each can be traced to the
/// transaction that made it.
public enum HistoryStep: Hashable, Sendable {
  /// A value was appended to a list.
  case append(Int, to: String)
  /// A list was read.
  case list(String, [Int])
  /// A register was set.
  case write(Int, to: String)
  /// A register was read; nil: it was never set.
  case register(String, Int?)
  /// A value was added to a set.
  case add(Int, to: String)
  /// The members of a set, or those that fulfil a predicate, were read.
  case members(String, Set<Int>)
  /// A name was claimed that only one may have.
  case claim(String)
  /// All accounts of a bank were read, whose sum must never change.
  case balances([Int])
}

/// How a transaction ended, as its client knows.
public enum HistoryOutcome: Hashable, Sendable {
  /// It was committed.
  case committed
  /// It was not committed, and never will be.
  case aborted
  /// Nobody told the client: it may have been committed.
  case unknown
}

/// A transaction that a client ran.
public struct HistoryTransaction: Hashable, Sendable {
  /// The number of the transaction in its history.
  public let number: Int
  /// The client, which runs one transaction at a time.
  public let client: Int
  /// When the client began, in ticks of a counter that all clients share.
  public let start: Int
  /// When the client knew how it ended.
  public let end: Int
  /// What it did and saw, in order.
  public let steps: [HistoryStep]
  /// How it ended.
  public let outcome: HistoryOutcome

  /// Makes a transaction.
  public init(number: Int, client: Int, start: Int, end: Int, steps: [HistoryStep], outcome: HistoryOutcome) {
    self.number = number
    self.client = client
    self.start = start
    self.end = end
    self.steps = steps
    self.outcome = outcome
  }
}

extension HistoryTransaction: CustomStringConvertible {
  /// The number, the client and the steps.
  public var description: String {
    let texts = steps.map(\.description).joined(separator: ", ")
    let ending = outcome == .committed ? "" : ", \(outcome)"
    return "T\(number) (client \(client)\(ending)): \(texts)"
  }
}

extension HistoryStep: CustomStringConvertible {
  /// The step in words.
  public var description: String {
    switch self {
    case .append(let value, let key): "append \(value) to \(key)"
    case .list(let key, let values): "\(key) is [\(values.map(String.init).joined(separator: " "))]"
    case .write(let value, let key): "set \(key) to \(value)"
    case .register(let key, let value): "\(key) is \(value.map(String.init) ?? "unset")"
    case .add(let value, let key): "add \(value) to \(key)"
    case .members(let key, let values): "\(key) holds {\(values.sorted().map(String.init).joined(separator: " "))}"
    case .claim(let name): "claim \(name)"
    case .balances(let values): "balances add up to \(values.reduce(0, +))"
    }
  }
}
