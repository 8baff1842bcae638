// SPDX-License-Identifier: Apache-2.0

/// A source of rows in a query: a table, or one of several appearances of the same table by its alias.
public struct SourceID: Hashable, Sendable {
  /// The table.
  public let schema: EntitySchema
  /// The alias; nil for the table itself.
  public let alias: String?

  /// Makes the identity of a source.
  public init(_ schema: EntitySchema, alias: String? = nil) {
    self.schema = schema
    self.alias = alias
  }

  /// Whether both are the same appearance of the same table.
  public static func == (left: SourceID, right: SourceID) -> Bool {
    left.schema === right.schema && left.alias == right.alias
  }

  /// Feeds the table and the alias to the hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(schema))
    hasher.combine(alias)
  }

  /// What explanations and errors call the source.
  public var name: String { alias ?? schema.table }
}

/// How two values are compared.
public enum ComparisonOperator: String, Hashable, Sendable {
  /// The values are the same.
  case equal = "="
  /// The values differ.
  case notEqual = "!="
  /// The left value comes before the right one.
  case less = "<"
  /// The left value does not come behind the right one.
  case lessOrEqual = "<="
  /// The left value comes behind the right one.
  case greater = ">"
  /// The left value does not come before the right one.
  case greaterOrEqual = ">="

  /// The operator that says the same with its sides exchanged.
  var flipped: ComparisonOperator {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }

  /// Whether the operator holds for two values of this order: negative when the left one comes first, 0 for the same.
  func holds(_ order: Int) -> Bool {
    switch self {
    case .equal: order == 0
    case .notEqual: order != 0
    case .less: order < 0
    case .lessOrEqual: order <= 0
    case .greater: order > 0
    case .greaterOrEqual: order >= 0
    }
  }
}

/// A computation with two numbers.
public enum ArithmeticOperator: String, Hashable, Sendable {
  /// The sum.
  case add = "+"
  /// The difference.
  case subtract = "-"
  /// The product.
  case multiply = "*"
  /// The quotient; of integers it is rounded towards zero, and a division by zero is NULL.
  case divide = "/"
  /// The remainder of integers, with the sign of the left one; by zero it is NULL.
  case remainder = "%"
}

/// A function of values.
public enum ScalarFunction: String, Hashable, Sendable {
  /// ASCII letters as small ones.
  case lower
  /// ASCII letters as capital ones.
  case upper
  /// The number of characters (Unicode code points) of a text, or of bytes.
  case length
  /// The texts one after the other; NULL when one of them is.
  case concat
  /// The first value that is not NULL.
  case coalesce
}

/// A function of all rows of a group.
public enum AggregateFunction: String, Hashable, Sendable {
  /// The number of rows, or of values that are not NULL.
  case count
  /// The sum of the values; NULL when there are none.
  case sum
  /// The smallest value; NULL when there is none.
  case min
  /// The greatest value; NULL when there is none.
  case max
  /// The mean of the values; NULL when there are none.
  case average
}

/// An expression without its Swift types, as the planner and the executor see it.
public indirect enum ExpressionNode: Hashable, Sendable {
  /// A constant.
  case literal(Value)
  /// A column of a source.
  case column(SourceID, Int)
  /// A comparison; NULL when one side is.
  case comparison(ComparisonOperator, ExpressionNode, ExpressionNode)
  /// False when one is false, true when all are true, else NULL.
  case and([ExpressionNode])
  /// True when one is true, false when all are false, else NULL.
  case or([ExpressionNode])
  /// The opposite; NULL stays NULL.
  case not(ExpressionNode)
  /// Whether the value is NULL.
  case isNull(ExpressionNode)
  /// Whether the value is one of a list.
  case isIn(ExpressionNode, ValueList)
  /// A computation with numbers.
  case arithmetic(ArithmeticOperator, ExpressionNode, ExpressionNode)
  /// A function of values.
  case function(ScalarFunction, [ExpressionNode])
  /// Whether a text matches a LIKE pattern.
  case like(ExpressionNode, LikePattern)
  /// Whether a regular expression is found in a text.
  case matches(ExpressionNode, String)
  /// The result behind the first condition that is true, else the last expression.
  case choice([ChoiceBranch], ExpressionNode)
  /// A function of the rows of a group; without an argument it counts them.
  case aggregate(AggregateFunction, ExpressionNode?, distinct: Bool)
  /// Whether the value is one of those that a subquery yields.
  case isInQuery(ExpressionNode, Subquery)
  /// Whether a subquery yields a row.
  case exists(Subquery)
  /// The first value that a subquery yields; NULL when it yields none.
  case scalar(Subquery)
  /// Whether a row comes behind a marker in an order. The values belong to the keys.
  case isBehind([OrderKey], [Value])
  /// Something that can't be evaluated, and why.
  case invalid(String)
}

/// A condition of a CASE expression with its result.
public struct ChoiceBranch: Hashable, Sendable {
  let condition: ExpressionNode
  let result: ExpressionNode
}

/// The values of an IN list, each of them once, and whether NULL was among them.
public struct ValueList: Hashable, Sendable {
  /// The values that are not NULL.
  let values: Set<Value>
  /// Whether the list has a NULL: then a value that is not in it may be, as far as SQL knows.
  let hasNull: Bool

  init(_ values: some Sequence<Value>) {
    var set = Set<Value>()
    var hasNull = false
    for value in values {
      if value.isNull { hasNull = true } else { set.insert(value) }
    }
    self.values = set
    self.hasNull = hasNull
  }
}

/// A query inside an expression. Two are equal when they are the same object.
public final class Subquery: Hashable, Sendable {
  let statement: SelectStatement

  init(_ statement: SelectStatement) {
    self.statement = statement
  }

  /// Whether both are the same object.
  public static func == (left: Subquery, right: Subquery) -> Bool { left === right }

  /// Feeds the identity of the object to the hasher.
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
