// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeTesting
import Testing

@Suite struct HistoryWorkloadTests {
  @Test(arguments: HistoryWorkload.allCases, 1...4 as ClosedRange<UInt64>)
  func `a correct store gives no alarm`(_ workload: HistoryWorkload, _ seed: UInt64) async throws {
    var options = HistoryWorkload.Options()
    options.seed = seed
    let report = try await workload.check(MemoryStore(), options)
    #expect(report.isClean, "seed \(seed): \(report)")
    #expect(report.transactionCount > 400)
  }

  /// The bugs that the checker must find, and the workloads that show them.
  private static let bugs: [(bug: PlantedBug, workloads: [HistoryWorkload])] = [
    (.ignoresVersions, [.register, .bank]),
    (.ignoresRanges, [.listAppend, .setWithPredicate, .uniqueClaim]),
    (.trustsSnapshotHint, [.register, .listAppend]),
    (.checksAndWritesApart, [.register, .bank, .listAppend]),
  ]

  @Test(arguments: bugs.indices)
  func `a store with a bug is found out`(_ index: Int) async throws {
    let (bug, workloads) = Self.bugs[index]
    for workload in workloads {
      var isFound = false
      for seed in 1...20 as ClosedRange<UInt64> where !isFound {
        var options = HistoryWorkload.Options()
        options.seed = seed
        options.clients = 16
        isFound = try await !workload.check(PlantedBugStore(bug), options).isClean
      }
      #expect(isFound, "\(bug) by \(workload)")
    }
  }

  @Test func `a transaction that asks for less isolation shows what it gives up`() async throws {
    var kinds: Set<HistoryAnomaly.Kind> = []
    for seed in 1...20 as ClosedRange<UInt64> {
      var options = HistoryWorkload.Options()
      options.seed = seed
      options.isolation = .snapshot
      kinds.formUnion(try await HistoryWorkload.setWithPredicate.check(MemoryStore(), options).anomalies.map(\.kind))
    }
    // Snapshots have write skew, and nothing worse.
    #expect(kinds == [.antiDependency], "\(kinds)")
  }
}
