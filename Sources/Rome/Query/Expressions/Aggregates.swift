// SPDX-License-Identifier: Apache-2.0

/// The number of rows of the query, or of each group.
public func count() -> ComputedExpression<Int> {
  ComputedExpression(.aggregate(.count, nil, distinct: false))
}

extension QueryExpression {
  /// The number of rows in which the expression is not NULL.
  ///
  /// - Parameter distinct: Whether to count equal values once.
  public func count(distinct: Bool = false) -> ComputedExpression<Int> {
    ComputedExpression(.aggregate(.count, node, distinct: distinct))
  }

  /// The smallest value that is not NULL; NULL when there is none.
  public func min() -> ComputedExpression<Output.Base?> {
    ComputedExpression(.aggregate(.min, node, distinct: false))
  }

  /// The greatest value that is not NULL; NULL when there is none.
  public func max() -> ComputedExpression<Output.Base?> {
    ComputedExpression(.aggregate(.max, node, distinct: false))
  }
}

extension QueryExpression where Output.Base: BinaryInteger {
  /// The sum of the values that are not NULL; NULL when there are none. A sum beyond 64 bits is a
  /// ``RomeError/Code/arithmeticOverflow``.
  ///
  /// - Parameter distinct: Whether to add equal values once.
  public func sum(distinct: Bool = false) -> ComputedExpression<Int?> {
    ComputedExpression(.aggregate(.sum, node, distinct: distinct))
  }

  /// The mean of the values that are not NULL; NULL when there are none.
  ///
  /// - Parameter distinct: Whether to take equal values once.
  public func average(distinct: Bool = false) -> ComputedExpression<Double?> {
    ComputedExpression(.aggregate(.average, node, distinct: distinct))
  }
}

extension QueryExpression where Output.Base: BinaryFloatingPoint {
  /// The sum of the values that are not NULL; NULL when there are none.
  ///
  /// - Parameter distinct: Whether to add equal values once.
  public func sum(distinct: Bool = false) -> ComputedExpression<Double?> {
    ComputedExpression(.aggregate(.sum, node, distinct: distinct))
  }

  /// The mean of the values that are not NULL; NULL when there are none.
  ///
  /// - Parameter distinct: Whether to take equal values once.
  public func average(distinct: Bool = false) -> ComputedExpression<Double?> {
    ComputedExpression(.aggregate(.average, node, distinct: distinct))
  }
}
