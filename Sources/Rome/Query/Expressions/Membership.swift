// SPDX-License-Identifier: Apache-2.0

extension QueryExpression {
  /// Whether the value is one of a list. Of an empty list that is false; of NULL, and of a list with a nil in which the
  /// value is not found, it is unknown.
  ///
  /// - Parameter values: The list.
  public func `in`(_ values: some Sequence<Output.Base?>) -> Condition {
    Condition(.isIn(node, ValueList(values.map { $0?.value ?? .null })))
  }

  /// Whether the value is none of a list. Of an empty list that is true; of NULL, and of a list with a nil in which the
  /// value is not found, it is unknown.
  ///
  /// - Parameter values: The list.
  public func notIn(_ values: some Sequence<Output.Base?>) -> Condition {
    Condition(.not(.isIn(node, ValueList(values.map { $0?.value ?? .null }))))
  }

  /// Whether the value lies between two others, which belong to the range; unknown for NULL.
  ///
  /// - Parameters:
  ///   - lower: The smallest value that is in the range.
  ///   - upper: The greatest value that is in the range.
  public func between(_ lower: Output.Base, _ upper: Output.Base) -> Condition {
    Condition(
      .and([
        .comparison(.greaterOrEqual, node, .literal(lower.value)),
        .comparison(.lessOrEqual, node, .literal(upper.value)),
      ]))
  }

  /// Whether the value is one of those that a query of one column yields.
  ///
  /// - Parameter query: The query. It may use columns of this query.
  public func `in`<T: ColumnValue>(_ query: RomeQuery<T>) -> Condition where T.Base == Output.Base {
    Condition(.isInQuery(node, Subquery(query.statement)))
  }

  /// Whether the value is none of those that a query of one column yields; unknown when it yields a NULL.
  ///
  /// - Parameter query: The query. It may use columns of this query.
  public func notIn<T: ColumnValue>(_ query: RomeQuery<T>) -> Condition where T.Base == Output.Base {
    Condition(.not(.isInQuery(node, Subquery(query.statement))))
  }
}

/// Whether a query yields a row. It may use columns of the query that the condition is in.
///
/// - Parameter query: The query.
public func exists<Row>(_ query: RomeQuery<Row>) -> Condition {
  Condition(.exists(Subquery(query.statement)))
}

/// A query of one column as an expression of another one: its first value, or NULL when it has none. It may use columns of
/// the query that the expression is in.
///
/// - Parameter query: The query.
public func scalar<T: ColumnValue>(_ query: RomeQuery<T>) -> ComputedExpression<T.Base?> {
  ComputedExpression(.scalar(Subquery(query.statement)))
}
