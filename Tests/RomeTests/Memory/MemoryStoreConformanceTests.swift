// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeTesting
import Testing

@Suite struct MemoryStoreConformanceTests {
  @Test(arguments: StoreConformance.cases)
  func `the memory store keeps every promise`(conformanceCase: ConformanceCase) async {
    let limited = conformanceCase.requirement == .maximumCommitBytes
    let result = await StoreConformance(makeStore: {
      MemoryStore(limits: MemoryStoreLimits(commitBytes: limited ? 100_000 : nil))
    }).run(conformanceCase)
    #expect(result == .passed)
  }

  @Test(arguments: 2..<12 as Range<UInt64>)
  func `the memory store answers random histories as the model`(seed: UInt64) async {
    let suite = StoreConformance(seed: seed, makeStore: { MemoryStore() })
    for name in ["random history", "random snapshots", "serializable"] {
      for conformanceCase in StoreConformance.cases where conformanceCase.name == name {
        #expect(await suite.run(conformanceCase) == .passed, "seed \(seed)")
      }
    }
  }
}
