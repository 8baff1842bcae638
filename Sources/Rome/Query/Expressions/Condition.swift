// SPDX-License-Identifier: Apache-2.0

/// Something that is true, false or unknown (NULL) for each row, such as `Book.price < 20`.
///
/// As in SQL, a filter keeps the rows for which its condition is true: not those for which it is false or unknown.
public struct Condition: QueryExpression {
  /// True, false, or nil for unknown.
  public typealias Output = Bool?
  /// The condition as the planner sees it.
  public let node: ExpressionNode

  init(_ node: ExpressionNode) {
    self.node = node
  }

  /// A condition of a boolean expression, such as a column.
  public init<X: QueryExpression>(_ expression: X) where X.Output.Base == Bool {
    node = expression.node
  }
}

/// Whether both conditions are true; unknown when that depends on an unknown one.
public func && (left: Condition, right: Condition) -> Condition {
  Condition(.and([left.node, right.node]))
}

/// Whether one of the conditions is true; unknown when that depends on an unknown one.
public func || (left: Condition, right: Condition) -> Condition {
  Condition(.or([left.node, right.node]))
}

/// Whether the condition is false; unknown stays unknown.
public prefix func ! (condition: Condition) -> Condition {
  Condition(.not(condition.node))
}
