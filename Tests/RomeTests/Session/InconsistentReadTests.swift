// SPDX-License-Identifier: Apache-2.0

import RomeTesting
import Testing

@testable import Rome

/// On a store without snapshots the reads of one attempt may show two states. Such an attempt decides nothing.
@Suite struct InconsistentReadTests {
  private struct SumIsWrong: Error {}

  @Test(arguments: TestStore.all)
  func anErrorFromReadsOfTwoStatesIsAConflict(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let setup = RomeSession(store)
    setup.addAll([Book(title: "a", price: 50), Book(title: "b", price: 50)])
    try await setup.commit()
    let session = RomeSession(store)
    var attempts = 0
    let sum = try await session.transaction { session in
      attempts += 1
      let first = try #require(try await session.get(Book.self, 1)).price
      if attempts == 1 {
        // Somebody moves money while the sum is made.
        let other = RomeSession(store)
        let books = try await other.query(Book.self).order(by: Book.id).all()
        books[0].price -= 10
        books[1].price += 10
        try await other.commit()
      }
      let second = try #require(try await session.get(Book.self, 2)).price
      guard first + second == 100 else { throw SumIsWrong() }
      return first + second
    }
    #expect(sum == 100)
    #expect(attempts == (store.capabilities.snapshotReads ? 1 : 2))
  }

  @Test(arguments: TestStore.all)
  func anErrorFromReadsOfOneStateReachesTheCaller(_ kind: TestStore) async throws {
    let store = FaultyStore(try await kind.make())
    let setup = RomeSession(store)
    setup.add(Book(title: "a", price: 50))
    try await setup.commit()
    let session = RomeSession(store)
    store.resetCounts()
    var attempts = 0
    await #expect(throws: SumIsWrong.self) {
      try await session.transaction { session in
        attempts += 1
        _ = try await session.get(Book.self, 1)
        throw SumIsWrong()
      }
    }
    #expect(attempts == 1)
    #expect(store.counts[.commit] == (store.capabilities.snapshotReads ? 0 : 1))
  }
}
