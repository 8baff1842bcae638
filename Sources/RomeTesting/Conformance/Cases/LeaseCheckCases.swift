// SPDX-License-Identifier: Apache-2.0

import Rome

extension ConformanceCase {
  /// Commits that are bound to leases, and leases of tasks that run at once.
  static let leaseChecks: [ConformanceCase] = [
    ConformanceCase("check lease", "A lease check holds while the lock is held under its token, and not longer.") {
      probe in
      let store = probe.store
      try await probe.expectConflict(
        0, "an unknown lock", checks: [.lease("lock", token: FencingToken(rawValue: 1))])
      try await probe.expectConflict(
        0, "an unknown lock, no token", checks: [.lease("lock", token: FencingToken(rawValue: 0))])
      let token = try await probe.granted(.random())
      let other = try await probe.granted(.random(), "other")
      let check = Check.lease("lock", token: token)
      try await probe.expectCommitted(
        "the holder", checks: [check, .lease("other", token: other)], writes: [.putRow(.t("a"), [1])])
      probe.expectEqual(try await probe.row(.t("a"))?.bytes.first, 1, "the row")
      let wrong = token.neighbours + [other, FencingToken(rawValue: 0), FencingToken(rawValue: .max)]
      for token in wrong {
        try await probe.expectConflict(
          0, "the token \(token)", checks: [.lease("lock", token: token)], writes: [.putRow(.t("a"), [2])])
      }
      try await probe.expectConflict(1, "the second lock", checks: [check, .lease("other", token: token)])
      _ = try await store.releaseLease("lock", token: token)
      try await probe.expectConflict(0, "a released lease", checks: [check], writes: [.putRow(.t("a"), [2])])
      let next = try await probe.granted(.random())
      try await probe.expectConflict(0, "an old lease", checks: [check], writes: [.putRow(.t("a"), [2])])
      try await probe.expectCommitted("the next lease", checks: [.lease("lock", token: next)])
      let short = try await probe.granted(.random(), "short", for: .milliseconds(50))
      try await probe.waitOut(.milliseconds(50))
      try await probe.expectConflict(
        0, "an expired lease", checks: [.lease("short", token: short)], writes: [.putRow(.t("a"), [2])])
      probe.expectEqual(try await probe.row(.t("a"))?.bytes.first, 1, "the row at last")
    },
    ConformanceCase("check lease, all or nothing", "A lease check that fails, wherever it stands, refuses the commit.")
    {
      probe in
      let receipt = try await probe.apply([.putRow(.t("a"), [1]), .putEntry(.tIndex, IndexEntry("x", "a"))])
      let token = try await probe.granted(.random())
      let holding: [Check] = [
        .lease("lock", token: token), .row(.t("a"), version: receipt.revision), .count(.tIndex, .all, 1),
      ]
      let writes: [Write] = [
        .putRow(.t("a"), [9]), .putRow(.t("n"), [9]), .deleteEntry(.tIndex, IndexEntry("x", "a")),
        .advanceSequence("s", past: 1000),
      ]
      let before = try await probe.contents([.t, .tIndex])
      for position in 0...holding.count {
        var checks = holding
        checks.insert(.lease("lock", token: FencingToken(rawValue: token.rawValue + 1)), at: position)
        try await probe.expectConflict(position, "a stale lease at \(position)", checks: checks, writes: writes)
        probe.expectEqual(try await probe.contents([.t, .tIndex]), before, "what the store holds")
      }
      for position in 1...holding.count {
        var checks = holding
        checks.insert(.exists(.t("n")), at: position)
        try await probe.expectConflict(position, "another check at \(position)", checks: checks, writes: writes)
      }
      probe.expectEqual(try await probe.store.reserveIDs("s", count: 1), 1...1, "the sequence")
      try await probe.expectCommitted("the checks that hold", checks: holding, writes: writes)
      probe.expectEqual(try await probe.keys(.t), [Key("a"), Key("n")], "the rows at last")
    },
    ConformanceCase("check lease of a snapshot", "A lease check is evaluated although nothing was written since.") {
      probe in
      let receipt = try await probe.apply([.putRow(.t("a"), [1])])
      let token = try await probe.granted(.random())
      func outcome() async throws -> CommitOutcome {
        try await probe.store.commit(
          Commit(
            checks: [.lease("lock", token: token), .exists(.t("a"))], snapshot: receipt.revision, snapshotChecks: 2))
      }
      _ = try await probe.store.releaseLease("lock", token: token)
      guard case .conflict(check: 0) = try await outcome() else {
        return probe.fail("a lease that was released passes as a part of a snapshot")
      }
    },
    ConformanceCase(
      "paused holder", "Who has lost a lease without noticing can't overwrite what the next holder wrote."
    ) {
      probe in
      try await probe.apply([.putRow(.t("a"), [0])])
      let first = try await probe.granted(.random(), for: .milliseconds(50))
      let second = try await probe.grantedAtLast(.random())
      try await probe.expectCommitted(
        "the second holder", checks: [.lease("lock", token: second)], writes: [.putRow(.t("a"), [2])])
      try await probe.expectConflict(
        0, "the first holder", checks: [.lease("lock", token: first)], writes: [.putRow(.t("a"), [1])])
      probe.expectEqual(try await probe.row(.t("a"))?.bytes.first, 2, "the row")
    },
    ConformanceCase("lease race", "Of tasks that ask for a lock at once, one at a time has it.") { probe in
      try await probe.apply([.putRow(.t("counter"), [0])])
      let tasks = 8
      let turns = 5
      let tokens = try await withThrowingTaskGroup(of: [FencingToken].self) { group in
        for _ in 0..<tasks {
          group.addTask {
            var tokens: [FencingToken] = []
            for _ in 0..<turns {
              let token = try await probe.grantedAtLast(.random())
              // Neither the read nor the write is checked: only the lock keeps updates from being lost.
              guard let number = try await probe.row(.t("counter"))?.bytes.first else {
                throw UnexpectedOutcome(description: "the counter is gone")
              }
              await Task.yield()
              try await probe.apply([.putRow(.t("counter"), [number &+ 1])])
              tokens.append(token)
              probe.expect(try await probe.store.releaseLease("lock", token: token), "the lock was not held")
            }
            return tokens
          }
        }
        return try await group.reduce(into: []) { $0 += $1 }
      }
      probe.expectEqual(Set(tokens).count, tasks * turns, "the number of different tokens")
      probe.expectEqual(try await probe.row(.t("counter"))?.bytes.first, UInt8(tasks * turns), "the counter")
    },
    ConformanceCase(
      "cancelled lease calls", "A cancelled task can't take or renew a lock, and can release it and leave the queue."
    ) {
      probe in
      let store = probe.store
      let (holder, waiter) = (LeaseClaimant.random(), LeaseClaimant.random())
      let token = try await probe.granted(holder)
      try await probe.expectBusy("the waiter", waiter, ahead: 1)
      let task = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        await probe.expectError(.cancelled, "an ask of a cancelled task") { try await probe.ask(.random(), "other") }
        await probe.expectError(.cancelled, "a renewal of a cancelled task") {
          try await store.renewLease("lock", token: token, duration: .milliseconds(1))
        }
        try await store.withdrawLease("lock", claimant: waiter)
        return try await store.releaseLease("lock", token: token)
      }
      probe.expect(try await task.value, "a cancelled task has not released its lock")
      try await probe.granted(.random())
      try await probe.granted(.random(), "other")
    },
  ]
}
