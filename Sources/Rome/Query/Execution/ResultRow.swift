// SPDX-License-Identifier: Apache-2.0

/// A result of a statement: one item for each of its outputs.
struct ResultRow {
  /// A result of one output.
  enum Item {
    /// The row of an entity; nil where an outer join found none.
    case row(SourceRow?)
    /// The value of an expression.
    case value(Value)
  }

  var items: [Item]
}
