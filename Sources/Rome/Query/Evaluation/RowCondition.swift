// SPDX-License-Identifier: Apache-2.0

/// A condition on the rows of one source that is evaluated on their bytes where they lie: no value is made of a column.
///
/// Not every condition has such a form; the others are evaluated on whole rows (see ``Evaluable``), with the same results.
struct RowCondition {
  /// What a condition says of a row.
  enum Truth {
    case no
    case yes
    /// SQL's NULL.
    case unknown
    /// The row is none that Rome wrote, as whoever decodes it will say.
    case malformed
  }

  /// What the condition says of a row.
  let truth: (RowView) -> Truth

  private init(_ truth: @escaping (RowView) -> Truth) {
    self.truth = truth
  }

  /// The form of a condition; nil when it has none.
  ///
  /// - Parameters:
  ///   - node: The condition.
  ///   - source: The source whose rows it is about.
  init?(_ node: ExpressionNode, of source: SourceID) {
    switch node {
    case .and(let parts): self.init(parts, of: source) { $0.and($1) }
    case .or(let parts): self.init(parts, of: source) { $0.or($1) }
    case .not(let part):
      guard let condition = RowCondition(part, of: source) else { return nil }
      self = condition.negated
    case .comparison(let comparison, let left, let right):
      if let column = RowColumn(left, of: source), case .literal(let literal) = right {
        self.init(column, comparison, literal)
      } else if let column = RowColumn(right, of: source), case .literal(let literal) = left {
        self.init(column, comparison.flipped, literal)
      } else {
        return nil
      }
    case .isNull(let part):
      guard let column = RowColumn(part, of: source) else { return nil }
      self.init(isNull: column)
    case .isIn(let part, let list):
      guard let column = RowColumn(part, of: source), !list.values.isEmpty else { return nil }
      self.init(column, list)
    case .like(let part, let pattern):
      guard let column = RowColumn(part, of: source), column.shape.type == .string else { return nil }
      self.init(column) { pattern.matches($0) ? .yes : .no }
    default: return nil
    }
  }

  /// Conditions put together; nil when one of them has no such form.
  init?(_ nodes: [ExpressionNode], of source: SourceID, _ combine: (RowCondition, RowCondition) -> RowCondition) {
    var result: RowCondition?
    for node in nodes {
      guard let next = RowCondition(node, of: source) else { return nil }
      result = result.map { combine($0, next) } ?? next
    }
    guard let result else { return nil }
    self = result
  }

  /// The condition that all nodes with such a form make together, nil when none has it, and the other nodes.
  static func split(
    _ nodes: [ExpressionNode], of source: SourceID
  ) -> (condition: RowCondition?, rest: [ExpressionNode]) {
    var rest: [ExpressionNode] = []
    var condition: RowCondition?
    for node in nodes {
      if let next = RowCondition(node, of: source) {
        condition = condition.map { $0.and(next) } ?? next
      } else {
        rest.append(node)
      }
    }
    return (condition, rest)
  }
}

// MARK: Conditions of one column

extension RowCondition {
  /// A condition that is unknown for NULL, and a test of the bytes of other values.
  @inline(__always)
  private init(_ column: RowColumn, _ test: @escaping (UnsafeRawBufferPointer) -> Truth) {
    let position = column.position
    let lengths = column.shape.lengths
    let missing: Truth =
      column.fill.isNull ? .unknown : RowFormat.withBytes(of: column.fill) { test($0) }
    self.init { row in
      switch row[position] {
      case .bytes(let bytes): lengths.contains(bytes.count) ? test(bytes) : .malformed
      case .null: .unknown
      case .missing: missing
      case .malformed: .malformed
      }
    }
  }

  private init(isNull column: RowColumn) {
    let position = column.position
    let missing: Truth = column.fill.isNull ? .yes : .no
    self.init { row in
      switch row[position] {
      case .bytes: .no
      case .null: .yes
      case .missing: missing
      case .malformed: .malformed
      }
    }
  }

  private init?(_ column: RowColumn, _ comparison: ComparisonOperator, _ literal: Value) {
    guard literal.type == column.shape.type else { return nil }
    switch literal {
    case .int(let number), .date(let number):
      self.init(column) { bytes in
        let value = RowFormat.integer(bytes)
        return comparison.holds(value < number ? -1 : value > number ? 1 : 0) ? .yes : .no
      }
    case .string, .bytes, .json, .uuid:
      let wanted = RowFormat.withBytes(of: literal) { Array($0) }
      self.init(column) { bytes in
        wanted.withUnsafeBytes { wanted in
          if comparison == .equal, bytes.count != wanted.count { return .no }
          return comparison.holds(compareBytes(bytes, wanted)) ? .yes : .no
        }
      }
    case .bool, .double:
      let type = column.shape.type
      self.init(column) { comparison.holds(type.value(of: $0).order(to: literal)) ? .yes : .no }
    case .null: return nil
    }
  }

  private init(_ column: RowColumn, _ list: ValueList) {
    let otherwise: Truth = list.hasNull ? .unknown : .no
    let type = column.shape.type
    let values = list.values
    if type == .int {
      let numbers = Set(values.compactMap { value in if case .int(let number) = value { number } else { nil } })
      if numbers.count == values.count {
        self.init(column) { numbers.contains(RowFormat.integer($0)) ? .yes : otherwise }
        return
      }
    }
    self.init(column) { values.contains(type.value(of: $0)) ? .yes : otherwise }
  }
}

// MARK: Three-valued logic

extension RowCondition {
  fileprivate func and(_ other: RowCondition) -> RowCondition {
    let (left, right) = (truth, other.truth)
    return RowCondition { row in
      switch left(row) {
      case .no: return .no
      case .malformed: return .malformed
      case .yes: return right(row)
      case .unknown:
        let other = right(row)
        return other == .yes ? .unknown : other
      }
    }
  }

  fileprivate func or(_ other: RowCondition) -> RowCondition {
    let (left, right) = (truth, other.truth)
    return RowCondition { row in
      switch left(row) {
      case .yes: return .yes
      case .malformed: return .malformed
      case .no: return right(row)
      case .unknown:
        let other = right(row)
        return other == .no ? .unknown : other
      }
    }
  }

  private var negated: RowCondition {
    let truth = truth
    return RowCondition { row in
      switch truth(row) {
      case .no: .yes
      case .yes: .no
      case .unknown: .unknown
      case .malformed: .malformed
      }
    }
  }
}

// MARK: Filters

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
    guard let truth = condition?.truth else { return (nil, rest) }
    let filter = RowFilter { raw in
      guard let row = RowView(raw) else { return true }
      switch truth(row) {
      case .yes, .malformed: return true
      case .no, .unknown: return false
      }
    }
    return (filter, rest)
  }
}
