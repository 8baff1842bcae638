// SPDX-License-Identifier: Apache-2.0

import RomeTesting
import Testing

@testable import Rome

@Suite struct PositionSetTests {
  @Test(arguments: 0..<20 as Range<UInt64>)
  func `it does what a set of numbers does`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    // Beyond 64 the positions are kept in another way.
    func draw() -> Set<Int> {
      Set((0..<Int.random(in: 0...12, using: &random)).map { _ in Int.random(in: 0..<90, using: &random) })
    }
    for _ in 0..<200 {
      let (left, right) = (draw(), draw())
      var set = PositionSet(left)
      let other = PositionSet(right)
      #expect(Array(set) == left.sorted())
      #expect(set.count == left.count && set.isEmpty == left.isEmpty)
      #expect(set.isSubset(of: other) == left.isSubset(of: right))
      #expect(set.union(other).isSubset(of: set) == left.union(right).isSubset(of: left))
      #expect(Array(set.union(other)) == left.union(right).sorted())
      #expect(set.containsAny(of: right.sorted()) == !left.isDisjoint(with: right))
      set.subtract(other)
      #expect(Array(set) == left.subtracting(right).sorted(), "seed \(seed)")
      #expect(set == PositionSet(left.subtracting(right)))
      for position in right {
        set.insert(position)
        #expect(set.contains(position))
      }
      #expect(set == PositionSet(left.union(right)))
    }
  }
}
