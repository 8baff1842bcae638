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
    /// The fewest of them, and how many more there may be.
    private let least: Int
    private let spread: UInt

    init(_ column: ColumnDescription) {
      type = column.type
      isNullable = column.isNullable
      lengths = column.type.encodedLengths
      least = lengths.lowerBound
      spread = UInt(lengths.upperBound - lengths.lowerBound)
    }

    /// Whether a value may take as many bytes; a negative number is none.
    @inline(__always)
    func hasLength(_ length: Int) -> Bool { UInt(bitPattern: length &- least) <= spread }
  }

  /// The columns of the table.
  let columns: [ColumnDescription]
  let parts: ContiguousArray<Part>

  init(_ columns: [ColumnDescription]) {
    self.columns = columns
    parts = ContiguousArray(columns.map { Part($0) })
  }
}
