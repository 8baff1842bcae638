// SPDX-License-Identifier: Apache-2.0

import RomeTesting
import Testing

@Suite struct SeededGeneratorTests {
  @Test func `the numbers are those of SplitMix64`() {
    var random = SeededGenerator(seed: 1_234_567)
    let published: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
      16_408_922_859_458_223_821,
    ]
    #expect((0..<5).map { _ in random.next() } == published)
  }

  @Test func `one seed gives one sequence`() {
    var first = SeededGenerator(seed: 5)
    var second = first
    #expect((0..<100).map { _ in first.bytes(upTo: 9) } == (0..<100).map { _ in second.bytes(upTo: 9) })
  }

  @Test func `chances and lengths keep their bounds`() {
    var random = SeededGenerator(seed: 5)
    #expect((0..<1000).allSatisfy { _ in !random.chance(0) })
    #expect((0..<1000).allSatisfy { _ in random.chance(1) })
    let lengths = Set((0..<1000).map { _ in random.bytes(upTo: 3, of: [7]).count })
    #expect(lengths == [0, 1, 2, 3])
    #expect(random.bytes(upTo: -1).isEmpty)
  }
}
