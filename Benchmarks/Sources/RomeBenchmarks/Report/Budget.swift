// SPDX-License-Identifier: Apache-2.0

/// What Rome wants to reach: a time beside that of another system in the same repetition.
struct Budget {
  enum Bound {
    /// At most so many times as long as the other.
    case atMost(Double)
    /// The other takes at least so many times as long.
    case faster(Double)
  }

  var system: String
  var other: String
  var operation: Operation
  var bound: Bound

  /// The budgets of the specification, for 10,000 rows.
  static let all: [Budget] = memory + redis + file

  private static let memory =
    budgets(
      "rome-memory", "memory-raw", Bound.atMost,
      [
        (3, [.get, .update]), (1.6, [.getMany, .host, .firstPage, .nextPage]), (1.5, [.hostTwoColumns]),
        (2, [.join, .insertMany]), (4, [.updateHot, .updateRandom]), (2.5, [.insert, .scan, .sum]),
      ])
    + budgets(
      "rome-memory", "grdb-memory", Bound.faster,
      [
        (20, [.get]), (2, [.getMany, .host, .firstPage, .nextPage, .insert]), (7, [.hostTwoColumns]), (3, [.join]),
        (15, [.update]), (1.2, [.insertMany]), (1.7, [.scan]), (6, [.sum]),
      ])

  private static let redis =
    budgets(
      "rome-redis-loop", "redis-raw", Bound.atMost,
      [
        (1.25, [.get]), (2.3, [.getMany]), (1.9, [.host]), (1.8, [.firstPage, .nextPage, .join]),
        (1.3, [.update, .updateRandom, .count, .countHost]), (1.6, [.updateHot]), (1.5, [.insert, .scan, .sum]),
        (1.7, [.insertMany]),
      ]) + budgets("rome-redis-unix", "redis-raw", Bound.atMost, [(1.7, [.get])])
    + budgets(
      "rome-redis-loop", "rom", Bound.faster,
      [(3.5, [.get]), (25, [.getMany]), (17, [.host, .firstPage, .nextPage]), (14, [.join])])

  private static let file =
    budgets(
      "rome-lmdb", "rome-memory", Bound.atMost,
      [
        (
          1.3,
          [
            .get, .getMany, .host, .hostTwoColumns, .firstPage, .nextPage, .join, .scan, .count, .countHost, .sum,
          ]
        )
      ]) + budgets("rome-lmdb", "lmdb-raw", Bound.atMost, [(1.3, [.insert])])

  private static func budgets(
    _ system: String, _ other: String, _ bound: (Double) -> Bound, _ operations: [(Double, [Operation])]
  ) -> [Budget] {
    operations.flatMap { factor, operations in
      operations.map { Budget(system: system, other: other, operation: $0, bound: bound(factor)) }
    }
  }

  /// Whether it is met, and how that reads; nil if one of the systems was not measured.
  func verdict(_ report: Report) -> (isMet: Bool, measured: String, wanted: String)? {
    switch bound {
    case .atMost(let most):
      guard let ratio = report.ratio(system, to: other, operation) else { return nil }
      return (ratio <= most, "\(short(ratio))×", "≤ \(short(most))×")
    case .faster(let least):
      guard let ratio = report.ratio(other, to: system, operation) else { return nil }
      return (ratio >= least, "\(short(ratio))× as fast", "≥ \(short(least))× as fast")
    }
  }
}
