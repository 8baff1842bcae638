// SPDX-License-Identifier: Apache-2.0

import Rome
import Synchronization
import Testing

/// The code of *Writing an adapter* about stores that wrap others.
@Suite struct AdapterTests {
  final class CountingStore: ForwardingStore {
    let base: any Store
    let commits = Atomic(0)
    init(_ base: any Store) { self.base = base }

    func commit(_ commit: Commit) async throws(StoreError) -> CommitOutcome {
      commits.add(1, ordering: .relaxed)
      return try await base.commit(commit)
    }
  }

  @Test func aStoreThatCountsCommits() async throws {
    let store = CountingStore(MemoryStore())
    let session = RomeSession(store)
    session.add(Tag("robots"))
    try await session.commit()
    let before = store.commits.load(ordering: .relaxed)
    session.add(Tag("space"))
    try await session.commit()
    #expect(store.commits.load(ordering: .relaxed) == before + 1)
    #expect(try await session.query(Tag.self).count() == 2)
  }
}
