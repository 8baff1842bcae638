// SPDX-License-Identifier: Apache-2.0

/// What a ``HistoryChecker`` found.
public struct HistoryReport: Hashable, Sendable {
  /// How many transactions there were.
  public let transactionCount: Int
  /// What is wrong, the worst first.
  public let anomalies: [HistoryAnomaly]

  /// Whether nothing is wrong.
  public var isClean: Bool { anomalies.isEmpty }

  /// The anomaly that takes the fewest transactions to see.
  public var smallest: HistoryAnomaly? {
    anomalies.min { $0.transactions.count < $1.transactions.count }
  }
}

extension HistoryReport: CustomStringConvertible {
  /// The smallest anomaly in words, and how many more there are.
  public var description: String {
    guard let smallest else { return "\(transactionCount) transactions, no anomaly" }
    let more = anomalies.count > 1 ? "\n(and \(anomalies.count - 1) more)" : ""
    return "\(transactionCount) transactions, \(anomalies.count) anomalies\n\(smallest)\(more)"
  }
}
