// SPDX-License-Identifier: Apache-2.0

/// A condition on the rows of one source that is evaluated on their bytes where they lie: no value is made of a column.
///
/// It is asked about many rows at once, and each of its tests runs through those that are still open. What counts is whether the
/// condition holds, so SQL's NULL needs no truth value of its own: negations are moved inwards to the tests, where NULL passes neither a
/// test nor its negation.
///
/// Not every condition has such a form; the others are evaluated on whole rows (see ``Evaluable``), with the same results.
enum RowCondition {
  case test(ColumnTest)
  /// All of these; of none it holds for every row.
  case all([RowCondition])
  /// Any of these.
  case any([RowCondition])

  /// The rows for which the condition holds.
  ///
  /// - Parameters:
  ///   - rows: The rows.
  ///   - among: Which of them to look at.
  ///   - malformed: Those are added that Rome did not write, as far as was looked: decoding them will say what is wrong.
  func select<Rows: RowBatch>(from rows: Rows, among: RowSet, malformed: inout RowSet) -> RowSet {
    switch self {
    case .test(let test): return test.select(from: rows, among: among, malformed: &malformed)
    case .all(let parts):
      var open = among
      for part in parts where !open.isEmpty { open = part.select(from: rows, among: open, malformed: &malformed) }
      return open
    case .any(let parts):
      var (found, open) = (RowSet(), among)
      for part in parts where !open.isEmpty {
        found.formUnion(part.select(from: rows, among: open, malformed: &malformed))
        open.subtract(found)
        open.subtract(malformed)
      }
      return found
    }
  }
}

// MARK: Making conditions

extension RowCondition {
  /// The form of a condition; nil when it has none.
  ///
  /// - Parameters:
  ///   - node: The condition.
  ///   - source: The source whose rows it is about.
  ///   - isNegated: Whether its negation is meant.
  init?(_ node: ExpressionNode, of source: SourceID, isNegated: Bool = false) {
    switch node {
    case .not(let part):
      self.init(part, of: source, isNegated: !isNegated)
    case .and(let nodes):
      guard let parts = Self.parts(nodes, of: source, isNegated: isNegated) else { return nil }
      // The negation of a conjunction is the disjunction of the negations.
      self = isNegated ? .any(parts) : .all(parts)
    case .or(let nodes):
      guard let parts = Self.parts(nodes, of: source, isNegated: isNegated) else { return nil }
      self = isNegated ? .all(parts) : .any(parts)
    default:
      guard let test = ColumnTest(node, of: source, isNegated: isNegated) else { return nil }
      self = .test(test)
    }
  }

  private static func parts(_ nodes: [ExpressionNode], of source: SourceID, isNegated: Bool) -> [RowCondition]? {
    var parts: [RowCondition] = []
    for node in nodes {
      guard let part = RowCondition(node, of: source, isNegated: isNegated) else { return nil }
      parts.append(part)
    }
    return parts
  }

  /// The condition that all nodes with such a form make together, nil when none has it, and the other nodes.
  static func split(
    _ nodes: [ExpressionNode], of source: SourceID
  ) -> (condition: RowCondition?, rest: [ExpressionNode]) {
    var rest: [ExpressionNode] = []
    var parts: [RowCondition] = []
    for node in nodes {
      if let part = RowCondition(node, of: source) { parts.append(part) } else { rest.append(node) }
    }
    return (parts.count > 1 ? .all(parts) : parts.first, rest)
  }
}

// MARK: Filters

/// The rows for which a condition holds, and what is malformed, so that whoever decodes the row says what is wrong.
private final class ConditionTest: RowTest {
  private let condition: RowCondition

  init(_ condition: RowCondition) {
    self.condition = condition
  }

  func select(from rows: PointedRows, among: RowSet) -> RowSet { select(rows, among) }

  func select(from rows: PageRows, among: RowSet) -> RowSet { select(rows, among) }

  func select(from rows: MemoryRows, among: RowSet, _ direction: Scan.Direction) -> RowSet { select(rows, among) }

  private func select(_ rows: some RowBatch, _ among: RowSet) -> RowSet {
    var malformed = RowSet()
    var result = condition.select(from: rows, among: among, malformed: &malformed)
    result.formUnion(malformed)
    return result
  }
}

extension RowFilter {
  /// The filter of conditions that have a form on bytes, and those that have none.
  ///
  /// - Parameters:
  ///   - nodes: The conditions, all of which must hold.
  ///   - source: The source whose rows they are about.
  /// - Returns: The filter, or nil when no condition has such a form; and what is left to be checked of the rows that it
  ///   accepts. It accepts what is malformed, so that whoever decodes the row says what is wrong.
  static func of(_ nodes: [ExpressionNode], source: SourceID) -> (filter: RowFilter?, rest: [ExpressionNode]) {
    let (condition, rest) = RowCondition.split(nodes, of: source)
    return (condition.map { RowFilter(ConditionTest($0)) }, rest)
  }
}
