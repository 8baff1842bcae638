// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeLMDB
import RomeTesting
import Testing

/// Scans of random ranges over keys of all lengths, against a sorted array.
@Suite struct RangeCursorTests {
  /// Keys that have long beginnings in common, around the length at which they are cut into key and value, and short ones.
  private func key(_ limit: Int, _ random: inout SeededGenerator) -> Key {
    var bytes = [UInt8](repeating: [0, 1, 255].randomElement(using: &random) ?? 0, count: 0)
    let length: Int =
      switch Int.random(in: 0..<4, using: &random) {
      case 0: Int.random(in: 1...4, using: &random)
      case 1: Int.random(in: 504...min(limit, 512), using: &random)
      case 2: Int.random(in: 1...limit, using: &random)
      default: limit - Int.random(in: 0...2, using: &random)
      }
    bytes = [UInt8](repeating: [0, 7, 255].randomElement(using: &random) ?? 0, count: length)
    // What differs does so at the begin, at the cut, or at the end.
    for place in [0, 505, 506, 507, 508, length - 1] where random.chance(0.4) && place < length {
      bytes[place] = [0, 1, 7, 8, 255].randomElement(using: &random) ?? 0
    }
    return Key(bytes)
  }

  /// A bound: a key of the space, one beside it, or one that is longer than any key can be.
  private func bound(_ keys: [Key], _ limit: Int, _ random: inout SeededGenerator) -> Key {
    guard random.chance(0.6), let near = keys.randomElement(using: &random) else { return key(limit, &random) }
    return switch Int.random(in: 0..<4, using: &random) {
    case 0: near.next
    case 1: Key(near.bytes.dropLast())
    case 2: Key(near.bytes + [UInt8](repeating: random.chance(0.5) ? 0 : 255, count: 600))
    default: near
    }
  }

  @Test(arguments: 0..<6 as Range<UInt64>)
  func `every range of every space is what a sorted array says`(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let store = try TestFile().open()
    // Side by side in the file, so that an end of one is the begin of another.
    let spaces: [KeySpace] = [
      .rows("a"), .index("i", of: "a"), .index("j", of: "a"), .rows("b"), .index("i", of: "b"), .rows("empty"),
    ]
    var model: [KeySpace: [Key]] = [:]
    for _ in 0..<6 {
      var writes: [Write] = []
      for space in spaces where space.table != "empty" {
        let limit = space.index == nil ? 507 : 1016
        var keys = Set(model[space] ?? [])
        let removed = keys.filter { _ in random.chance(0.3) }
        let added = (0..<20).map { _ in key(limit, &random) }.filter { !removed.contains($0) }
        for key in removed.sorted() {
          writes.append(
            space.index == nil
              ? .deleteRow(RowAddress(table: space.table, key: key))
              : .deleteEntry(space, IndexEntry(key: key, columnsLength: 1)))
        }
        for key in added {
          writes.append(
            space.index == nil
              ? .putRow(RowAddress(table: space.table, key: key), [1])
              : .putEntry(space, IndexEntry(key: key, columnsLength: 1)))
        }
        keys.subtract(removed)
        model[space] = keys.union(added).sorted()
      }
      _ = try await store.commit(Commit(writes: writes))
      for _ in 0..<120 {
        let space = spaces.randomElement(using: &random) ?? .rows("a")
        let keys = model[space] ?? []
        let limit = space.index == nil ? 507 : 1016
        let lower = random.chance(0.2) ? .first : bound(keys, limit, &random)
        let upper = random.chance(0.2) ? nil : bound(keys, limit, &random)
        let range = KeyRange(lower: lower, upper: upper)
        let expected = keys.filter { key in key >= lower && upper.map { key < $0 } ?? true }
        let count = random.chance(0.3) ? Int.random(in: 1...5, using: &random) : nil
        let pages = try await store.scan([
          Scan(space, range, limit: count, fetch: .entries),
          Scan(space, range, limit: count, direction: .backward, fetch: .entries),
          Scan(space, range, fetch: .count),
        ])
        let shown = count ?? .max
        #expect(pages[0].entries.map(\.key) == Array(expected.prefix(shown)), "seed \(seed), \(space)")
        #expect(pages[1].entries.map(\.key) == Array(expected.reversed().prefix(shown)), "seed \(seed), \(space)")
        #expect(pages[0].isTruncated == (expected.count > shown) && pages[2].count == expected.count, "seed \(seed)")
        let check = Check.range(space, range, keys: expected)
        #expect(try await store.commit(Commit(checks: [check])).isCommitted, "seed \(seed), \(space)")
      }
    }
  }
}

extension CommitOutcome {
  fileprivate var isCommitted: Bool {
    if case .committed = self { return true }
    return false
  }
}
