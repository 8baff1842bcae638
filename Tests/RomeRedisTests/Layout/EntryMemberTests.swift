// SPDX-License-Identifier: Apache-2.0

import RedisTestSupport
import Rome
import RomeTesting
import Testing

@testable import RomeRedis

@Suite(.timeLimit(.minutes(2))) struct EntryMemberTests {
  private let space = KeySpace.index("i", of: "t")

  /// Keys of few bytes, so that many are equal, beginnings of each other, or differ in zeros only.
  private func randomKey(_ generator: inout SeededGenerator) -> Key {
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: Key(generator.bytes(upTo: 12, of: [0, 0xFF]))
    case 1: Key(generator.bytes(upTo: 8, of: [0, 1, 2, 0xFE, 0xFF]))
    case 2: Key(generator.bytes(upTo: 300, of: [0, 0, 0xFF]))
    default: Key(generator.bytes(upTo: 20))
    }
  }

  private func randomEntry(_ generator: inout SeededGenerator) -> IndexEntry {
    let key = randomKey(&generator)
    return IndexEntry(key: key, columnsLength: Int.random(in: 0...key.bytes.count, using: &generator))
  }

  @Test func `members are ordered as their keys, and give them back`() throws {
    let seed = UInt64.random(in: .min ... .max)
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<20_000 {
      let (left, right) = (randomEntry(&generator), randomEntry(&generator))
      let (first, second) = (EntryMember.encode(left), EntryMember.encode(right))
      #expect(try EntryMember.decode(first[...], in: space) == left, "seed \(seed)")
      #expect(EntryMember.length(of: left) == first.count, "seed \(seed)")
      if left.key != right.key {
        #expect((compareBytes(first, second) < 0) == (left.key < right.key), "\(left.key) \(right.key) seed \(seed)")
      }
      // A range as Redis compares it: the lower bound belongs to it, the upper one does not.
      let bound = EntryMember.bound(right.key, in: space)
      #expect((compareBytes(first, bound) >= 0) == (left.key >= right.key), "\(left.key) \(right.key) seed \(seed)")
      #expect((compareBytes(first, bound) < 0) == (left.key < right.key), "\(left.key) \(right.key) seed \(seed)")
      // What checks compare: the member without its suffix is the bound of its key.
      #expect(first.dropLast(EntryMember.suffixLength).elementsEqual(EntryMember.bound(left.key, in: space)))
    }
  }

  @Test func `the server orders and cuts ranges as keys do`() async throws {
    let seed = UInt64.random(in: .min ... .max)
    var generator = SeededGenerator(seed: seed)
    let store = try await RedisStore.connect(to: .shared())
    var entries: [Key: IndexEntry] = [:]
    for _ in 0..<300 {
      let entry = randomEntry(&generator)
      entries[entry.key] = entry
    }
    _ = try await store.commit(Commit(writes: entries.values.map { .putEntry(space, $0) }))
    let sorted = entries.values.sorted { $0.key < $1.key }
    for _ in 0..<150 {
      let lower = randomKey(&generator)
      let range =
        generator.chance(0.2)
        ? KeyRange.prefix(lower.bytes)
        : KeyRange(lower: lower, upper: generator.chance(0.8) ? randomKey(&generator) : nil)
      let expected = sorted.filter { range.contains($0.key) }
      let pages = try await store.scan([
        Scan(space, range, fetch: .entries), Scan(space, range, direction: .backward, fetch: .entries),
        Scan(space, range, fetch: .count),
      ])
      #expect(pages[0].entries == expected, "\(range) seed \(seed)")
      #expect(pages[1].entries == expected.reversed(), "\(range) seed \(seed)")
      #expect(pages[2].count == expected.count, "\(range) seed \(seed)")
      let commit = Commit(checks: [
        .range(space, range, keys: expected.map(\.key)), .count(space, range, expected.count),
      ])
      guard case .committed = try await store.commit(commit) else {
        Issue.record("the check of \(range) failed, seed \(seed)")
        continue
      }
    }
    try await store.eraseNamespace()
    await store.close()
  }

  @Test func `the rows that entries point at are found by the server as by us`() async throws {
    let seed = UInt64.random(in: .min ... .max)
    var generator = SeededGenerator(seed: seed)
    let store = try await RedisStore.connect(to: .shared())
    var writes: [Write] = []
    var rows: [Key: [UInt8]] = [:]
    for number in 0..<200 {
      let entry = randomEntry(&generator)
      let row = [UInt8(number)]
      rows[entry.rowKey] = row
      writes.append(.putEntry(space, entry))
      writes.append(.putRow(RowAddress(table: "t", key: entry.rowKey), row))
    }
    _ = try await store.commit(Commit(writes: writes))
    let page = try await store.scan([Scan(space)])[0]
    #expect(page.entries.count > 100)
    for (entry, row) in zip(page.entries, page.rows) {
      #expect(row?.bytes.elementsEqual(rows[entry.rowKey] ?? []) == true, "\(entry.key) seed \(seed)")
    }
    try await store.eraseNamespace()
    await store.close()
  }

  @Test func `what is no member is corrupt`() {
    let seed = UInt64.random(in: .min ... .max)
    var generator = SeededGenerator(seed: seed)
    for bytes in [
      [], [0], [1, 2, 3], [0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0xFF, 0xFF, 0xFF], [0, 1, 0, 0, 0, 0],
    ] {
      #expect(throws: StoreError.self) { try EntryMember.decode(bytes.map { UInt8($0) }[...], in: space) }
    }
    // Whatever is decoded is encoded to the same bytes: no two members are one entry.
    for _ in 0..<20_000 {
      let bytes = mutated(EntryMember.encode(randomEntry(&generator)), &generator)
      guard let entry = try? EntryMember.decode(bytes[...], in: space) else { continue }
      #expect(EntryMember.encode(entry) == bytes, "\(bytes) seed \(seed)")
    }
  }
}
