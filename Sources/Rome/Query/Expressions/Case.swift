// SPDX-License-Identifier: Apache-2.0

/// SQL's CASE: the result behind the first condition that is true, NULL when none is.
///
/// ```swift
/// Case().when(Book.price > 100, then: "dear").when(Book.price > 10, then: "fair").else("cheap")
/// ```
public struct Case<Result: ColumnValue>: QueryExpression {
  /// The result, or nil when no condition is true.
  public typealias Output = Result?
  private var branches: [ChoiceBranch] = []

  /// A case without conditions: always NULL.
  public init() {}

  /// The expression as the planner sees it.
  public var node: ExpressionNode { .choice(branches, .literal(.null)) }

  /// Adds a condition with a constant as its result.
  ///
  /// - Parameters:
  ///   - condition: When to take the result.
  ///   - result: The result.
  public func when(_ condition: Condition, then result: Result) -> Case<Result> {
    adding(ChoiceBranch(condition: condition.node, result: .literal(result.value)))
  }

  /// Adds a condition with an expression as its result.
  ///
  /// - Parameters:
  ///   - condition: When to take the result.
  ///   - result: The result.
  public func when<X: QueryExpression>(_ condition: Condition, then result: X) -> Case<Result>
  where X.Output == Result {
    adding(ChoiceBranch(condition: condition.node, result: result.node))
  }

  /// Ends the case with what is the result when no condition is true.
  ///
  /// - Parameter result: The result.
  public func `else`(_ result: Result) -> ComputedExpression<Result> {
    ComputedExpression(.choice(branches, .literal(result.value)))
  }

  /// Ends the case with what is the result when no condition is true.
  ///
  /// - Parameter result: The result.
  public func `else`<X: QueryExpression>(_ result: X) -> ComputedExpression<Result> where X.Output == Result {
    ComputedExpression(.choice(branches, result.node))
  }

  private func adding(_ branch: ChoiceBranch) -> Case<Result> {
    var copy = self
    copy.branches.append(branch)
    return copy
  }
}
