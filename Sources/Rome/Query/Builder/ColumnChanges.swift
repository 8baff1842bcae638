// SPDX-License-Identifier: Apache-2.0

/// New values of columns for all rows of a query: what an update of a query sets.
public struct ColumnChanges {
  /// A column with the expression of its new value.
  struct Change {
    let schema: EntitySchema
    let position: Int
    let node: ExpressionNode
  }

  private(set) var changes: [Change] = []

  init() {}

  /// Sets a column to a value.
  ///
  /// - Parameters:
  ///   - column: The column, of the first entity of the query.
  ///   - value: Its new value.
  public mutating func set<E: Entity, T: ColumnValue>(_ column: Column<E, T>, to value: T) {
    changes.append(Change(schema: E.schema, position: column.position, node: .literal(value.value)))
  }

  /// Sets a column to an expression of the row's values before the update, such as `Book.price + 1`.
  ///
  /// - Parameters:
  ///   - column: The column, of the first entity of the query.
  ///   - expression: Its new value. NULL is an error of the update where the column can't be that.
  public mutating func set<E: Entity, T: ColumnValue, X: QueryExpression>(_ column: Column<E, T>, to expression: X)
  where X.Output.Base == T.Base {
    changes.append(Change(schema: E.schema, position: column.position, node: expression.node))
  }
}
