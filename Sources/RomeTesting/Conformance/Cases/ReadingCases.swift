// SPDX-License-Identifier: Apache-2.0

import Rome

extension ConformanceCase {
  /// Reads by key.
  static let reading: [ConformanceCase] = [
    ConformanceCase("read order", "Rows come in the order of the addresses, nil where there is none.") { probe in
      try await probe.apply([.putRow(.t("a"), [1]), .putRow(.t("b"), [2]), .putRow(.t("c"), [3])])
      let rows = try await probe.store.read([.t("c"), .t("x"), .t("a"), .t(""), .t("b")])
      probe.expectEqual(rows.map { $0.map { Array($0.bytes) } }, [[3], nil, [1], nil, [2]], "rows")
    },
    ConformanceCase("read duplicates", "An address that comes twice is answered twice.") { probe in
      try await probe.apply([.putRow(.t("a"), [1]), .putRow(.t("b"), [2])])
      let rows = try await probe.store.read([.t("a"), .t("b"), .t("a"), .t("x"), .t("x"), .t("a")])
      probe.expectEqual(rows.map { $0.map { Array($0.bytes) } }, [[1], [2], [1], nil, nil, [1]], "rows")
    },
    ConformanceCase("read nothing", "A read without addresses gives no rows; one of an unknown table gives nil.") {
      probe in
      probe.expectEqual(try await probe.store.read([]).count, 0, "rows of an empty read")
      let rows = try await probe.store.read([RowAddress(table: "unknown", key: Key("a"))])
      probe.expectEqual(rows.map { $0 == nil }, [true], "a row of an unknown table")
    },
    ConformanceCase("read batch", "A batch of 1,000 addresses in several tables is answered whole.") { probe in
      func address(_ number: Int) -> RowAddress {
        RowAddress(table: "t\(number % 3)", key: Key("key \(number * 7919 % 1000)"))
      }
      func content(_ number: Int) -> [UInt8] { Array("row \(number)".utf8) }
      let numbers = Array(0..<1000)
      try await probe.apply(numbers.filter { $0 % 4 != 0 }.map { .putRow(address($0), content($0)) })
      let rows = try await probe.store.read(numbers.map { address($0) })
      let expected = numbers.map { $0 % 4 == 0 ? nil : content($0) }
      probe.expect(rows.map { $0.map { Array($0.bytes) } } == expected, "the rows are others than were written")
    },
    ConformanceCase("store revision", "The store itself follows the newest state, so it has no revision.") { probe in
      probe.expectEqual(probe.store.revision, nil, "the revision of the store")
      try await probe.apply([.putRow(.t("a"), [1])])
      probe.expectEqual(try await probe.row(.t("a")).map { Array($0.bytes) }, [1], "the row")
      try await probe.apply([.putRow(.t("a"), [2])])
      probe.expectEqual(try await probe.row(.t("a")).map { Array($0.bytes) }, [2], "the row after a second commit")
    },
  ]
}
