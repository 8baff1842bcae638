// SPDX-License-Identifier: Apache-2.0

/// A set of positions: of columns, of the sources and the conditions of a statement. It takes no memory of its own for positions
/// below 64, which are nearly all.
struct PositionSet: Hashable, Sendable {
  private var first: UInt64 = 0
  /// The positions from 64 on; nil where there are none.
  private var rest: Set<Int>?

  static let empty = PositionSet()

  /// The set of nothing.
  init() {}

  /// The set of one position.
  init(_ position: Int) {
    insert(position)
  }

  /// The set of positions.
  init(_ positions: some Sequence<Int>) {
    for position in positions { insert(position) }
  }

  var isEmpty: Bool { first == 0 && rest == nil }

  /// The number of positions.
  var count: Int { first.nonzeroBitCount + (rest?.count ?? 0) }

  func contains(_ position: Int) -> Bool {
    position < 64 ? first >> UInt64(position) & 1 == 1 : isInRest(position)
  }

  /// Apart, so that what is inlined where columns are read stays short.
  @inline(never)
  private func isInRest(_ position: Int) -> Bool { rest?.contains(position) ?? false }

  func containsAny(of positions: [Int]) -> Bool {
    positions.contains { contains($0) }
  }

  /// Whether the other set has all of these positions.
  func isSubset(of other: PositionSet) -> Bool {
    guard first & ~other.first == 0 else { return false }
    guard let rest else { return true }
    return other.rest.map(rest.isSubset) ?? false
  }

  mutating func insert(_ position: Int) {
    if position < 64 { first |= 1 << UInt64(position) } else { rest = (rest ?? []).union([position]) }
  }

  mutating func formUnion(_ other: PositionSet) {
    first |= other.first
    if let more = other.rest { rest = rest?.union(more) ?? more }
  }

  mutating func subtract(_ other: PositionSet) {
    first &= ~other.first
    if let less = other.rest { setRest(rest?.subtracting(less)) }
  }

  /// The positions of both sets.
  func union(_ other: PositionSet) -> PositionSet {
    var result = self
    result.formUnion(other)
    return result
  }

  private mutating func setRest(_ positions: Set<Int>?) {
    rest = positions.flatMap { $0.isEmpty ? nil : $0 }
  }
}

extension PositionSet: Sequence {
  /// Steps through the positions, from the lowest up.
  func makeIterator() -> Iterator { Iterator(first: first, rest: rest?.sorted() ?? []) }

  struct Iterator: IteratorProtocol {
    fileprivate var first: UInt64
    fileprivate let rest: [Int]
    private var place = 0

    fileprivate init(first: UInt64, rest: [Int]) {
      self.first = first
      self.rest = rest
    }

    mutating func next() -> Int? {
      if first != 0 {
        let position = first.trailingZeroBitCount
        first &= first - 1
        return position
      }
      guard place < rest.count else { return nil }
      place += 1
      return rest[place - 1]
    }
  }
}
