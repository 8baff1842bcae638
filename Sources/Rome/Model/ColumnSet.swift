// SPDX-License-Identifier: Apache-2.0

/// A set of positions of columns, without an allocation for tables of up to 64 columns.
struct ColumnSet: Hashable, Sendable {
  private var first: UInt64 = 0
  /// The positions from 64 on; nil where there are none.
  private var rest: Set<Int>?

  static let empty = ColumnSet()

  var isEmpty: Bool { first == 0 && rest == nil }

  func contains(_ position: Int) -> Bool {
    position < 64 ? first >> UInt64(position) & 1 == 1 : rest?.contains(position) ?? false
  }

  mutating func insert(_ position: Int) {
    if position < 64 { first |= 1 << UInt64(position) } else { insert(intoRest: position) }
  }

  mutating func remove(_ position: Int) {
    if position < 64 { first &= ~(1 << UInt64(position)) } else { remove(fromRest: position) }
  }

  private mutating func insert(intoRest position: Int) {
    if rest == nil { rest = [] }
    rest?.insert(position)
  }

  private mutating func remove(fromRest position: Int) {
    rest?.remove(position)
    if rest?.isEmpty ?? false { rest = nil }
  }

  func containsAny(of positions: [Int]) -> Bool {
    positions.contains { contains($0) }
  }
}
