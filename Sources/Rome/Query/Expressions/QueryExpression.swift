// SPDX-License-Identifier: Apache-2.0

/// Something that a query computes for each row: a column, a literal, a function of them, a condition, an aggregate.
public protocol QueryExpression<Output>: Sendable {
  /// The Swift type of the result.
  associatedtype Output: ColumnValue

  /// The expression without its Swift types, as the planner sees it.
  var node: ExpressionNode { get }
}
