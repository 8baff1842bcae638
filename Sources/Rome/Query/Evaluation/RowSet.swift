// SPDX-License-Identifier: Apache-2.0

/// Some of at most 64 rows, by their places.
struct RowSet: Equatable {
  /// The most rows.
  static let capacity = 64

  private var bits: UInt64

  /// No row.
  init() {
    bits = 0
  }

  /// The first rows.
  ///
  /// - Parameter count: How many, at most ``capacity``.
  init(first count: Int) {
    bits = count >= Self.capacity ? .max : 1 &<< UInt64(max(0, count)) &- 1
  }

  /// Whether there is none.
  @inline(__always)
  var isEmpty: Bool { bits == 0 }

  /// How many there are.
  var count: Int { bits.nonzeroBitCount }

  /// Whether a row is in the set.
  @inline(__always)
  func contains(_ place: Int) -> Bool { bits &>> UInt64(place) & 1 == 1 }

  /// Adds a row, or does not.
  @inline(__always)
  mutating func insert(_ place: Int, if isWanted: Bool = true) {
    bits |= (isWanted ? 1 : 0) &<< UInt64(place)
  }

  /// Adds the rows of another set.
  mutating func formUnion(_ other: RowSet) { bits |= other.bits }

  /// Removes the rows of another set.
  mutating func subtract(_ other: RowSet) { bits &= ~other.bits }

  /// Calls the closure with each place, from the first one up.
  @inline(__always)
  func forEach(_ body: (Int) -> Void) {
    var rest = bits
    while rest != 0 {
      body(rest.trailingZeroBitCount)
      rest &= rest &- 1
    }
  }

  /// Calls the closure with each place, in the order of a scan.
  func forEach(in direction: Scan.Direction, _ body: (Int) -> Void) {
    if direction == .forward { return forEach(body) }
    var rest = bits
    while rest != 0 {
      let place = rest.bitWidth - 1 - rest.leadingZeroBitCount
      body(place)
      rest ^= 1 &<< UInt64(place)
    }
  }
}
