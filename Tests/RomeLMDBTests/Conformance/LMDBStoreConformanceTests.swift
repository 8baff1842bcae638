// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeLMDB
import RomeTesting
import Testing

@Suite struct LMDBStoreConformanceTests {
  @Test(arguments: StoreConformance.cases)
  func `the LMDB store keeps every promise`(conformanceCase: ConformanceCase) async {
    let result = await StoreConformance(makeStore: { try TestFile().open() }).run(conformanceCase)
    switch result {
    case .passed, .skipped: break
    case .failed(let failures): Issue.record("\(failures)")
    }
  }

  @Test(arguments: 2..<12 as Range<UInt64>)
  func `the LMDB store answers random histories as the model`(seed: UInt64) async {
    let suite = StoreConformance(seed: seed, makeStore: { try TestFile().open() })
    for name in ["random history", "random snapshots", "serializable"] {
      for conformanceCase in StoreConformance.cases where conformanceCase.name == name {
        #expect(await suite.run(conformanceCase) == .passed, "seed \(seed)")
      }
    }
  }
}
