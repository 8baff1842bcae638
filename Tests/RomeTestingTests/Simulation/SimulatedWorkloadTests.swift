// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeTesting
import Testing

/// A workload of a simulation, be it of rows or of locks.
enum SimulatedWorkload: Hashable, Sendable, CustomStringConvertible {
  case history(HistoryWorkload)
  case locks
  case managedLocks

  static let all = HistoryWorkload.allCases.map { SimulatedWorkload.history($0) } + [.locks, .managedLocks]

  func check(in simulation: Simulation) async throws -> SimulationRun<SimulationReport> {
    switch self {
    case .history(let workload): try await workload.check(in: simulation)
    case .locks: try await LockWorkload().check(in: simulation)
    case .managedLocks:
      try await {
        var workload = LockWorkload()
        workload.usesLockManager = true
        return try await workload.check(in: simulation)
      }()
    }
  }

  var description: String {
    switch self {
    case .history(let workload): workload.rawValue
    case .locks: "locks"
    case .managedLocks: "locks of a manager"
    }
  }
}

@Suite struct SimulatedWorkloadTests {
  @Test(arguments: SimulatedWorkload.all)
  func `a correct store gives no alarm under any seed`(_ workload: SimulatedWorkload) async throws {
    var counts: [String: Int] = [:]
    for seed in 1...200 as ClosedRange<UInt64> {
      var faults = SimulationFaults()
      // Stores with snapshots, without, and with stale ones.
      faults.hidesSnapshots = seed % 3 == 0
      faults.staleSnapshots = seed % 3 == 1 ? 0.2 : 0
      let run = try await workload.check(in: Simulation(seed: seed, faults: faults))
      #expect(run.result.isClean, "\(run)")
      for call in run.trace { counts[Self.fate(of: call), default: 0] += 1 }
    }
    // All that can go wrong has gone wrong.
    for fate in ["request lost", "answer lost", "arrived late", "asked twice", "died", "conflict", "committed"] {
      #expect(counts[fate, default: 0] > 0, "\(fate): \(counts)")
    }
  }

  private static func fate(of call: SimulatedCall) -> String {
    let fates = ["request lost", "answer lost", "arrived late", "asked twice", "died", "conflict", "committed"]
    return fates.first { call.answer.contains($0) } ?? "answered"
  }

  /// The bugs that simulations must find, and the workloads that show them.
  private static let bugs: [(bug: PlantedBug, workloads: [SimulatedWorkload])] = [
    (.ignoresVersions, [.history(.register), .history(.bank)]),
    (.ignoresRanges, [.history(.listAppend), .history(.setWithPredicate), .history(.uniqueClaim)]),
    (.ignoresLeaseChecks, [.locks, .managedLocks]),
    (.commitsInTwoSteps, [.history(.bank)]),
    (.writesEntriesDespiteConflict, [.history(.listAppend), .history(.setWithPredicate)]),
    (.forgetsCommitIDs, [.history(.register), .history(.listAppend), .locks]),
    (.checksAndWritesApart, [.history(.register), .history(.bank)]),
    (.resolvesAllAsNotCommitted, [.history(.register)]),
    (.acceptsResolvedCommits, [.history(.listAppend)]),
    (.snapshotFollows, [.history(.listAppend)]),
  ]

  @Test(arguments: bugs.indices)
  func `a planted bug is found, and its seed finds it again`(_ index: Int) async throws {
    let (bug, workloads) = Self.bugs[index]
    for workload in workloads {
      var found: SimulationRun<SimulationReport>?
      for seed in 1...200 as ClosedRange<UInt64> where found == nil {
        let run = try await workload.check(in: Self.simulation(seed, bug))
        if !run.result.isClean { found = run }
      }
      guard let found else {
        Issue.record("\(bug) is not found by \(workload)")
        continue
      }
      #expect(found.description.contains("seed \(found.seed)"))
      let again = try await workload.check(in: Self.simulation(found.seed, bug))
      #expect(again.firstDifference(to: found) == nil)
      #expect(again.result.history.anomalies.map(\.kind) == found.result.history.anomalies.map(\.kind))
    }
  }

  private static func simulation(_ seed: UInt64, _ bug: PlantedBug) -> Simulation {
    Simulation(seed: seed) { PlantedBugStore(bug, now: $0) }
  }
}
