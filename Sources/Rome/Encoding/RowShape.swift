// SPDX-License-Identifier: Apache-2.0

/// What the rows of a table are checked and read by. The descriptions of columns are large, and most looks at a row need
/// only these bits of them.
final class RowShape: Sendable {
  /// A column.
  struct Part: Sendable {
    let type: ColumnType
    let isNullable: Bool
    /// How many bytes a value takes.
    let lengths: ClosedRange<Int>
  }

  /// The columns of the table.
  let columns: [ColumnDescription]
  let parts: ContiguousArray<Part>

  init(_ columns: [ColumnDescription]) {
    self.columns = columns
    parts = ContiguousArray(
      columns.map { Part(type: $0.type, isNullable: $0.isNullable, lengths: $0.type.encodedLengths) })
  }
}
