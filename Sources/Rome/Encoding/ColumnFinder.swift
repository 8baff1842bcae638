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
  private let lengths: ClosedRange<Int>
  /// The format and the number of columns, as the last row began; 0 before the first one.
  private var head: UInt32 = 0
  private var isMissing = false
  private var isWide = false
  private var dataOffset = Int.max
  /// Where the null bitmap has the column.
  private var nullByte = 0
  private let nullMask: UInt8
  /// Where the end of the column before it lies, and the one of the column behind that.
  private var ends = 0

  /// Makes a finder.
  ///
  /// - Parameters:
  ///   - position: The position of the column, at least 0.
  ///   - lengths: How many bytes a value of the column takes.
  init(_ position: Int, lengths: ClosedRange<Int>) {
    self.position = position
    self.lengths = lengths
    nullMask = 1 &<< UInt8(truncatingIfNeeded: position & 7)
  }

  /// Finds the column in a row. A range that it returns lies in the row and is as long as a value is.
  @inline(__always)
  mutating func find(in row: UnsafeRawBufferPointer) -> Found {
    guard row.count >= RowFormat.headerLength else { return .malformed }
    let count = UInt16(littleEndian: row.loadUnaligned(fromByteOffset: 1, as: UInt16.self))
    let head = UInt32(row[0]) | UInt32(count) &<< 8
    if head != self.head { look(at: head) }
    // What lies before the data is within the row from here on, and with it all that is read below.
    guard row.count >= dataOffset else { return .malformed }
    if isMissing { return .missing }
    if row[nullByte] & nullMask != 0 { return .null }
    var begin: Int
    let end: Int
    if isWide {
      let pair = UInt64(littleEndian: row.loadUnaligned(fromByteOffset: ends, as: UInt64.self))
      (begin, end) = (Int(pair & 0xFFFF_FFFF), Int(pair &>> 32))
    } else {
      let pair = UInt32(littleEndian: row.loadUnaligned(fromByteOffset: ends, as: UInt32.self))
      (begin, end) = (Int(pair & 0xFFFF), Int(pair &>> 16))
    }
    if position == 0 { begin = 0 }
    // An end before the begin is a negative length, which no value has.
    let length = end &- begin
    guard length >= lengths.lowerBound, length <= lengths.upperBound, end <= row.count &- dataOffset else {
      return .malformed
    }
    return .value(Range(uncheckedBounds: (dataOffset &+ begin, dataOffset &+ end)))
  }

  /// Works out where the column is in rows that begin like this.
  @inline(__always)
  private mutating func look(at head: UInt32) {
    self.head = head
    let format = UInt8(truncatingIfNeeded: head)
    let count = Int(head &>> 8)
    isWide = format == RowFormat.wide
    isMissing = position >= count
    let width = isWide ? 4 : 2
    let table = RowFormat.headerLength &+ (count &+ 7) &>> 3
    // No row is long enough for a format that there is not.
    dataOffset = isWide || format == RowFormat.narrow ? table &+ count &* width : .max
    nullByte = RowFormat.headerLength &+ position &>> 3
    // Of the first column the bytes before its end are some of the header, which has as many.
    ends = table &+ (position &- 1) &* width
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
