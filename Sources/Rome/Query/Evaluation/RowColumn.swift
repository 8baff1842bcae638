// SPDX-License-Identifier: Apache-2.0

/// A column of the rows of one source, as it is read in their bytes.
struct RowColumn {
  let position: Int
  let shape: RowShape.Part
  /// What the column reads as in rows that are older than it.
  let fill: Value

  /// The column at a position; nil when the source has none there.
  init?(_ position: Int, of source: SourceID) {
    guard source.schema.columns.indices.contains(position) else { return nil }
    self.position = position
    shape = source.schema.rowShape.parts[position]
    fill = source.schema.columns[position].fill
  }

  /// The column that a node is; nil when it is none of the source.
  init?(_ node: ExpressionNode, of source: SourceID) {
    guard case .column(source, let position) = node else { return nil }
    self.init(position, of: source)
  }
}
