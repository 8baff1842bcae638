// SPDX-License-Identifier: Apache-2.0

public import Rome

/// The answer to a question, and what it has cost.
public struct Answer: Sendable {
  /// The question.
  public let title: String
  /// The rows as texts.
  public let rows: [[String]]
  /// What reading them has cost.
  public let cost: ReadStatistics
  /// How the question is answered; nil when nobody has asked.
  public let plan: QueryPlan?

  /// The cost in words.
  public var costText: String {
    "\(cost.roundTrips) round trips, \(cost.keysRead) keys and \(cost.rowsRead) rows read"
  }
}
