// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeTesting
import Testing

/// The suite itself: it passes a store that is right and finds each mistake in one that is not.
@Suite struct StoreConformanceTests {
  @Test(arguments: PlantedBug.allCases)
  func `the suite finds a planted bug in the case that is about it`(bug: PlantedBug) async {
    let suite = StoreConformance(makeStore: { PlantedBugStore(bug) })
    for conformanceCase in StoreConformance.cases where bug.foundBy.contains(conformanceCase.name) {
      let result = await suite.run(conformanceCase)
      guard case .failed(let failures) = result else {
        Issue.record("\(bug) was not found by '\(conformanceCase.name)': \(result)")
        continue
      }
      #expect(failures.allSatisfy { $0.caseName == conformanceCase.name })
    }
  }

  @Test(arguments: [
    PlantedBug.ignoresVersions, .ignoresAbsence, .ignoresExistence, .ignoresRanges, .comparesOnlyRangeCounts,
    .comparesOnlyRangeEnds, .ignoresCounts, .countsAtMost, .reportsLastFailingCheck, .writesEntriesDespiteConflict,
    .deletesLast, .skipsUnchangedRows, .hidesEmptyRows, .dropsDuplicates, .ignoresDirection, .limitsTheWrongEnd,
    .includesUpperBound, .excludesLowerBound, .neverTruncates, .countsUpToLimit, .dropsDanglingEntries,
    .losesColumnLengths, .invertedRangeIsAll, .endsKeysAtZero, .ordersSignedBytes, .repeatsLastID, .ignoresAdvance,
  ])
  func `random histories find a planted bug without being made for it`(bug: PlantedBug) async {
    let suite = StoreConformance(makeStore: { PlantedBugStore(bug) })
    for conformanceCase in StoreConformance.cases where conformanceCase.name == "random history" {
      guard case .failed = await suite.run(conformanceCase) else {
        Issue.record("\(bug) was not found")
        continue
      }
    }
  }

  @Test(arguments: [PlantedBug.ignoresVersions, .ignoresRanges, .ignoresCounts, .checksAndWritesApart])
  func `concurrent transactions find a check that is dropped`(bug: PlantedBug) async {
    // Tasks step aside at each call, so that they interleave on any machine.
    let suite = StoreConformance(makeStore: {
      FaultyStore(PlantedBugStore(bug), plan: .random(seed: 3, probability: 0.5, [.yield(2)]))
    })
    for conformanceCase in StoreConformance.cases where conformanceCase.name == "serializable" {
      guard case .failed = await suite.run(conformanceCase) else {
        Issue.record("\(bug) was not found")
        continue
      }
    }
  }

  @Test(arguments: StoreConformance.cases.map(\.name).filter { $0.contains("lease") || $0 == "paused holder" })
  func `the leases that bugs are planted into are right without one`(name: String) async throws {
    let conformanceCase = try #require(StoreConformance.cases.first { $0.name == name })
    #expect(await StoreConformance(makeStore: { PlantedBugStore(.hidesEmptyRows) }).run(conformanceCase) == .passed)
  }

  @Test func `every bug names cases of the suite`() {
    let names = StoreConformance.cases.map(\.name)
    #expect(Set(names).count == names.count)
    for bug in PlantedBug.allCases {
      #expect(!bug.foundBy.isEmpty && bug.foundBy.isSubset(of: names), "\(bug)")
    }
  }

  @Test func `a run of all cases finds nothing wrong with the memory store`() async {
    let failures = await StoreConformance(makeStore: { MemoryStore() }).run()
    #expect(failures == [])
  }

  @Test func `a store that can't be made is a failure of the case`() async throws {
    let suite = StoreConformance(makeStore: { throw StoreError(.unavailable, "nobody is there") })
    let first = try #require(StoreConformance.cases.first)
    guard case .failed(let failures) = await suite.run(first) else {
      Issue.record("the case did not fail")
      return
    }
    #expect(failures.map(\.caseName) == [first.name])
  }

  @Test func `a case is skipped when the store does not declare what it needs`() async throws {
    let unlimited = MemoryStoreLimits(keyBytes: nil, rowBytes: nil, commitBytes: nil)
    let suite = StoreConformance(makeStore: { MemoryStore(limits: unlimited) })
    let about = StoreConformance.cases.filter { $0.requirement == .maximumKeyBytes }
    #expect(!about.isEmpty)
    for conformanceCase in about { #expect(await suite.run(conformanceCase) == .skipped(.maximumKeyBytes)) }
  }
}
