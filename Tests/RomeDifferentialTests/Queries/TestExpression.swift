// SPDX-License-Identifier: Apache-2.0

import Rome

/// A table in a query of the test: the table itself or an alias of it.
struct TestSource: Hashable {
  /// The place of the table in ``Tables/all``.
  let table: Int
  /// nil for the table itself.
  let alias: String?

  var model: TableModel { Tables.all[table] }
  var name: String { alias ?? model.name }
}

/// An expression that is printed for SQLite and built for Rome.
indirect enum TestExpression {
  case literal(Value)
  case column(TestSource, Int)
  case comparison(ComparisonOperator, TestExpression, TestExpression)
  case and([TestExpression])
  case or([TestExpression])
  case not(TestExpression)
  case isNull(TestExpression)
  case isNotNull(TestExpression)
  case between(TestExpression, Value, Value, Kind)
  case inList(TestExpression, [Value], isNegated: Bool, Kind)
  case like(TestExpression, String, escape: Unicode.Scalar?, ignoresCase: Bool)
  case hasPrefix(TestExpression, String)
  case contains(TestExpression, String)
  case arithmetic(ArithmeticOperator, TestExpression, TestExpression)
  case function(ScalarFunction, [TestExpression])
  case choice([(condition: TestExpression, result: TestExpression)], TestExpression?)
  case aggregate(AggregateFunction, TestExpression?, distinct: Bool)
  case exists(TestSelect)
  case inSelect(TestExpression, TestSelect, isNegated: Bool)
  case scalar(TestSelect)

  /// The expressions that this one is made of directly.
  var children: [TestExpression] {
    switch self {
    case .literal, .column, .exists, .scalar: []
    case .comparison(_, let left, let right), .arithmetic(_, let left, let right): [left, right]
    case .and(let parts), .or(let parts), .function(_, let parts): parts
    case .not(let part), .isNull(let part), .isNotNull(let part), .between(let part, _, _, _),
      .inList(let part, _, _, _), .like(let part, _, _, _), .hasPrefix(let part, _), .contains(let part, _),
      .inSelect(let part, _, _):
      [part]
    case .choice(let branches, let otherwise):
      branches.flatMap { [$0.condition, $0.result] } + (otherwise.map { [$0] } ?? [])
    case .aggregate(_, let argument, _): argument.map { [$0] } ?? []
    }
  }

  /// The subquery of this very expression.
  var subquery: TestSelect? {
    switch self {
    case .exists(let select), .inSelect(_, let select, _), .scalar(let select): select
    default: nil
    }
  }

  /// The sources that the expression names, in its subqueries too.
  var sources: Set<TestSource> {
    if case .column(let source, _) = self { return [source] }
    var result = Set<TestSource>()
    for child in children { result.formUnion(child.sources) }
    if let subquery { result.formUnion(subquery.named) }
    return result
  }
}
