// SPDX-License-Identifier: Apache-2.0

/// How many bytes a value may take, in a form that is compared once.
struct LengthBounds: Sendable {
  private let least: Int
  /// How many more there may be.
  private let spread: UInt

  init(_ lengths: ClosedRange<Int>) {
    least = lengths.lowerBound
    spread = UInt(lengths.upperBound - lengths.lowerBound)
  }

  /// Whether a value may take as many; a negative number is none.
  @inline(__always)
  func contain(_ length: Int) -> Bool { UInt(bitPattern: length &- least) <= spread }
}

/// What the rows of a table are checked and read by. The descriptions of columns are large, and most looks at a row need
/// only these bits of them.
final class RowShape: Sendable {
  /// A column.
  struct Part: Sendable {
    let type: ColumnType
    let isNullable: Bool
    /// How many bytes a value takes.
    let lengths: ClosedRange<Int>
    private let bounds: LengthBounds

    init(_ column: ColumnDescription) {
      type = column.type
      isNullable = column.isNullable
      lengths = column.type.encodedLengths
      bounds = LengthBounds(lengths)
    }

    /// Whether a value may take as many bytes; a negative number is none.
    @inline(__always)
    func hasLength(_ length: Int) -> Bool { bounds.contain(length) }
  }

  /// The columns of the table.
  let columns: [ColumnDescription]
  let parts: ContiguousArray<Part>

  init(_ columns: [ColumnDescription]) {
    self.columns = columns
    parts = ContiguousArray(columns.map { Part($0) })
  }
}
