// SPDX-License-Identifier: Apache-2.0

/// Finds one column in the bytes of many rows. Most of them have the same columns, so where to look is worked out anew only for a row
/// that has others than the one before it.
struct ColumnFinder {
  /// What is found of the column in a row.
  enum Found {
    /// The row is older than the column.
    case missing
    /// NULL.
    case null
    /// The value is this part of the row.
    case value(Range<Int>)
    /// The row is none that Rome wrote.
    case malformed
  }

  private let position: Int
  /// How many bytes a value takes.
  private let lengths: LengthBounds
  /// The format and the number of columns, as the last row began; 0 before the first one.
  private var head: UInt32 = 0
  /// Where the data begins in a narrow row that has the column, as nearly all have; for other rows more than any row has.
  private var dataOffset = Int.max
  /// Where the null bitmap has the column.
  private let nullByte: Int
  private let nullMask: UInt8
  /// Where the end of the column before it lies, with its own behind that.
  private var ends = 0
  /// What is left of the end of the column before it: nothing for the first column.
  private let beginMask: UInt32

  /// Makes a finder.
  ///
  /// - Parameters:
  ///   - position: The position of the column, at least 0.
  ///   - lengths: How many bytes a value of the column takes.
  init(_ position: Int, lengths: ClosedRange<Int>) {
    self.position = position
    self.lengths = LengthBounds(lengths)
    nullByte = RowFormat.headerLength &+ position &>> 3
    nullMask = 1 &<< UInt8(truncatingIfNeeded: position & 7)
    beginMask = position == 0 ? 0 : 0xFFFF
  }

  /// Finds the column in a row. A range that it returns lies in the row and is as long as a value is.
  @inline(__always)
  mutating func find(in row: UnsafeRawBufferPointer) -> Found {
    guard row.count > RowFormat.headerLength else { return findOther(in: row) }
    let head = UInt32(littleEndian: row.loadUnaligned(as: UInt32.self)) & 0xFF_FFFF
    if head != self.head { look(at: head) }
    // What lies before the data is within the row from here on, and with it all that is read below.
    guard row.count >= dataOffset else { return findOther(in: row) }
    if row[nullByte] & nullMask != 0 { return .null }
    let pair = UInt32(littleEndian: row.loadUnaligned(fromByteOffset: ends, as: UInt32.self))
    let begin = Int(truncatingIfNeeded: pair & beginMask)
    let end = Int(truncatingIfNeeded: pair &>> 16)
    // An end before the begin is a negative length, which no value has.
    guard lengths.contain(end &- begin), end <= row.count &- dataOffset else {
      return .malformed
    }
    return .value(Range(uncheckedBounds: (dataOffset &+ begin, dataOffset &+ end)))
  }

  /// Works out where the column is in rows that begin like this.
  @inline(__always)
  private mutating func look(at head: UInt32) {
    self.head = head
    let count = Int(head &>> 8)
    let table = RowFormat.headerLength &+ (count &+ 7) &>> 3
    let isUsual = UInt8(truncatingIfNeeded: head) == RowFormat.narrow && position < count
    dataOffset = isUsual ? table &+ count &* 2 : .max
    // Of the first column the bytes before its end are some of the header, which has as many.
    ends = table &+ (position &- 1) &* 2
  }

  /// The column in a row that is wide, is older than the column, or is none that Rome wrote.
  @inline(never)
  private func findOther(in row: UnsafeRawBufferPointer) -> Found {
    guard let view = RowView(row) else { return .malformed }
    switch view[position] {
    case .missing: return .missing
    case .null: return .null
    case .malformed: return .malformed
    case .bytes(let bytes):
      guard lengths.contain(bytes.count), let base = row.baseAddress,
        let begin = bytes.baseAddress.map({ $0 - base })
      else { return .malformed }
      return .value(begin..<begin + bytes.count)
    }
  }
}

extension UnsafeRawBufferPointer {
  /// The integer in a part of a row of 0 to 8 bytes; see ``RowFormat/integer(_:)``.
  @inline(__always)
  func integer(in range: Range<Int>) -> Int64 {
    // The eight bytes that end where the number does begin with others, which the shift drops: no branch asks for the number of bytes,
    // which changes from row to row. They lie in the row, but for a short one.
    guard range.upperBound >= 8 else { return RowFormat.integer(part(range)) }
    let word = Int64(littleEndian: loadUnaligned(fromByteOffset: range.upperBound &- 8, as: Int64.self))
    return range.isEmpty ? 0 : word &>> Int64(64 &- 8 &* range.count)
  }

  /// A part of the bytes.
  @inline(__always)
  func part(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: self[range])
  }
}
