// SPDX-License-Identifier: Apache-2.0

import Rome

extension ConformanceCase {
  /// Tries a commit at a limit that must pass, and one beyond it that must be refused and change nothing.
  private static func probeLimit(
    _ probe: ConformanceProbe, _ limit: Int, allowed: [[Write]], refused: [[Write]]
  ) async throws {
    // What is allowed is only tried where it is small: a store that takes gigabytes is not filled by its test.
    if limit <= 1 << 20 {
      for writes in allowed { try await probe.expectCommitted("a commit at the limit", checks: [], writes: writes) }
    }
    let before = try await probe.contents([.t, .tIndex])
    for writes in refused {
      await probe.expectError(.limitExceeded, "a commit beyond the limit") {
        try await probe.store.commit(Commit(writes: [.putRow(.t("beside"), [1])] + writes))
      }
    }
    probe.expectEqual(try await probe.contents([.t, .tIndex]), before, "what the store holds")
  }

  /// The limits that a store declares.
  static let limits: [ConformanceCase] = [
    ConformanceCase("key limit", "A key longer than the declared limit is refused.", requires: .maximumKeyBytes) {
      probe in
      guard let limit = probe.store.capabilities.maximumKeyBytes else { return }
      let entryLimit = probe.store.capabilities.maximumEntryBytes ?? limit
      func writes(_ excess: Int) -> [[Write]] {
        func key(_ length: Int) -> Key { Key(Array(repeating: 0x61, count: length + excess)) }
        return [
          [.putRow(RowAddress(table: "t", key: key(limit)), [1])],
          [.putEntry(.tIndex, IndexEntry(key: key(entryLimit), columnsLength: 1))],
        ]
      }
      try await probeLimit(probe, limit, allowed: writes(0), refused: writes(1))
    },
    ConformanceCase("row limit", "A row longer than the declared limit is refused.", requires: .maximumRowBytes) {
      probe in
      guard let limit = probe.store.capabilities.maximumRowBytes else { return }
      func writes(_ length: Int) -> [[Write]] { [[.putRow(.t("a"), Array(repeating: 1, count: length))]] }
      try await probeLimit(probe, limit, allowed: writes(limit), refused: writes(limit + 1))
    },
    ConformanceCase(
      "commit limit", "A commit larger than the declared limit is refused.", requires: .maximumCommitBytes
    ) {
      probe in
      guard let limit = probe.store.capabilities.maximumCommitBytes else { return }
      let rowLength = max(1, min(limit / 4, probe.store.capabilities.maximumRowBytes ?? .max))
      let writes: [Write] = (0...limit / rowLength).map {
        .putRow(.t("\($0)"), Array(repeating: 1, count: rowLength))
      }
      try await probeLimit(probe, limit, allowed: [[writes[0]]], refused: [writes])
    },
  ]

  /// Tasks that are cancelled.
  static let cancellation: [ConformanceCase] = [
    ConformanceCase(
      "cancelled commit", "A commit of a task that is cancelled before is not applied, and the error says so."
    ) {
      probe in
      try await probe.apply([.putRow(.t("a"), [1])])
      let commit = Commit(writes: [.putRow(.t("a"), [2]), .putEntry(.tIndex, IndexEntry("x", "a"))])
      let task = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        await probe.expectError(.cancelled, "a commit of a cancelled task") { try await probe.store.commit(commit) }
      }
      await task.value
      probe.expectEqual(try await probe.row(.t("a")).map { Array($0.bytes) }, [1], "the row")
      probe.expectEqual(try await probe.keys(.tIndex), [], "the entries")
      probe.expectEqual(try await probe.store.resolve(commit.id), .notCommitted, "the resolution")
    },
    ConformanceCase(
      "cancelled during commits",
      "Whenever a task is cancelled, each of its commits was applied whole or not at all, as it was told."
    ) {
      probe in
      for round in 0..<20 {
        let table = "t\(round)"
        let task = Task {
          var told: [Int: Bool] = [:]
          for step in 0..<20 {
            let commit = Commit(writes: [
              .putRow(RowAddress(table: table, key: Key("a\(step)")), [1]),
              .putRow(RowAddress(table: table, key: Key("b\(step)")), [1]),
            ])
            if step == round { withUnsafeCurrentTask { $0?.cancel() } }
            do {
              switch try await probe.store.commit(commit) {
              case .committed: told[step] = true
              case .conflict: probe.fail("a commit without checks ended in a conflict")
              case .unknown:
                if case .committed = try await probe.store.resolve(commit.id) {
                  told[step] = true
                } else {
                  told[step] = false
                }
              }
            } catch {
              told[step] = false
            }
          }
          return told
        }
        let told = await task.value
        let rows = try await probe.store.read(
          (0..<20).flatMap { step in ["a", "b"].map { RowAddress(table: table, key: Key("\($0)\(step)")) } })
        for step in 0..<20 {
          let found = [rows[2 * step] != nil, rows[2 * step + 1] != nil]
          probe.expectEqual(found, [told[step] ?? false, told[step] ?? false], "the rows of commit \(step)")
        }
      }
    },
  ]
}
