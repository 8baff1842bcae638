// SPDX-License-Identifier: Apache-2.0

import Rome

extension ConformanceCase {
  /// Sequences of ids.
  static let sequences: [ConformanceCase] = [
    ConformanceCase("sequence numbers", "A sequence begins at 1, and hands out as many numbers as asked, none twice.") {
      probe in
      let store = probe.store
      probe.expectEqual(try await store.reserveIDs("a", count: 1), 1...1, "the first number")
      var last: Int64 = 1
      for count in [1, 10, 1, 1000, 3] {
        let block = try await store.reserveIDs("a", count: count)
        probe.expectEqual(block.count, count, "the numbers of a block")
        probe.expect(block.lowerBound > last, "a block begins at \(block.lowerBound) after \(last)")
        last = block.upperBound
      }
      probe.expectEqual(try await store.reserveIDs("b", count: 5), 1...5, "the first numbers of another sequence")
      for count in [0, -1, Int.min] {
        await probe.expectError(.refused, "a block of \(count)") { try await store.reserveIDs("a", count: count) }
      }
    },
    ConformanceCase("sequence race", "Tasks that reserve at once never get the same number.") { probe in
      let blocks = try await withThrowingTaskGroup(of: [ClosedRange<Int64>].self) { group in
        for task in 0..<8 {
          group.addTask {
            var blocks: [ClosedRange<Int64>] = []
            for step in 0..<25 { blocks.append(try await probe.store.reserveIDs("a", count: 1 + (task + step) % 4)) }
            return blocks
          }
        }
        return try await group.reduce(into: []) { $0 += $1 }
      }
      let sorted = blocks.sorted { $0.lowerBound < $1.lowerBound }
      for (block, next) in zip(sorted, sorted.dropFirst()) {
        probe.expect(block.upperBound < next.lowerBound, "the blocks \(block) and \(next) overlap")
      }
    },
    ConformanceCase("sequence advance", "A commit moves a sequence past a number, never back.") { probe in
      let store = probe.store
      _ = try await store.reserveIDs("a", count: 3)
      try await probe.apply([.advanceSequence("a", past: 100), .advanceSequence("new", past: 7)])
      let next = try await store.reserveIDs("a", count: 2)
      probe.expect(next.lowerBound > 100, "a number that was passed comes: \(next.lowerBound)")
      try await probe.apply([
        .advanceSequence("a", past: 50), .advanceSequence("a", past: 0), .advanceSequence("a", past: -5),
        .advanceSequence("a", past: .min),
      ])
      let later = try await store.reserveIDs("a", count: 1)
      probe.expect(later.lowerBound > next.upperBound, "the sequence went back to \(later.lowerBound)")
      let new = try await store.reserveIDs("new", count: 1)
      probe.expect(new.lowerBound > 7, "a new sequence was not moved: \(new.lowerBound)")
      try await probe.apply([.advanceSequence("negative", past: -10)])
      probe.expectEqual(try await store.reserveIDs("negative", count: 1), 1...1, "a sequence begins at 1")
    },
    ConformanceCase("sequence end", "A sequence that has not enough numbers left says so, and gives those that it has.")
    {
      probe in
      let store = probe.store
      try await probe.apply([.advanceSequence("a", past: .max - 3)])
      await probe.expectError(.sequenceExhausted, "4 of 3 numbers") { try await store.reserveIDs("a", count: 4) }
      await probe.expectError(.sequenceExhausted, "very many numbers") { try await store.reserveIDs("a", count: .max) }
      probe.expectEqual(try await store.reserveIDs("a", count: 3), (.max - 2)...Int64.max, "the last numbers")
      await probe.expectError(.sequenceExhausted, "1 of 0 numbers") { try await store.reserveIDs("a", count: 1) }
      try await probe.apply([.advanceSequence("b", past: .max)])
      await probe.expectError(.sequenceExhausted, "1 of 0 numbers") { try await store.reserveIDs("b", count: 1) }
    },
  ]
}
