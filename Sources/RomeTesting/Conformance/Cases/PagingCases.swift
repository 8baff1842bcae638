// SPDX-License-Identifier: Apache-2.0

import Rome

extension ConformanceCase {
  private static func key(_ number: Int) -> Key {
    Key([0x61, UInt8(number >> 8), UInt8(number & 0xFF)])
  }

  private static func fill(_ probe: ConformanceProbe, _ count: Int) async throws {
    let numbers = Array(0..<count)
    for begin in stride(from: 0, to: count, by: 500) {
      try await probe.apply(
        numbers[begin..<min(begin + 500, count)].flatMap { number -> [Write] in
          [
            .putRow(RowAddress(table: "t", key: key(number)), [UInt8(number & 0xFF)]),
            .putEntry(.tIndex, IndexEntry(key: key(number), columnsLength: 0)),
          ]
        })
    }
  }

  /// Limits, truncation and resumption.
  static let paging: [ConformanceCase] = [
    ConformanceCase("page limit", "A limit keeps the first entries in the direction, and says when more are left.") {
      probe in
      try await fill(probe, 20)
      for space in [KeySpace.t, .tIndex] {
        for limit in [1, 2, 19, 20, 21, 1000] {
          let forward = try await probe.all(Scan(space, limit: limit, fetch: .entries))
          probe.expectEqual(forward.entries.map(\.key), (0..<20).prefix(limit).map { key($0) }, "limit \(limit)")
          probe.expect(limit >= 20 || forward.isTruncated, "limit \(limit) left entries, but the page is not truncated")
          let backward = try await probe.all(Scan(space, limit: limit, direction: .backward, fetch: .entries))
          probe.expectEqual(
            backward.entries.map(\.key), (0..<20).reversed().prefix(limit).map { key($0) }, "backward, limit \(limit)")
          probe.expect(
            limit >= 20 || backward.isTruncated, "limit \(limit) backward left entries, but the page is not truncated")
        }
        let none = try await probe.store.scan([Scan(space, limit: 0, fetch: .entries)])
        probe.expect(none.allSatisfy { $0.entries.isEmpty }, "limit 0 brought entries")
        let within = Scan(space, KeyRange(lower: key(5), upper: key(15)), limit: 3, direction: .backward, fetch: .rows)
        let page = try await probe.all(within)
        probe.expectEqual(page.entries.map(\.key), [14, 13, 12].map { key($0) }, "a limit inside of a range, backward")
        probe.expectEqual(page.rows.map { $0?.bytes.first }, [14, 13, 12], "its rows")
      }
    },
    ConformanceCase("page resumption", "Page by page a scan gives every entry once, in order.") { probe in
      try await fill(probe, 50)
      for direction in [Scan.Direction.forward, .backward] {
        for limit in [1, 3, 7, 50] {
          var scan = Scan(.tIndex, KeyRange(lower: key(2), upper: key(48)), limit: limit, direction: direction)
          var seen: [Key] = []
          for _ in 0..<100 {
            let page = try await probe.all(scan)
            seen += page.entries.map(\.key)
            guard page.isTruncated, let last = page.entries.last else { break }
            scan = scan.resumed(after: last)
          }
          let expected = (2..<48).map { key($0) }
          probe.expectEqual(seen, direction == .forward ? expected : expected.reversed(), "\(direction) by \(limit)")
        }
      }
    },
    ConformanceCase(
      "page without limit", "A scan of 3,000 rows without a limit comes whole, in as many pages as the store makes."
    ) {
      probe in
      try await fill(probe, 3000)
      for space in [KeySpace.t, .tIndex] {
        let page = try await probe.all(Scan(space, fetch: .rows))
        probe.expectEqual(page.entries.count, 3000, "entries of \(space)")
        probe.expect(page.entries.map(\.key) == (0..<3000).map { key($0) }, "the entries of \(space) are others")
        probe.expect(page.rows.map { $0?.bytes.first } == (0..<3000).map { UInt8($0 & 0xFF) }, "the rows are others")
        let count = try await probe.all(Scan(space, KeyRange(lower: key(10), upper: key(2990)), fetch: .count))
        probe.expectEqual(count.count, 2980, "the count of \(space)")
      }
    },
  ]
}
