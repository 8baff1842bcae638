// SPDX-License-Identifier: Apache-2.0

import Rome

extension ConformanceCase {
  /// Tasks that commit at once.
  static let concurrency: [ConformanceCase] = [
    ConformanceCase("counter race", "Tasks that count up by compare and set lose no update.") { probe in
      try await probe.apply([.putRow(.t("counter"), [0])])
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<8 {
          group.addTask {
            for _ in 0..<20 {
              while true {
                guard let row = try await probe.row(.t("counter")), let number = row.bytes.first else {
                  throw UnexpectedOutcome(description: "the counter is gone")
                }
                let commit = Commit(
                  checks: [.row(.t("counter"), version: row.version)], writes: [.putRow(.t("counter"), [number &+ 1])])
                if case .committed = try await probe.store.commit(commit) { break }
                await Task.yield()
              }
            }
          }
        }
        try await group.waitForAll()
      }
      probe.expectEqual(try await probe.row(.t("counter"))?.bytes.first, 160, "the counter")
    },
    ConformanceCase("insertion race", "Of tasks that insert the same row if it is absent, one does.") { probe in
      let checks: [@Sendable (RowAddress) -> Check] = [
        { .row($0, version: nil) }, { .range(.t, .prefix($0.key.bytes), keys: []) },
        { .count(.t, .prefix($0.key.bytes), 0) },
      ]
      for round in 0..<30 {
        let address = RowAddress.t("row \(100 + round)")
        let check = checks[round % 3](address)
        let winners = try await count(8) { task in
          try await probe.store.commit(Commit(checks: [check], writes: [.putRow(address, [UInt8(task)])]))
        }
        probe.expectEqual(winners, 1, "tasks that inserted the row under \(check)")
      }
    },
    ConformanceCase("write skew", "Two commits that each read what the other writes are not both applied.") { probe in
      for round in 0..<50 {
        let doctors = [RowAddress.t("a\(round)"), .t("b\(round)")]
        try await probe.apply(doctors.map { .putRow($0, [1]) })
        // At least one doctor must stay on duty; each sees two and leaves.
        _ = try await count(2) { task in
          let rows = try await probe.store.read(doctors)
          await Task.yield()
          let onDuty = rows.filter { $0?.bytes.first == 1 }.count
          guard onDuty == 2 else { return .conflict(check: 0) }
          let checks = zip(doctors, rows).map { Check.row($0, version: $1?.version) }
          return try await probe.store.commit(Commit(checks: checks, writes: [.putRow(doctors[task], [0])]))
        }
        let left = try await probe.store.read(doctors).filter { $0?.bytes.first == 1 }.count
        probe.expectEqual(left, 1, "doctors on duty")
      }
    },
    ConformanceCase("quota race", "Tasks that insert under a count check never exceed the count.") { probe in
      let winners = try await count(40) { task in
        while true {
          let taken = try await probe.all(Scan(.tIndex, .prefix(Array("q".utf8)), fetch: .count)).count
          guard taken < 5 else { return .conflict(check: 0) }
          let outcome = try await probe.store.commit(
            Commit(
              checks: [.count(.tIndex, .prefix(Array("q".utf8)), taken)],
              writes: [.putEntry(.tIndex, IndexEntry("q", "\(100 + task)"))]))
          if case .committed = outcome { return outcome }
          await Task.yield()
        }
      }
      probe.expectEqual(winners, 5, "tasks that got a place")
      probe.expectEqual(try await probe.keys(.tIndex).count, 5, "places that are taken")
    },
    ConformanceCase("commits are not torn", "No commit's checks ever see a part of another commit.") { probe in
      let pair = [RowAddress.t("left"), .t("right")]
      try await probe.apply(pair.map { .putRow($0, [0]) })
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          for number in 1...200 { try await probe.apply(pair.map { .putRow($0, [UInt8(number)]) }) }
        }
        for task in 0..<3 {
          group.addTask {
            for _ in 0..<200 {
              let left = try await probe.row(pair[0])
              await Task.yield()
              let right = try await probe.row(pair[1])
              guard let left, let right, left.version != right.version else { continue }
              // These two never were there at once, so no state can pass the checks.
              let commit = Commit(
                checks: [.row(pair[0], version: left.version), .row(pair[1], version: right.version)],
                writes: [.putRow(.t("seen by \(task)"), [1])])
              if case .committed = try await probe.store.commit(commit) {
                probe.fail("the checks of a commit saw another one half applied")
              }
            }
          }
        }
        try await group.waitForAll()
      }
    },
  ]

  /// Runs tasks at once.
  ///
  /// - Returns: How many of them were committed.
  private static func count(
    _ tasks: Int, _ body: @escaping @Sendable (Int) async throws -> CommitOutcome
  ) async throws -> Int {
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for task in 0..<tasks {
        group.addTask {
          if case .committed = try await body(task) { true } else { false }
        }
      }
      return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
  }
}
