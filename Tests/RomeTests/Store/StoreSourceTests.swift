// SPDX-License-Identifier: Apache-2.0

import Rome
import Testing

@Suite struct StoreSourceTests {
  @Test func `a source of one store keeps it`() async throws {
    let store = MemoryStore()
    let source = StoreSource(store)
    #expect(!source.isRenewable)
    await expectError(.invalidState) { try await source.renew() }
    #expect(source.store as? MemoryStore === store)
  }

  @Test func `each store gets its number, and the one that it replaces`() async throws {
    let stores = Recorder<MemoryStore>()
    let replaced = Recorder<(generation: Int, store: MemoryStore?)>()
    let source = try await StoreSource(renewedBy: { generation, store in
      replaced.record((generation, store as? MemoryStore))
      let new = MemoryStore()
      stores.record(new)
      return new
    })
    #expect(source.isRenewable)
    #expect(source.store as? MemoryStore === stores.values[0])
    let session = RomeSession(source.store)
    session.add(Author(name: "Lem"))
    try await session.commit()
    for number in 1...2 {
      try await source.renew()
      #expect(source.store as? MemoryStore === stores.values[number])
      #expect(replaced.values[number].store === stores.values[number - 1])
      #expect(try await RomeSession(source.store).query(Author.self).count() == 0)
    }
    #expect(replaced.values.map(\.generation) == [0, 1, 2])
    #expect(replaced.values[0].store == nil)
    // Who had the old store before still works on it.
    #expect(try await session.query(Author.self).count() == 1)
  }

  @Test func `a store that can't be made leaves the one that is there`() async throws {
    let source = try await StoreSource(renewedBy: { generation, _ in
      if generation == 1 { throw StoreError(.unavailable, "there is no server") }
      return MemoryStore()
    })
    let first = try #require(source.store as? MemoryStore)
    await #expect(throws: StoreError.self) { try await source.renew() }
    #expect(source.store as? MemoryStore === first)
    try await source.renew()
    #expect(source.store as? MemoryStore !== first)
  }

  @Test func `of renewals at the same time the last one counts, whichever store comes first`() async throws {
    let (begun, noteBegun) = AsyncStream<Void>.makeStream()
    let (released, release) = AsyncStream<Void>.makeStream()
    let last = MemoryStore()
    let source = try await StoreSource(renewedBy: { generation, _ in
      if generation == 2 { return last }
      if generation == 1 {
        noteBegun.finish()
        for await _ in released {}
      }
      return MemoryStore()
    })
    async let slow: Void = source.renew()
    for await _ in begun {}
    try await source.renew()
    #expect(source.store as? MemoryStore === last)
    release.finish()
    try await slow
    #expect(source.store as? MemoryStore === last)
  }
}
