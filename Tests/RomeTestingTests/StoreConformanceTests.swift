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
