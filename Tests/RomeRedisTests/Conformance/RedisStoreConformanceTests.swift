// SPDX-License-Identifier: Apache-2.0

import RedisTestSupport
import Rome
import RomeRedis
import RomeTesting
import Testing

struct RedisStoreConformanceTests {
  private func run(
    _ conformanceCase: ConformanceCase, _ change: @escaping @Sendable (inout RedisConfiguration) -> Void
  )
    async
  {
    let suite = StoreConformance(
      makeStore: { try await RedisStore.connect(to: .shared(change)) },
      disposeStore: { store in
        guard let store = store as? RedisStore else { return }
        _ = try? await store.eraseNamespace()
        await store.close()
      })
    if case .failed(let failures) = await suite.run(conformanceCase) {
      for failure in failures { Issue.record("\(failure)") }
    }
  }

  @Test(arguments: StoreConformance.cases)
  func `a store that fetches rows in one round trip conforms`(conformanceCase: ConformanceCase) async {
    await run(conformanceCase) { $0.rowFetch = .oneRoundTrip }
  }

  @Test(arguments: StoreConformance.cases)
  func `a store that fetches rows in two round trips conforms`(conformanceCase: ConformanceCase) async {
    await run(conformanceCase) { $0.rowFetch = .twoRoundTrips }
  }

  @Test(arguments: StoreConformance.cases)
  func `a store with tiny pages conforms`(conformanceCase: ConformanceCase) async {
    await run(conformanceCase) {
      $0.pageEntries = 3
      $0.pageBytes = 10
    }
  }
}
