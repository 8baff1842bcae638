// SPDX-License-Identifier: Apache-2.0

import Rome

extension ConformanceCase {
  /// Each kind of check, when it holds and when it fails.
  static let checks: [ConformanceCase] = [
    ConformanceCase("check row", "A row check holds for exactly the version that the row has, or for no row.") {
      probe in
      let first = try await probe.apply([.putRow(.t("a"), [1])]).revision
      let second = try await probe.apply([.putRow(.t("a"), [1]), .putRow(.t("gone"), [1])]).revision
      try await probe.apply([.deleteRow(.t("gone"))])
      try await probe.expectCommitted("the version", checks: [.row(.t("a"), version: second)])
      try await probe.expectCommitted("no row", checks: [.row(.t("b"), version: nil)])
      try await probe.expectCommitted("a deleted row", checks: [.row(.t("gone"), version: nil)])
      try await probe.expectConflict(0, "an older version", checks: [.row(.t("a"), version: first)])
      let later = Revision(rawValue: second.rawValue + 1000)
      try await probe.expectConflict(0, "a later version", checks: [.row(.t("a"), version: later)])
      try await probe.expectConflict(0, "no row where one is", checks: [.row(.t("a"), version: nil)])
      try await probe.expectConflict(0, "a version of no row", checks: [.row(.t("b"), version: second)])
      try await probe.expectConflict(0, "a version of a deleted row", checks: [.row(.t("gone"), version: second)])
      try await probe.expectConflict(0, "version zero of no row", checks: [.row(.t("b"), version: .zero)])
    },
    ConformanceCase("check exists", "An existence check holds at any version.") { probe in
      try await probe.apply([.putRow(.t("a"), []), .putRow(.t("gone"), [1])])
      try await probe.apply([.deleteRow(.t("gone"))])
      try await probe.expectCommitted("a row", checks: [.exists(.t("a"))])
      try await probe.apply([.putRow(.t("a"), [2])])
      try await probe.expectCommitted("a changed row", checks: [.exists(.t("a"))])
      try await probe.expectConflict(0, "no row", checks: [.exists(.t("b"))])
      try await probe.expectConflict(0, "a deleted row", checks: [.exists(.t("gone"))])
      let elsewhere = RowAddress(table: "u", key: Key("a"))
      try await probe.expectConflict(0, "a row of another table", checks: [.exists(elsewhere)])
    },
    ConformanceCase("check range", "A range check holds for exactly the keys in the range.") { probe in
      let keys = ["a", "b", "c", "d", "e"]
      try await probe.apply(
        keys.flatMap { key -> [Write] in [.putRow(.t(key), [1]), .putEntry(.tIndex, IndexEntry(key, ""))] })
      let range = KeyRange(lower: Key("b"), upper: Key("e"))
      for space in [KeySpace.t, .tIndex] {
        func check(_ keys: [String], _ range: KeyRange) -> Check { .range(space, range, keys: keys.map { Key($0) }) }
        try await probe.expectCommitted("the keys", checks: [check(["b", "c", "d"], range)])
        try await probe.expectCommitted("all keys", checks: [check(keys, .all)])
        try await probe.expectCommitted("none", checks: [check([], KeyRange(lower: Key("bb"), upper: Key("c")))])
        try await probe.expectCommitted("inverted", checks: [check([], KeyRange(lower: Key("d"), upper: Key("b")))])
        let wrong = [
          ["b", "c"], ["c", "d"], ["b", "d"], [], ["b", "c", "d", "e"], ["a", "b", "c", "d"], ["b", "cc", "d"],
          ["b", "c", "cc", "d"], ["b", "b", "d"],
        ]
        for keys in wrong { try await probe.expectConflict(0, "the keys \(keys)", checks: [check(keys, range)]) }
        try await probe.expectConflict(0, "no keys", checks: [check([], .all)])
        let unknown = KeySpace.index("unknown", of: "t")
        try await probe.expectCommitted("an unknown space", checks: [.range(unknown, .all, keys: [])])
        try await probe.expectConflict(0, "keys nowhere", checks: [.range(unknown, .all, keys: [Key("a")])])
      }
    },
    ConformanceCase("check count", "A count check holds for exactly the number of entries in the range.") { probe in
      try await probe.apply(
        ["a", "b", "c", "d"].flatMap { key -> [Write] in
          [.putRow(.t(key), [1]), .putEntry(.tIndex, IndexEntry(key, ""))]
        })
      let range = KeyRange(lower: Key("b"), upper: Key("d"))
      for space in [KeySpace.t, .tIndex] {
        try await probe.expectCommitted("the count", checks: [.count(space, range, 2)])
        try await probe.expectCommitted("the count of all", checks: [.count(space, .all, 4)])
        try await probe.expectCommitted("nothing", checks: [.count(space, KeyRange(lower: Key("e"), upper: nil), 0)])
        for wrong in [0, 1, 3, 4, -1] {
          try await probe.expectConflict(0, "the count \(wrong)", checks: [.count(space, range, wrong)])
        }
      }
      try await probe.expectCommitted("unknown", checks: [.count(.index("unknown", of: "t"), .all, 0)])
      try await probe.expectConflict(0, "unknown", checks: [.count(.index("unknown", of: "t"), .all, 1)])
    },
    ConformanceCase("first failing check", "Of several checks that fail, the first in the commit is reported.") {
      probe in
      try await probe.apply([.putRow(.t("a"), [1]), .putEntry(.tIndex, IndexEntry("x", "a"))])
      let holds: Check = .exists(.t("a"))
      let failing: [Check] = [
        .count(.tIndex, .all, 7), .range(.tIndex, .all, keys: []), .exists(.t("n")), .row(.t("a"), version: nil),
        .row(.t("n"), version: Revision(rawValue: 1)),
      ]
      var random = SeededGenerator(seed: probe.seed)
      for lead in 0..<5 {
        let checks = Array(repeating: holds, count: lead) + failing.shuffled(using: &random) + [holds]
        try await probe.expectConflict(lead, "behind \(lead) checks that hold", checks: checks)
      }
    },
    ConformanceCase("checks before writes", "Checks see the state before the commit, not its own writes.") { probe in
      try await probe.apply([.putRow(.t("old"), [1]), .putEntry(.tIndex, IndexEntry("x", "old"))])
      try await probe.expectCommitted(
        "an insertion",
        checks: [
          .row(.t("a"), version: nil), .range(.tIndex, .all, keys: [Key("xold")]), .count(.tIndex, .all, 1),
          .exists(.t("old")),
        ],
        writes: [
          .putRow(.t("a"), [1]), .putEntry(.tIndex, IndexEntry("x", "a")), .deleteRow(.t("old")),
          .deleteEntry(.tIndex, IndexEntry("x", "old")),
        ])
      try await probe.expectConflict(
        0, "a row that the commit itself would insert", checks: [.exists(.t("b"))], writes: [.putRow(.t("b"), [1])])
      try await probe.expectConflict(
        0, "a count that the commit itself would make", checks: [.count(.tIndex, .all, 2)],
        writes: [.putEntry(.tIndex, IndexEntry("x", "b"))])
    },
  ]
}
