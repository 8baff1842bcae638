// SPDX-License-Identifier: Apache-2.0

import Rome

extension ConformanceCase {
  private static func key(_ number: Int) -> Key {
    Key([0x61, UInt8(number >> 8), UInt8(number & 0xFF)])
  }

  /// Scans with filters.
  static let filters: [ConformanceCase] = [
    ConformanceCase(
      "filter pages", "A scan with a filter brings the rows that it accepts, and goes on behind those that it does not."
    ) { probe in
      let numbers = Array(0..<200)
      try await probe.apply(
        numbers.flatMap { number -> [Write] in
          [
            .putRow(RowAddress(table: "t", key: key(number)), [UInt8(number)]),
            .putEntry(
              .tIndex, IndexEntry(key: Key([UInt8(number % 5)] + key(number).bytes), columnsLength: 1)),
          ]
        })
      for reader in [probe.store as any StoreReader, try await probe.store.snapshot()] {
        for divisor in [1, 7, 300] {
          for (space, limit, direction) in [
            (KeySpace.t, nil, Scan.Direction.forward), (.t, 1, .forward), (.t, 64, .backward),
            (.tIndex, nil, .backward),
            (.tIndex, 7, .forward), (.tIndex, 1, .backward), (.tIndex, 500, .forward),
          ] {
            let title = "\(space), limit \(limit ?? 0), \(direction), every row of \(divisor)"
            var asked: [UInt8] = []
            let filter = RowFilter { row in
              asked.append(row.first ?? 0)
              return row.count == 1 && Int(row[0]) % divisor == 0
            }
            var found: [UInt8?] = []
            var skipped = 0
            var scan: Scan? = Scan(space, limit: limit, direction: direction)
            while let current = scan {
              let page = try await reader.scan([current], where: filter)[0]
              probe.expectEqual(page.rows.count, page.entries.count, "\(title): rows beside entries")
              probe.expectEqual(page.count, page.entries.count, "\(title): the count")
              probe.expect(
                zip(page.entries, page.rows).allSatisfy { $0.rowKey == key(Int($1?.bytes.first ?? 0)) },
                "\(title): a row beside the entry of another")
              found += page.rows.map { $0?.bytes.first }
              skipped += page.skipped
              if page.isTruncated, page.last == nil {
                probe.fail("\(title): a truncated page that can't be gone on with")
              }
              scan = page.isTruncated ? page.last.map { current.resumed(after: $0) } : nil
            }
            let order = space == .t ? numbers : numbers.sorted { ($0 % 5, $0) < ($1 % 5, $1) }
            let all = (direction == .forward ? order : order.reversed()).map { UInt8($0) }
            probe.expectEqual(asked, all, "\(title): the rows that the filter was asked about")
            let wanted: [UInt8?] = all.filter { Int($0) % divisor == 0 }
            probe.expectEqual(found, wanted, "\(title): the rows")
            probe.expectEqual(skipped, all.count - wanted.count, "\(title): what was left out")
          }
        }
      }
    }
  ]
}
