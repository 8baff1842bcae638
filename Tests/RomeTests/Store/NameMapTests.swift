// SPDX-License-Identifier: Apache-2.0

import RomeTesting
import Testing

@testable import Rome

@Suite struct NameMapTests {
  /// Short and long names, many of which end alike or are equal but for one byte.
  private func names() -> [String] {
    let words = ["", "a", "b", "é", "日本", "instance", "instance_metadata", "instances_metadata", "x_metadata"]
    return words.flatMap { first in words.map { first + $0 } }
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func `it does what a dictionary does, in the order of the names`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var map = NameMap<Int>()
    var model: [String: Int] = [:]
    for (number, name) in names().shuffled(using: &random).enumerated() {
      #expect(map[name] == model[name], "seed \(seed): \(name)")
      // Another text with the same characters, as one that was decoded is.
      let place = map.position(of: String(decoding: Array(name.utf8), as: UTF8.self), orAdding: 0)
      #expect(map.entries[place].name == name)
      map.entries[place].value += number
      model[name, default: 0] += number
      #expect(map.entries.map(\.name) == model.keys.sorted())
      for known in model { #expect(map[known.key] == known.value, "seed \(seed): \(known.key)") }
    }
    #expect(map[names().joined()] == nil)
  }
}
