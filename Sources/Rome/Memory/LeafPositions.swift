// SPDX-License-Identifier: Apache-2.0

/// Positions in a leaf of a tree, one after the other, in the order of a scan.
struct LeafPositions: Sequence {
  /// The positions.
  private(set) var range: Range<Int>
  private let direction: Scan.Direction

  /// The positions of a range.
  init(_ range: Range<Int>, _ direction: Scan.Direction) {
    self.range = range
    self.direction = direction
  }

  /// The last position; there must be one.
  var last: Int { direction == .forward ? range.upperBound - 1 : range.lowerBound }

  /// Takes the first positions away; nil when there are none.
  ///
  /// - Parameter length: The most positions to take.
  mutating func take(upTo length: Int) -> LeafPositions? {
    if range.isEmpty { return nil }
    let taken = direction == .forward ? range.prefix(length) : range.suffix(length)
    range = direction == .forward ? range.dropFirst(length) : range.dropLast(length)
    return LeafPositions(taken, direction)
  }

  @inline(__always)
  func makeIterator() -> StrideToIterator<Int> {
    direction == .forward
      ? stride(from: range.lowerBound, to: range.upperBound, by: 1).makeIterator()
      : stride(from: range.upperBound - 1, to: range.lowerBound - 1, by: -1).makeIterator()
  }
}
