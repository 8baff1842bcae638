// SPDX-License-Identifier: Apache-2.0

import Rome

extension ConformanceCase {
  /// Snapshots, and the revision that a commit may name.
  static let snapshots: [ConformanceCase] = [
    ConformanceCase(
      "snapshot frozen", "A snapshot sees nothing of later commits, in reads, scans and counts.",
      requires: .snapshotReads
    ) {
      probe in
      let first = try await probe.apply([
        .putRow(.t("a"), [1]), .putRow(.t("b"), [1]), .putEntry(.tIndex, IndexEntry("x", "a")),
      ])
      let snapshot = try await probe.store.snapshot()
      let revision = snapshot.revision
      probe.expect(
        revision.map { $0 >= first.revision } ?? false, "the snapshot's revision is \(String(describing: revision))")
      try await probe.apply([
        .putRow(.t("a"), [2]), .deleteRow(.t("b")), .putRow(.t("c"), [2]), .putRow(.t("d"), [2]),
        .putEntry(.tIndex, IndexEntry("w", "c")),
        .deleteEntry(.tIndex, IndexEntry("x", "a")), .putRow(RowAddress(table: "new", key: Key("a")), [2]),
      ])
      let rows = try await snapshot.read([.t("a"), .t("b"), .t("c"), RowAddress(table: "new", key: Key("a"))])
      probe.expectEqual(rows.map { $0.map { Array($0.bytes) } }, [[1], [1], nil, nil], "the rows")
      probe.expectEqual(rows[0]?.version, first.revision, "the version")
      let table = try await probe.all(Scan(.t, fetch: .rows), of: snapshot)
      probe.expectEqual(table.entries.map(\.key), [Key("a"), Key("b")], "the keys of the table")
      probe.expectEqual(table.rows.map { $0.map { Array($0.bytes) } }, [[1], [1]], "the rows of the table")
      let index = try await probe.all(Scan(.tIndex, direction: .backward, fetch: .rows), of: snapshot)
      probe.expectEqual(index.entries.map(\.key), [Key("xa")], "the keys of the index")
      probe.expectEqual(index.rows.map { $0.map { Array($0.bytes) } }, [[1]], "the rows of the index")
      probe.expectEqual(try await probe.all(Scan(.t, fetch: .count), of: snapshot).count, 2, "the count")
      probe.expectEqual(snapshot.revision, revision, "the revision of the snapshot later")
    },
    ConformanceCase(
      "snapshots of many states", "Each of many snapshots keeps the state that it was made of.",
      requires: .snapshotReads
    ) {
      probe in
      var snapshots: [(reader: any StoreReader, contents: [[UInt8]], keys: [Key])] = []
      var random = SeededGenerator(seed: probe.seed)
      for step in 0..<40 {
        let address = RowAddress.t("\(Int.random(in: 0..<20, using: &random))")
        try await probe.apply(random.chance(0.3) ? [.deleteRow(address)] : [.putRow(address, [UInt8(step)])])
        let page = try await probe.all(Scan(.t))
        snapshots.append(
          (try await probe.store.snapshot(), page.rows.map { Array($0?.bytes ?? []) }, page.entries.map(\.key)))
      }
      for (step, snapshot) in snapshots.enumerated().shuffled(using: &random) {
        let page = try await probe.all(Scan(.t), of: snapshot.reader)
        probe.expectEqual(page.entries.map(\.key), snapshot.keys, "the keys after step \(step)")
        probe.expectEqual(page.rows.map { Array($0?.bytes ?? []) }, snapshot.contents, "the rows after step \(step)")
      }
      let revisions = snapshots.compactMap { $0.reader.revision }
      probe.expectEqual(revisions, revisions.sorted(), "the revisions of the snapshots")
    },
    ConformanceCase(
      "snapshot during commits", "Readers of snapshots always see commits whole, while others commit.",
      requires: .snapshotReads
    ) {
      probe in
      let names = (0..<10).map { "\($0)" }
      @Sendable func writes(_ number: UInt8) -> [Write] {
        names.map { .putRow(.t($0), [number]) } + [
          .putEntry(.tIndex, IndexEntry("\(number)", "0")), .deleteEntry(.tIndex, IndexEntry("\(number &- 1)", "0")),
        ]
      }
      try await probe.apply(writes(0))
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { for number in 1...100 { try await probe.apply(writes(UInt8(number))) } }
        for _ in 0..<3 {
          group.addTask {
            for _ in 0..<100 {
              let snapshot = try await probe.store.snapshot()
              let half = try await snapshot.read(names.prefix(5).map { .t($0) })
              await Task.yield()
              let page = try await probe.all(Scan(.t), of: snapshot)
              let seen = Set((half + page.rows).map { $0?.bytes.first })
              probe.expectEqual(seen.count, 1, "the number of commits that one snapshot sees parts of")
              let entries = try await probe.all(Scan(.tIndex, fetch: .entries), of: snapshot).entries.map(\.key)
              let number = seen.first.flatMap { $0 } ?? 0
              probe.expectEqual(entries, [Key("\(number)0")], "the entries beside the rows")
            }
          }
        }
        try await group.waitForAll()
      }
    },
    ConformanceCase(
      "snapshot of a commit", "A commit that names the snapshot of its reads still notices what changed since."
    ) {
      probe in
      let first = try await probe.apply([
        .putRow(.t("a"), [1]), .putRow(.t("b"), [1]), .putEntry(.tIndex, IndexEntry("x", "a")),
      ])
      let snapshot = try await probe.store.snapshot().revision ?? first.revision
      let checks: [Check] = [
        .row(.t("b"), version: first.revision), .row(.t("a"), version: first.revision),
        .range(.tIndex, .all, keys: [Key("xa")]), .count(.tIndex, .all, 1), .row(.t("c"), version: nil),
      ]
      func commit(_ checks: [Check]) async throws -> CommitOutcome {
        try await probe.store.commit(Commit(checks: checks, snapshot: snapshot))
      }
      guard case .committed = try await commit(checks) else {
        return probe.fail("a commit whose reads still hold was not applied")
      }
      try await probe.apply([
        .putRow(.t("a"), [2]), .putRow(.t("c"), [2]), .putEntry(.tIndex, IndexEntry("x", "c")),
      ])
      for (position, check) in checks.enumerated() {
        let outcome = try await commit([check])
        switch outcome {
        case .committed: probe.expect(position == 0, "\(check) passed although it fails by now")
        case .conflict: probe.expect(position != 0, "\(check) failed although it still holds")
        case .unknown: probe.fail("a commit ended as \(outcome)")
        }
      }
    },
  ]
}
