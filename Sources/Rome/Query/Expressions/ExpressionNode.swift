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

/// An expression without its Swift types, as the planner and the executor see it.
public indirect enum ExpressionNode: Sendable {
  /// A constant.
  case literal(Value)
  /// A column of a source.
  case column(SourceID, Int)
}
