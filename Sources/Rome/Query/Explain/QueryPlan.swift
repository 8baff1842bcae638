// SPDX-License-Identifier: Apache-2.0

/// Is told of a query that a session has run.
typealias QueryObserver = (QueryPlan) -> Void

/// How a query is answered, and what that cost: what ``RomeQuery/explain()`` returns.
///
/// Its description is a tree, the last step first. Values of the query are left out, so that a plan can go into a log.
public struct QueryPlan: Sendable, CustomStringConvertible {
  /// How one source of the query gets its rows.
  public struct Access: Hashable, Sendable {
    /// The name of the source: its alias or its table.
    public let source: String
    /// The index that is used; nil for the primary key.
    public let index: String?
    /// Whether all rows of the table are read. Where a limit ends the reading of an index, they are not.
    public let isFullScan: Bool
    /// The access in words.
    public let text: String
    /// Why other indexes are not used: their names and the reasons.
    public let rejected: [String: String]
  }

  /// The accesses in the order in which they are made, those of subqueries and unions at their places.
  public internal(set) var accesses: [Access] = []
  /// What answering the query has cost.
  public internal(set) var statistics = ReadStatistics()
  /// The number of results.
  public internal(set) var resultCount = 0
  /// The lines of the tree.
  var lines: [String] = []

  /// Whether a table is read whole.
  public var hasFullScan: Bool { accesses.contains { $0.isFullScan } }

  /// The tree, and what it cost.
  public var description: String {
    let cost =
      "\(resultCount) results, \(statistics.roundTrips) round trips, \(statistics.keysRead) keys read, "
      + "\(statistics.rowsRead) rows read"
    return (lines + [cost]).joined(separator: "\n")
  }

  /// Adds a plan below a heading.
  mutating func append(_ inner: QueryPlan, under heading: String) {
    accesses += inner.accesses
    lines.append(heading)
    lines += inner.lines.map { "  " + $0 }
  }
}
