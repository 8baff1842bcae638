// SPDX-License-Identifier: Apache-2.0

import Rome

extension ConformanceCase {
  /// Keys, rows and names of all shapes.
  static let keys: [ConformanceCase] = [
    ConformanceCase("binary keys", "Keys of any bytes are kept apart and ordered as unsigned bytes.") { probe in
      let longest = min(probe.store.capabilities.maximumKeyBytes ?? 4096, 4096)
      var keys: [[UInt8]] = [
        [], [0], [0, 0], [0, 1], [0, 0xFF], [1], [0x7F], [0x7F, 0xFF], [0x80], [0x80, 0], [0xFF], [0xFF, 0],
        [0xFF, 0xFF], [0x61], [0x61, 0], [0x61, 0, 0x62], [0x61, 0x0A], [0x61, 0x0D, 0x0A], [0x7B, 0x7D],
        Array(repeating: 0xFF, count: longest), Array(repeating: 0, count: longest),
        Array(repeating: 0x61, count: longest), Array(repeating: 0x61, count: longest - 1) + [0x62],
      ]
      keys += (0...255).map { [0x70, UInt8($0)] }
      let sorted = keys.map { Key($0) }.sorted()
      var random = SeededGenerator(seed: probe.seed)
      for key in keys.shuffled(using: &random) {
        try await probe.apply([
          .putRow(RowAddress(table: "t", key: Key(key)), key),
          .putEntry(.tIndex, IndexEntry(key: Key(key), columnsLength: 0)),
        ])
      }
      for space in [KeySpace.t, .tIndex] {
        let page = try await probe.all(Scan(space, fetch: .rows))
        probe.expect(page.entries.map(\.key) == sorted, "the keys of \(space) are others or in another order")
        probe.expect(page.rows.map { $0.map { Array($0.bytes) } } == sorted.map(\.bytes), "rows of \(space) are others")
        let backward = try await probe.all(Scan(space, direction: .backward, fetch: .entries))
        probe.expect(backward.entries.map(\.key) == sorted.reversed(), "the keys of \(space) backward are others")
      }
      let rows = try await probe.store.read(sorted.map { RowAddress(table: "t", key: $0) })
      probe.expect(rows.map { $0.map { Array($0.bytes) } } == sorted.map(\.bytes), "the rows that were read are others")
      for prefix in [[], [0], [0x61], [0x61, 0], [0xFF], [0xFF, 0xFF], [0x7F]] as [[UInt8]] {
        let found = try await probe.keys(.t, .prefix(prefix))
        probe.expect(found == sorted.filter { $0.bytes.starts(with: prefix) }, "other keys begin with \(prefix)")
      }
    },
    ConformanceCase("binary rows", "A row may have any bytes, none of them included.") { probe in
      let contents: [[UInt8]] = [
        [], [0], [0xFF], Array(0...255), Array("\r\n$-1\r\n".utf8), Array(repeating: 0, count: 70_000),
      ]
      for (position, content) in contents.enumerated() {
        try await probe.apply([.putRow(.t("\(position)"), content)])
      }
      let rows = try await probe.store.read(contents.indices.map { .t("\($0)") })
      probe.expect(rows.map { $0.map { Array($0.bytes) } } == contents, "the rows that were read are others")
      let page = try await probe.all(Scan(.t, fetch: .rows))
      probe.expect(page.rows.map { $0.map { Array($0.bytes) } } == contents, "the rows that were scanned are others")
      try await probe.expectCommitted("an empty row exists", checks: [.exists(.t("0"))])
    },
    ConformanceCase("key spaces", "Equal keys in different tables and indexes have nothing to do with each other.") {
      probe in
      let names = [
        "a", "b", "c", "a:b", "a/b", "b:c", "b/c", "ä", "a b", "{a}", "a\u{0}b", "A", ":", "*", "a.b", "a}b",
      ]
      let tables = names.map { KeySpace.rows($0) }
      let indexes = names.flatMap { table in names.map { KeySpace.index($0, of: table) } }
      let shared = Key("key")
      for (position, space) in tables.enumerated() {
        try await probe.apply([.putRow(RowAddress(table: space.table, key: shared), [UInt8(position)])])
      }
      try await probe.apply(
        indexes.enumerated().map { position, space in
          .putEntry(space, IndexEntry(key: Key("\(position)"), columnsLength: 0))
        })
      for (position, space) in tables.enumerated() {
        let page = try await probe.all(Scan(space, fetch: .rows))
        probe.expectEqual(page.entries.map(\.key), [shared], "the keys of the table \(space)")
        probe.expectEqual(page.rows.map { $0?.bytes.first }, [UInt8(position)], "the row of the table \(space)")
      }
      for (position, space) in indexes.enumerated() {
        probe.expectEqual(try await probe.keys(space), [Key("\(position)")], "the keys of the index \(space)")
      }
      try await probe.apply([
        .deleteRow(RowAddress(table: "a", key: shared)),
        .deleteEntry(.index("a", of: "a"), IndexEntry(key: Key("0"), columnsLength: 0)),
      ])
      for space in tables {
        probe.expectEqual(try await probe.keys(space).count, space.table == "a" ? 0 : 1, "the rows of \(space)")
      }
      for space in indexes {
        let isEmptied = space == .index("a", of: "a")
        probe.expectEqual(try await probe.keys(space).count, isEmptied ? 0 : 1, "the entries of \(space)")
      }
    },
  ]
}
