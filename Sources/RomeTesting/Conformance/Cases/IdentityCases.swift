// SPDX-License-Identifier: Apache-2.0

import Rome

extension ConformanceCase {
  /// Commit ids: idempotence, and what became of a commit.
  static let identities: [ConformanceCase] = [
    ConformanceCase(
      "commit twice", "A second commit with the id of an applied one changes nothing and gets its receipt."
    ) {
      probe in
      let address = RowAddress.t("a")
      let commit = Commit(
        checks: [.row(address, version: nil)],
        writes: [
          .putRow(address, [1]), .putEntry(.tIndex, IndexEntry("x", "a")), .advanceSequence("s", past: 10),
        ])
      guard case .committed(let receipt) = try await probe.store.commit(commit) else {
        return probe.fail("the first commit was not applied")
      }
      try await probe.apply([.putRow(address, [2]), .deleteEntry(.tIndex, IndexEntry("x", "a"))])
      let before = try await probe.contents([.t, .tIndex])
      var altered = commit
      altered.checks = []
      altered.writes.append(.putRow(.t("b"), [3]))
      // The first still has its check, which fails by now; the second has other writes.
      for again in [commit, altered] {
        let outcome = try await probe.store.commit(again)
        if case .committed(let second) = outcome {
          probe.expectEqual(second, receipt, "the second receipt")
        } else {
          probe.fail("the second commit ended as \(outcome)")
        }
        probe.expectEqual(try await probe.contents([.t, .tIndex]), before, "what the store holds")
      }
    },
    ConformanceCase("resolve committed", "The store tells the receipt of a commit that was applied, also later.") {
      probe in
      var receipts: [CommitReceipt] = []
      for step in 0..<50 { receipts.append(try await probe.apply([.putRow(.t("a"), [UInt8(step)])])) }
      for receipt in receipts {
        probe.expectEqual(try await probe.store.resolve(receipt.id), .committed(receipt), "the resolution")
      }
    },
    ConformanceCase(
      "resolve not committed", "A commit that was said to be not applied is refused when it arrives later."
    ) {
      probe in
      try await probe.apply([.putRow(.t("a"), [1])])
      let before = try await probe.contents([.t, .tIndex])
      let late = Commit(writes: [.putRow(.t("a"), [2]), .putEntry(.tIndex, IndexEntry("x", "a"))])
      probe.expectEqual(try await probe.store.resolve(late.id), .notCommitted, "the resolution")
      for _ in 0..<2 {
        await probe.expectError(.refused, "a commit that arrives late") { try await probe.store.commit(late) }
        probe.expectEqual(try await probe.contents([.t, .tIndex]), before, "what the store holds")
        probe.expectEqual(try await probe.store.resolve(late.id), .notCommitted, "the resolution again")
      }
      var renewed = late
      renewed.id = .random()
      guard case .committed = try await probe.store.commit(renewed) else {
        return probe.fail("the same writes under a new id were not applied")
      }
    },
    ConformanceCase("resolve conflict", "A commit that a check refused is not committed.") { probe in
      let commit = Commit(checks: [.exists(.t("a"))], writes: [.putRow(.t("b"), [1])])
      guard case .conflict(check: 0) = try await probe.store.commit(commit) else {
        return probe.fail("a check that fails let the commit pass")
      }
      probe.expectEqual(try await probe.store.resolve(commit.id), .notCommitted, "the resolution")
      probe.expect(try await probe.row(.t("b")) == nil, "the commit was applied")
    },
    ConformanceCase("resolve race", "A commit and its resolution that run at once agree on what became of it.") {
      probe in
      for step in 0..<100 {
        let address = RowAddress.t("\(step)")
        let commit = Commit(writes: [.putRow(address, [1])])
        async let applied: Bool = {
          do {
            if case .committed = try await probe.store.commit(commit) { return true }
            return false
          } catch let error as StoreError where error.code == .refused {
            return false
          }
        }()
        let resolution = try await probe.store.resolve(commit.id)
        let wasApplied = try await applied
        let row = try await probe.row(address)
        probe.expectEqual(row != nil, wasApplied, "whether the row is there")
        if case .committed = resolution {
          probe.expect(wasApplied, "resolved as committed, but refused")
        } else {
          probe.expectEqual(resolution, .notCommitted, "the resolution")
          probe.expect(!wasApplied, "resolved as not committed, but applied")
        }
      }
    },
  ]
}
