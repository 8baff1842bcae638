// SPDX-License-Identifier: Apache-2.0

import Rome

/// A SELECT that is printed for SQLite and built for Rome.
struct TestSelect {
  /// A table of the query and how it is connected with those before it.
  struct Join {
    var source: TestSource
    var isOuter: Bool
    var conditions: [TestExpression]
  }

  /// An expression to order by.
  struct Order {
    var expression: TestExpression
    var isDescending: Bool
    /// nil: as the side does it by itself, which is the same on both.
    var hasNullsFirst: Bool?
  }

  var joins: [Join]
  var outputs: [TestExpression]
  var conditions: [TestExpression] = []
  var grouping: [TestExpression] = []
  var groupConditions: [TestExpression] = []
  var isDistinct = false
  var order: [Order] = []
  var limit: Int?
  var offset: Int?

  /// All expressions of the statement itself.
  var expressions: [TestExpression] {
    joins.flatMap(\.conditions) + outputs + conditions + grouping + groupConditions + order.map(\.expression)
  }

  /// The sources that the statement names and has not itself.
  var named: Set<TestSource> {
    var result = Set<TestSource>()
    for expression in expressions { result.formUnion(expression.sources) }
    return result.subtracting(joins.map(\.source))
  }
}

/// A whole query of the test.
struct TestQuery {
  /// One statement, or those of a union.
  var branches: [TestSelect]
  /// Whether the union keeps duplicates.
  var keepsDuplicates = false
  /// Conditions on the rows of a union: on their outputs.
  var unionConditions: [(output: Int, comparison: ComparisonOperator, value: Value)] = []
  /// What a union is ordered by: the places of outputs.
  var unionOrder: [(output: Int, isDescending: Bool, hasNullsFirst: Bool?)] = []
  var unionLimit: Int?
  var unionOffset: Int?
  /// Whether the order leaves no two different rows in either order.
  var isTotallyOrdered = false
  /// The first outputs are what a query that is not totally ordered is ordered by.
  var orderedOutputs: [(isDescending: Bool, hasNullsFirst: Bool?)] = []
  /// Walk the rows in pages of so many.
  var pageSize: Int?
}
