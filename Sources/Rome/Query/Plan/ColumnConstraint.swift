// SPDX-License-Identifier: Apache-2.0

/// What the conditions of a query say about one column: a finite set of values, or a range.
struct ColumnConstraint {
  /// A bound of a range.
  struct Bound {
    let value: Value
    let isInclusive: Bool
  }

  /// The only values that the column may have (NULL for IS NULL); nil when there is no such set.
  var points: [Value]?
  var lower: Bound?
  var upper: Bound?
  /// The bytes that the text begins with.
  var prefix: [UInt8]?
  /// Whether the column is not NULL; every other constraint but the point NULL says so, too.
  var isNotNull = false
  /// The conjuncts that the constraint says exactly.
  var answered = PositionSet()

  var isRange: Bool { lower != nil || upper != nil || prefix != nil || isNotNull }

  /// The part of the rows that fulfil the constraint, by the planner's rules.
  var selectivity: Double {
    if let points { return min(CostModel.manyValues, CostModel.equality * Double(points.count)) }
    if prefix != nil { return CostModel.prefix }
    if lower != nil, upper != nil { return CostModel.between }
    return lower != nil || upper != nil ? CostModel.bound : 0.9
  }

  /// What one conjunct says about a column of the source; nil when it is nothing that an index can use.
  ///
  /// - Returns: The position of the column, the constraint, and whether it says the whole conjunct.
  static func of(
    _ node: ExpressionNode, source: SourceID
  )
    -> (position: Int, constraint: ColumnConstraint, isExact: Bool)?
  {
    switch node {
    case .comparison(let comparison, .column(source, let position), .literal(let value)):
      return of(comparison, position, value, source).map { (position, $0, true) }
    case .comparison(let comparison, .literal(let value), .column(source, let position)):
      return of(comparison.flipped, position, value, source).map { (position, $0, true) }
    case .isNull(.column(source, let position)): return (position, ColumnConstraint(points: [.null]), true)
    case .not(.isNull(.column(source, let position))):
      return (position, ColumnConstraint(isNotNull: true), true)
    case .isIn(.column(source, let position), let list):
      guard list.values.allSatisfy({ $0.type == source.schema.columns[position].type }) else { return nil }
      return (position, ColumnConstraint(points: list.values.sorted { $0.order(to: $1) < 0 }), true)
    case .like(.column(source, let position), let pattern):
      guard let prefix = pattern.prefix, source.schema.columns[position].type == .string else { return nil }
      if pattern.elements.count == 1 {
        guard let text = String(validating: prefix.bytes, as: UTF8.self) else {
          return (position, ColumnConstraint(points: []), true)
        }
        return (position, ColumnConstraint(points: [.string(text)]), true)
      }
      return (position, ColumnConstraint(prefix: prefix.bytes), prefix.isComplete)
    case .or(let parts):
      // Several values of the same column, such as x = 1 OR x IS NULL.
      var position: Int?
      var points: [Value] = []
      for part in parts {
        guard let (place, constraint, isExact) = of(part, source: source), isExact, let values = constraint.points,
          position == nil || position == place
        else { return nil }
        position = place
        points += values.filter { !points.contains($0) }
      }
      guard let position else { return nil }
      return (position, ColumnConstraint(points: points), true)
    default: return nil
    }
  }

  private static func of(
    _ comparison: ComparisonOperator, _ position: Int, _ value: Value, _ source: SourceID
  )
    -> ColumnConstraint?
  {
    // No comparison with NULL is ever true.
    if value.isNull { return ColumnConstraint(points: []) }
    guard source.schema.columns.indices.contains(position), value.type == source.schema.columns[position].type else {
      return nil
    }
    switch comparison {
    case .equal: return ColumnConstraint(points: [value])
    case .notEqual: return nil
    case .less: return ColumnConstraint(upper: Bound(value: value, isInclusive: false))
    case .lessOrEqual: return ColumnConstraint(upper: Bound(value: value, isInclusive: true))
    case .greater: return ColumnConstraint(lower: Bound(value: value, isInclusive: false))
    case .greaterOrEqual: return ColumnConstraint(lower: Bound(value: value, isInclusive: true))
    }
  }

  /// Narrows the constraint by another one that must hold as well.
  mutating func formIntersection(_ other: ColumnConstraint) {
    answered.formUnion(other.answered)
    isNotNull = isNotNull || other.isNotNull
    if let values = other.points {
      points = points.map { $0.filter(values.contains) } ?? values
    }
    if let bound = other.lower {
      if let lower {
        let order = bound.value.order(to: lower.value)
        if order > 0 || (order == 0 && !bound.isInclusive) { self.lower = bound }
      } else {
        lower = bound
      }
    }
    if let bound = other.upper {
      if let upper {
        let order = bound.value.order(to: upper.value)
        if order < 0 || (order == 0 && !bound.isInclusive) { self.upper = bound }
      } else {
        upper = bound
      }
    }
    if let bytes = other.prefix {
      // The longer of two prefixes is used; the other one stays a condition to check, unless it is part of the longer.
      if let prefix, !bytes.starts(with: prefix) {
        if !prefix.starts(with: bytes) { answered.subtract(other.answered) }
      } else {
        prefix = bytes
      }
    }
    if let values = points, isRange {
      points = values.filter { holds(for: $0) }
      (lower, upper, prefix, isNotNull) = (nil, nil, nil, false)
    } else if prefix != nil, lower != nil || upper != nil {
      // Bounds beside a prefix are checked on the rows.
      answered = .empty
      (lower, upper) = (nil, nil)
    }
  }

  private func holds(for value: Value) -> Bool {
    if value.isNull { return false }
    if let lower {
      let order = value.order(to: lower.value)
      if order < 0 || (order == 0 && !lower.isInclusive) { return false }
    }
    if let upper {
      let order = value.order(to: upper.value)
      if order > 0 || (order == 0 && !upper.isInclusive) { return false }
    }
    if let prefix {
      guard case .string(let text) = value else { return false }
      return text.utf8.starts(with: prefix)
    }
    return true
  }
}
