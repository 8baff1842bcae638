// SPDX-License-Identifier: Apache-2.0

import Foundation

@testable import Rome

/// Builds what Rome executes, for one of the two sets of schemas.
struct RomeBuilder {
  /// The schemas by table.
  let schemas: [EntitySchema]

  func source(_ source: TestSource) -> SourceID {
    SourceID(schemas[source.table], alias: source.alias)
  }

  func all(_ expressions: [TestExpression]) -> [ExpressionNode] {
    expressions.map { node($0) }
  }

  /// The expression, by the functions of the public interface where it has more to say than a node.
  func node(_ expression: TestExpression) -> ExpressionNode {
    switch expression {
    case .literal(let value): return .literal(value)
    case .column(let source, let position): return .column(self.source(source), position)
    case .comparison(let comparison, let left, let right): return .comparison(comparison, node(left), node(right))
    case .and(let parts): return .and(all(parts))
    case .or(let parts): return .or(all(parts))
    case .not(let part): return (!Condition(node(part))).node
    case .isNull(let part): return .isNull(node(part))
    case .isNotNull(let part): return .not(.isNull(node(part)))
    case .between(let part, let lower, let upper, let kind):
      return kind.use(Between(part: node(part), lower: lower, upper: upper))
    case .inList(let part, let values, let isNegated, let kind):
      return kind.use(InList(part: node(part), values: values, isNegated: isNegated))
    case .like(let part, let pattern, let escape, let ignoresCase):
      let text = ComputedExpression<String?>(node(part))
      return (ignoresCase ? text.ilike(pattern, escape: escape) : text.like(pattern, escape: escape)).node
    case .hasPrefix(let part, let prefix): return ComputedExpression<String?>(node(part)).hasPrefix(prefix).node
    case .contains(let part, let text): return ComputedExpression<String?>(node(part)).contains(text).node
    case .arithmetic(let operation, let left, let right): return .arithmetic(operation, node(left), node(right))
    case .function(let function, let parts): return .function(function, all(parts))
    case .choice(let branches, let otherwise):
      return .choice(
        branches.map { ChoiceBranch(condition: node($0.condition), result: node($0.result)) },
        otherwise.map { node($0) } ?? .literal(.null))
    case .aggregate(let function, let argument, let distinct):
      return .aggregate(function, argument.map { node($0) }, distinct: distinct)
    case .exists(let select): return .exists(Subquery(statement(select)))
    case .inSelect(let part, let select, let isNegated):
      let membership = ExpressionNode.isInQuery(node(part), Subquery(statement(select)))
      return isNegated ? .not(membership) : membership
    case .scalar(let select): return .scalar(Subquery(statement(select)))
    }
  }

  /// The statement of a select.
  func statement(_ select: TestSelect) -> SelectStatement {
    var result = SelectStatement(source(select.joins[0].source))
    result.sources = select.joins.map { join in
      SelectStatement.Source(
        id: source(join.source), kind: join.isOuter ? .left : .inner, conditions: all(join.conditions))
    }
    result.outputs = all(select.outputs).map { .expression($0) }
    result.conditions = all(select.conditions)
    result.grouping = all(select.grouping)
    result.groupConditions = all(select.groupConditions)
    result.isDistinct = select.isDistinct
    result.order = select.order.map {
      OrderKey(node($0.expression), descending: $0.isDescending, nullsFirst: $0.hasNullsFirst)
    }
    result.limit = select.limit
    result.offset = select.offset
    return result
  }

  /// The statement of a whole query.
  func statement(_ query: TestQuery) -> SelectStatement {
    let branches = query.branches.map { statement($0) }
    if branches.count == 1 { return branches[0] }
    var result = SelectStatement(union: branches, keepsDuplicates: query.keepsDuplicates)
    // The very expressions of the first statement name the results.
    let names = branches[0].outputs.map { output in
      if case .expression(let node) = output { node } else { ExpressionNode.invalid("an entity") }
    }
    result.conditions = query.unionConditions.map {
      .comparison($0.comparison, names[$0.output], .literal($0.value))
    }
    result.order = query.unionOrder.map { key in
      OrderKey(names[key.output], descending: key.isDescending, nullsFirst: key.hasNullsFirst)
    }
    result.limit = query.unionLimit
    result.offset = query.unionOffset
    return result
  }
}

/// Something to do with a Swift type.
private protocol TypedUse {
  func use<T: ColumnValue>(_ type: T.Type) -> ExpressionNode where T.Base == T
}

private struct Between: TypedUse {
  let part: ExpressionNode
  let lower: Value
  let upper: Value

  func use<T: ColumnValue>(_ type: T.Type) -> ExpressionNode where T.Base == T {
    guard let lower = T(value: lower), let upper = T(value: upper) else { return .invalid("a bound of another type") }
    return ComputedExpression<T?>(part).between(lower, upper).node
  }
}

private struct InList: TypedUse {
  let part: ExpressionNode
  let values: [Value]
  let isNegated: Bool

  func use<T: ColumnValue>(_ type: T.Type) -> ExpressionNode where T.Base == T {
    let list = values.map { T(value: $0) }
    let expression = ComputedExpression<T?>(part)
    return (isNegated ? expression.notIn(list) : expression.in(list)).node
  }
}

extension Kind {
  fileprivate func use(_ work: some TypedUse) -> ExpressionNode {
    switch self {
    case .int: work.use(Int.self)
    case .text: work.use(String.self)
    case .double: work.use(Double.self)
    case .bool: work.use(Bool.self)
    case .date: work.use(Date.self)
    }
  }
}
