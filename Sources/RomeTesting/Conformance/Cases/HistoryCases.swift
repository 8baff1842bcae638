// SPDX-License-Identifier: Apache-2.0

import Rome

extension ConformanceCase {
  /// Random histories beside a model.
  static let histories: [ConformanceCase] = [
    ConformanceCase("random history", "Random commits, reads and scans are answered as the model answers them.") {
      probe in
      var history = RandomHistory(seed: probe.seed)
      var model = StoreModel()
      for step in 0..<500 {
        let commit = history.commit(on: model)
        let failing = model.firstFailing(commit.checks)
        switch try await probe.store.commit(commit) {
        case .committed(let receipt):
          probe.expectEqual(
            nil, failing, "seed \(probe.seed), step \(step): the failing check of a commit that was applied")
          model.apply(commit.writes, revision: receipt.revision)
        case .conflict(let check):
          probe.expectEqual(check, failing, "seed \(probe.seed), step \(step): the failing check")
        case .unknown(let error): probe.fail("seed \(probe.seed), step \(step): \(error)")
        }
        try await compare(probe, probe.store, model, &history, "seed \(probe.seed), step \(step)")
        if step % 50 == 0 {
          let numbers = try await probe.store.reserveIDs("s", count: 3)
          probe.expect(
            numbers.lowerBound > model.lastNumber(of: "s"), "step \(step): the sequence gave a passed number")
          model.reserved("s", numbers)
        }
      }
    },
    ConformanceCase(
      "random snapshots", "Snapshots of a random history answer as copies of the model.", requires: .snapshotReads
    ) {
      probe in
      var history = RandomHistory(seed: probe.seed &+ 1)
      var model = StoreModel()
      var snapshots: [(reader: any StoreReader, model: StoreModel)] = []
      for step in 0..<300 {
        let commit = history.commit(on: model)
        if case .committed(let receipt) = try await probe.store.commit(commit) {
          model.apply(commit.writes, revision: receipt.revision)
        }
        if step % 10 == 0 { snapshots.append((try await probe.store.snapshot(), model)) }
        if snapshots.count > 5 { snapshots.remove(at: Int.random(in: 0..<5, using: &history.random)) }
        guard let snapshot = snapshots.randomElement(using: &history.random) else { continue }
        try await compare(
          probe, snapshot.reader, snapshot.model, &history, "seed \(probe.seed), snapshot at step \(step)")
      }
    },
    ConformanceCase(
      "serializable", "Commits of tasks that check all that they read come to the same as one after the other."
    ) {
      probe in
      let applied = try await withThrowingTaskGroup(of: [(commit: Commit, revision: Revision)].self) { group in
        for task in 0..<6 {
          group.addTask {
            var history = RandomHistory(seed: probe.seed &+ UInt64(100 + task))
            var applied: [(commit: Commit, revision: Revision)] = []
            for _ in 0..<60 {
              let commit = try await transaction(probe, &history)
              if case .committed(let receipt) = try await probe.store.commit(commit) {
                applied.append((commit, receipt.revision))
              }
            }
            return applied
          }
        }
        return try await group.reduce(into: []) { $0 += $1 }
      }
      var model = StoreModel()
      let order = applied.sorted { $0.revision < $1.revision }
      probe.expectEqual(Set(order.map(\.revision)).count, order.count, "the number of different revisions")
      for (commit, revision) in order {
        if let failing = model.firstFailing(commit.checks) {
          probe.fail("revision \(revision.rawValue) was applied although \(commit.checks[failing]) did not hold")
        }
        model.apply(commit.writes, revision: revision)
      }
      var history = RandomHistory(seed: probe.seed)
      for space in history.spaces {
        probe.expectEqual(try await probe.all(Scan(space, fetch: .entries)).entries, model.entries(space), "\(space)")
      }
      for _ in 0..<20 { try await compare(probe, probe.store, model, &history, "at last") }
    },
  ]

  /// Reads at random, and makes the commit that checks what was read.
  private static func transaction(_ probe: ConformanceProbe, _ history: inout RandomHistory) async throws -> Commit {
    let addresses = [history.address(), history.address()]
    let rows = try await probe.store.read(addresses)
    var checks = zip(addresses, rows).map { Check.row($0, version: $1?.version) }
    let scan = Scan(history.space(), history.range(), fetch: .entries)
    checks.append(.range(scan.space, scan.range, keys: try await probe.all(scan).entries.map(\.key)))
    let counted = Scan(history.space(), history.range(), fetch: .count)
    checks.append(.count(counted.space, counted.range, try await probe.all(counted).count))
    if let present = addresses.indices.first(where: { rows[$0] != nil }) { checks.append(.exists(addresses[present])) }
    await Task.yield()
    // Some commits check only a part, so that each kind of check is the only guard at times.
    let kept = checks.filter { _ in history.random.chance(0.6) }
    return Commit(checks: kept, writes: (0..<3).map { _ in history.write() })
  }

  /// Compares the answers to some random reads and scans.
  private static func compare(
    _ probe: ConformanceProbe, _ reader: any StoreReader, _ model: StoreModel, _ history: inout RandomHistory,
    _ what: String
  ) async throws {
    let addresses = (0..<4).map { _ in history.address() }
    let rows = try await reader.read(addresses)
    expectEqual(probe, rows, addresses.map { model.row($0) }, "\(what): the rows at \(addresses)")
    for _ in 0..<2 {
      let scan = history.scan()
      let found = try await probe.all(scan, of: reader)
      let expected = model.scan(scan)
      probe.expectEqual(found.count, expected.count, "\(what): the count of \(scan)")
      probe.expectEqual(found.entries, expected.entries, "\(what): the entries of \(scan)")
      expectEqual(probe, found.rows, expected.rows, "\(what): the rows of \(scan)")
      probe.expect(found.isTruncated || !expected.isTruncated, "\(what): \(scan) left entries, but is not truncated")
    }
  }

  private static func expectEqual(
    _ probe: ConformanceProbe, _ found: [StoredRow?], _ expected: [StoredRow?], _ what: @autoclosure () -> String
  ) {
    let areEqual = found.elementsEqual(expected) { $0?.version == $1?.version && $0?.bytes == $1?.bytes }
    if areEqual { return }
    func texts(_ rows: [StoredRow?]) -> [String] {
      rows.map { row in row.map { "\($0.version.rawValue): \(Array($0.bytes))" } ?? "none" }
    }
    probe.fail("\(what()): expected \(texts(expected)), found \(texts(found))")
  }
}
