// SPDX-License-Identifier: Apache-2.0

/// An expression that is computed from others, such as `Book.price * 2`.
public struct ComputedExpression<Output: ColumnValue>: QueryExpression {
  /// The expression as the planner sees it.
  public let node: ExpressionNode

  init(_ node: ExpressionNode) {
    self.node = node
  }
}

extension QueryExpression {
  /// The same expression with an optional result: for columns of a table that an outer join may find no row of.
  public var nullable: ComputedExpression<Output.Base?> { ComputedExpression(node) }
}

/// An expression with a constant value, for places where Swift can't make one of a literal.
///
/// - Parameter value: The value.
/// - Returns: The expression.
public func constant<T: ColumnValue>(_ value: T) -> ComputedExpression<T> {
  ComputedExpression(.literal(value.value))
}

/// The first of the values that is not NULL.
///
/// - Parameters:
///   - expression: What is taken when it is not NULL.
///   - fallback: What is taken else.
/// - Returns: The expression.
public func coalesce<X: QueryExpression>(
  _ expression: X, _ fallback: X.Output.Base
)
  -> ComputedExpression<X.Output.Base>
{
  ComputedExpression(.function(.coalesce, [expression.node, .literal(fallback.value)]))
}

/// The first of the values that is not NULL; NULL when all are.
///
/// - Parameters:
///   - first: What is taken when it is not NULL.
///   - second: What is taken else.
/// - Returns: The expression.
public func coalesce<X: QueryExpression, Y: QueryExpression>(
  _ first: X, _ second: Y
)
  -> ComputedExpression<X.Output.Base?> where X.Output.Base == Y.Output.Base
{
  ComputedExpression(.function(.coalesce, [first.node, second.node]))
}
