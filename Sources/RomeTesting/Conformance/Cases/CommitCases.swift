// SPDX-License-Identifier: Apache-2.0

import Rome

extension ConformanceCase {
  /// What a commit does, and that it does it whole.
  static let commits: [ConformanceCase] = [
    ConformanceCase("commit whole", "A commit applies all its writes at one revision, and its receipt names it.") {
      probe in
      let commit = Commit(writes: [
        .putRow(.t("a"), [1]), .putRow(.t("b"), [2]), .putRow(RowAddress(table: "u", key: Key("a")), [3]),
        .putEntry(.tIndex, IndexEntry("x", "a")), .putEntry(.index("j", of: "u"), IndexEntry("y", "a")),
      ])
      guard case .committed(let receipt) = try await probe.store.commit(commit) else {
        return probe.fail("a commit without checks was not applied")
      }
      probe.expectEqual(receipt.id, commit.id, "the id in the receipt")
      probe.expectEqual(receipt.durability, probe.store.capabilities.durability, "the durability in the receipt")
      let rows = try await probe.store.read([.t("a"), .t("b"), RowAddress(table: "u", key: Key("a"))])
      probe.expectEqual(rows.map { $0.map { Array($0.bytes) } }, [[1], [2], [3]], "the rows")
      for row in rows { probe.expectEqual(row?.version, receipt.revision, "the version of a row") }
      probe.expectEqual(try await probe.keys(.tIndex), [Key("xa")], "the first index")
      probe.expectEqual(try await probe.keys(.index("j", of: "u")), [Key("ya")], "the second index")
    },
    ConformanceCase("write order", "Writes to one key happen in the order of the commit.") { probe in
      try await probe.apply([.putRow(.t("old"), [1]), .putEntry(.tIndex, IndexEntry("o", "old"))])
      try await probe.apply([
        .putRow(.t("last wins"), [1]), .putRow(.t("last wins"), [2]), .putRow(.t("gone"), [1]), .deleteRow(.t("gone")),
        .deleteRow(.t("back")), .putRow(.t("back"), [3]), .deleteRow(.t("old")), .putRow(.t("old"), [4]),
        .putEntry(.tIndex, IndexEntry("g", "1")), .deleteEntry(.tIndex, IndexEntry("g", "1")),
        .deleteEntry(.tIndex, IndexEntry("o", "old")), .putEntry(.tIndex, IndexEntry("o", "old")),
      ])
      let rows = try await probe.store.read([.t("last wins"), .t("gone"), .t("back"), .t("old")])
      probe.expectEqual(rows.map { $0.map { Array($0.bytes) } }, [[2], nil, [3], [4]], "the rows")
      probe.expectEqual(try await probe.keys(.tIndex), [Key("oold")], "the entries")
    },
    ConformanceCase("write again", "To delete what is not there and to insert an entry that is there change nothing.") {
      probe in
      try await probe.apply([.putRow(.t("a"), [1]), .putEntry(.tIndex, IndexEntry("x", "a"))])
      try await probe.apply([
        .deleteRow(.t("b")), .deleteEntry(.tIndex, IndexEntry("x", "b")), .putEntry(.tIndex, IndexEntry("x", "a")),
        .deleteRow(RowAddress(table: "unknown", key: Key("a"))),
        .deleteEntry(.index("unknown", of: "t"), IndexEntry("x", "a")),
      ])
      probe.expectEqual(try await probe.keys(.t), [Key("a")], "the rows")
      probe.expectEqual(try await probe.all(Scan(.tIndex, fetch: .count)).count, 1, "the number of entries")
      try await probe.apply([.deleteEntry(.tIndex, IndexEntry("x", "a")), .deleteRow(.t("a"))])
      probe.expectEqual(try await probe.all(Scan(.tIndex, fetch: .count)).count, 0, "the number of entries at last")
      probe.expectEqual(try await probe.all(Scan(.t, fetch: .count)).count, 0, "the number of rows at last")
    },
    ConformanceCase("commit nothing", "A commit without writes only evaluates its checks.") { probe in
      try await probe.expectCommitted("an empty commit", checks: [])
      try await probe.expectCommitted("a check that holds", checks: [.row(.t("a"), version: nil)])
      try await probe.expectConflict(0, "a check that fails", checks: [.exists(.t("a"))])
    },
    ConformanceCase("all or nothing", "When any check fails, wherever it stands, nothing of the commit is applied.") {
      probe in
      let receipt = try await probe.apply([
        .putRow(.t("a"), [1]), .putRow(.t("b"), [2]), .putEntry(.tIndex, IndexEntry("x", "a")),
        .putEntry(.tIndex, IndexEntry("x", "b")),
      ])
      let holding: [Check] = [
        .row(.t("a"), version: receipt.revision), .exists(.t("b")), .row(.t("n"), version: nil),
        .range(.tIndex, .all, keys: [Key("xa"), Key("xb")]), .count(.tIndex, .all, 2),
      ]
      let failing: [Check] = [
        .row(.t("a"), version: Revision(rawValue: receipt.revision.rawValue + 1)), .row(.t("b"), version: nil),
        .exists(.t("n")), .range(.tIndex, .all, keys: [Key("xa")]), .count(.tIndex, .all, 3),
      ]
      let writes: [Write] = [
        .putRow(.t("a"), [9]), .deleteRow(.t("b")), .putRow(.t("n"), [9]), .putEntry(.tIndex, IndexEntry("x", "n")),
        .deleteEntry(.tIndex, IndexEntry("x", "a")), .advanceSequence("s", past: 1000),
      ]
      let before = try await probe.contents([.t, .tIndex])
      for check in failing {
        for position in 0...holding.count {
          var checks = holding
          checks.insert(check, at: position)
          try await probe.expectConflict(position, "\(check) at \(position)", checks: checks, writes: writes)
          probe.expectEqual(try await probe.contents([.t, .tIndex]), before, "what the store holds")
        }
      }
      probe.expectEqual(try await probe.store.reserveIDs("s", count: 1), 1...1, "the sequence")
      try await probe.expectCommitted("the checks that hold", checks: holding, writes: writes)
      probe.expectEqual(try await probe.keys(.t), [Key("a"), Key("n")], "the rows at last")
      probe.expectEqual(try await probe.keys(.tIndex), [Key("xb"), Key("xn")], "the entries at last")
    },
    ConformanceCase("large commit", "A commit of 2,000 rows with an entry each is applied whole.") { probe in
      func key(_ number: Int) -> String { "\(10_000 + number)" }
      try await probe.apply(
        (0..<2000).flatMap { number -> [Write] in
          [
            .putRow(.t(key(number)), Array("row \(number)".utf8)),
            .putEntry(.tIndex, IndexEntry("\(number % 10)", key(number))),
          ]
        })
      let page = try await probe.all(Scan(.tIndex, .prefix(Array("3".utf8)), fetch: .rows))
      probe.expectEqual(page.rows.count, 200, "the rows of one value")
      probe.expect(page.rows.allSatisfy { $0 != nil }, "a row is missing")
      probe.expectEqual(Set(page.rows.map { $0?.version }).count, 1, "the number of versions")
    },
  ]
}
