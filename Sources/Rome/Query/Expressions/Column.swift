// SPDX-License-Identifier: Apache-2.0

/// A column of an entity in a query, such as `Book.title`.
public struct Column<Owner: Entity, Output: ColumnValue>: QueryExpression {
  /// The position of the column in the schema of its owner.
  public let position: Int
  /// The alias of the source that the column is of; nil for the entity itself.
  public let alias: String?

  /// The column at a position of its owner's schema.
  public init(_ position: Int) {
    self.position = position
    alias = nil
  }

  /// The column of the source with an alias.
  init(_ position: Int, alias: String) {
    self.position = position
    self.alias = alias
  }

  /// The name of the column in the store.
  public var name: String { Owner.schema.columns[position].name }

  /// The column as the planner sees it.
  public var node: ExpressionNode {
    .column(SourceID(Owner.schema, alias: alias), position)
  }
}
