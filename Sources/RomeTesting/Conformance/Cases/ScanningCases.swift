// SPDX-License-Identifier: Apache-2.0

import Rome

extension ConformanceCase {
  private static let letters = ["a", "aa", "b", "c", "ca", "cb", "d"]

  /// Writes a row and an index entry for each of some keys.
  private static func fill(_ probe: ConformanceProbe) async throws {
    // Written out of order, in several commits.
    for key in ["c", "a", "d", "ca", "aa", "cb", "b"] {
      try await probe.apply([
        .putRow(.t(key), Array("row \(key)".utf8)), .putEntry(.tIndex, IndexEntry("", key)),
      ])
    }
  }

  /// Scans over ranges.
  static let scanning: [ConformanceCase] = [
    ConformanceCase("scan order", "A scan gives the keys in order, a backward one in the reverse order.") { probe in
      try await fill(probe)
      for space in [KeySpace.t, .tIndex] {
        let forward = try await probe.all(Scan(space, fetch: .entries))
        probe.expectEqual(forward.entries.map(\.key), letters.map { Key($0) }, "forward in \(space)")
        let backward = try await probe.all(Scan(space, direction: .backward, fetch: .entries))
        probe.expectEqual(backward.entries.map(\.key), letters.reversed().map { Key($0) }, "backward in \(space)")
      }
    },
    ConformanceCase("scan bounds", "A range holds its lower bound and not its upper one, in both directions.") {
      probe in
      try await fill(probe)
      let bounds = ["", "a", "aa", "ab", "b", "c", "ca", "cz", "d", "e"]
      for space in [KeySpace.t, .tIndex] {
        for lower in bounds {
          for upper in bounds.map({ Key($0) }) + [nil] {
            let range = KeyRange(lower: Key(lower), upper: upper)
            let expected = letters.map { Key($0) }.filter { range.contains($0) }
            let what = "\(space) from \(range.lower) to \(upper.map { $0.description } ?? "the end")"
            let forward = try await probe.all(Scan(space, range, fetch: .entries))
            probe.expectEqual(forward.entries.map(\.key), expected, what)
            let backward = try await probe.all(Scan(space, range, direction: .backward, fetch: .entries))
            probe.expectEqual(backward.entries.map(\.key), expected.reversed(), what + ", backward")
            let count = try await probe.all(Scan(space, range, fetch: .count))
            probe.expectEqual(count.count, expected.count, what + ", counted")
          }
        }
      }
    },
    ConformanceCase("scan nothing", "A space that nothing was written to is empty, and so is an inverted range.") {
      probe in
      try await fill(probe)
      probe.expectEqual(try await probe.store.scan([]).count, 0, "pages of no scans")
      let inverted = KeyRange(lower: Key("d"), upper: Key("a"))
      let scans = [
        Scan(.rows("unknown")), Scan(.index("unknown", of: "t")), Scan(.t, inverted), Scan(.tIndex, inverted),
        Scan(.t, inverted, direction: .backward), Scan(.t, KeyRange(lower: Key("b"), upper: Key("b"))),
      ]
      for fetch in [Scan.Fetch.count, .entries, .rows] {
        let pages = try await probe.store.scan(
          scans.map { scan in
            var scan = scan
            scan.fetch = fetch
            return scan
          })
        probe.expectEqual(pages.count, scans.count, "pages")
        for page in pages {
          probe.expect(
            page.entries.isEmpty && page.rows.isEmpty && page.count == 0 && !page.isTruncated,
            "an empty range gave \(page)")
        }
      }
    },
    ConformanceCase("scan several", "Several scans in one call are answered in their order, equal ones too.") { probe in
      try await fill(probe)
      let scans = [
        Scan(.t, .prefix(Array("c".utf8)), fetch: .entries), Scan(.rows("unknown"), fetch: .entries),
        Scan(.tIndex, .prefix(Array("a".utf8)), direction: .backward, fetch: .entries),
        Scan(.t, .prefix(Array("c".utf8)), fetch: .entries), Scan(.t, fetch: .count),
      ]
      let pages = try await probe.store.scan(scans)
      let expected = [["c", "ca", "cb"], [], ["aa", "a"], ["c", "ca", "cb"], []].map { $0.map { Key($0) } }
      probe.expectEqual(pages.map { $0.entries.map(\.key) }, expected, "entries of the scans")
      probe.expectEqual(pages.map(\.count), [3, 0, 2, 3, 7], "counts of the scans")
    },
    ConformanceCase(
      "scan count", "A count gives the number of entries in the range, ignores the limit and brings no entry."
    ) {
      probe in
      try await fill(probe)
      for limit in [nil, 0, 1, 100] {
        for space in [KeySpace.t, .tIndex] {
          let range = KeyRange(lower: Key("aa"), upper: Key("d"))
          for page in try await probe.store.scan([Scan(space, range, limit: limit, fetch: .count)]) {
            probe.expectEqual(page.count, 5, "the count with the limit \(limit.map { String($0) } ?? "nil")")
            probe.expect(page.entries.isEmpty && page.rows.isEmpty, "a count brought entries")
          }
        }
      }
    },
    ConformanceCase("scan rows", "A scan for rows brings the row of each entry, nil for an entry whose row is missing.")
    {
      probe in
      try await probe.apply([
        .putRow(.t("1"), [1]), .putRow(.t("2"), [2]), .putRow(.t("3"), [3]),
        .putEntry(.tIndex, IndexEntry("x", "3")), .putEntry(.tIndex, IndexEntry("x", "9")),
        .putEntry(.tIndex, IndexEntry("y", "1")), .putEntry(.tIndex, IndexEntry("z", "3")),
      ])
      let found = try await probe.all(Scan(.tIndex, fetch: .rows))
      probe.expectEqual(found.entries.map(\.rowKey), ["3", "9", "1", "3"].map { Key($0) }, "the row keys")
      probe.expectEqual(found.rows.map { $0.map { Array($0.bytes) } }, [[3], nil, [1], [3]], "the rows")
      let rows = try await probe.all(Scan(.t, direction: .backward, fetch: .rows))
      probe.expectEqual(rows.rows.map { $0.map { Array($0.bytes) } }, [[3], [2], [1]], "the rows of the table")
      probe.expect(rows.entries.allSatisfy { $0.columnsLength == 0 }, "entries of rows have no indexed columns")
      let versions = try await probe.store.read([.t("3"), .t("2"), .t("1")]).map { $0?.version }
      probe.expectEqual(rows.rows.map { $0?.version }, versions, "the versions")
      for page in try await probe.store.scan([Scan(.tIndex, fetch: .entries), Scan(.t, fetch: .entries)]) {
        probe.expect(page.rows.isEmpty, "a scan for entries brought rows")
      }
    },
    ConformanceCase("scan columns", "An entry comes back with the length of its indexed columns.") { probe in
      let entries = [IndexEntry("", "abc"), IndexEntry("b", "bc"), IndexEntry("cbc", ""), IndexEntry("dab", "c")]
      try await probe.apply(entries.map { .putEntry(.tIndex, $0) })
      probe.expectEqual(try await probe.all(Scan(.tIndex, fetch: .entries)).entries, entries, "the entries")
    },
  ]
}
