// SPDX-License-Identifier: Apache-2.0

/// A set of positions of columns, without an allocation for tables of up to 64 columns.
struct ColumnSet: Hashable, Sendable {
  private var first: UInt64 = 0
  private var rest: Set<Int> = []

  static let empty = ColumnSet()

  var isEmpty: Bool { first == 0 && rest.isEmpty }

  func contains(_ position: Int) -> Bool {
    position < 64 ? first >> UInt64(position) & 1 == 1 : rest.contains(position)
  }

  mutating func insert(_ position: Int) {
    if position < 64 { first |= 1 << UInt64(position) } else { rest.insert(position) }
  }

  mutating func remove(_ position: Int) {
    if position < 64 { first &= ~(1 << UInt64(position)) } else { rest.remove(position) }
  }

  func containsAny(of positions: [Int]) -> Bool {
    positions.contains { contains($0) }
  }
}
