// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rome

@Suite struct IdentityTableTests {
  private func key(_ number: Int) -> Key { KeyEncoder.encode(.int(Int64(number))) }

  @Test func `an entity is found at the place that was kept from before a sweep`() {
    let table = IdentityTable()
    let kept = Author(id: 1, name: "kept")
    let other = Author(id: 2, name: "other")
    table.insert(other, key(2))
    let place = table.place(of: key(1))
    let otherPlace = table.place(of: key(2))
    // Nobody holds the entities of these rows, so making room forgets them, and moves the others.
    for number in 10..<3000 { table.insert(Author(id: number, name: ""), key(number)) }
    table.makeRoom(for: 5000)
    #expect(table.entity(key(2), at: otherPlace) === other)
    table.insert(kept, key(1), at: place)
    #expect(table.entity(key(1)) === kept)
    #expect(table.entity(key(2)) === other)
    #expect(table.entities.count == 2)
  }

  @Test func `the rows of entities that are gone are forgotten in time`() {
    let table = IdentityTable()
    let kept = (0..<700).map { Author(id: $0, name: "") }
    for (number, entity) in kept.enumerated() { table.insert(entity, key(number)) }
    for number in 1000..<100_000 { table.insert(Author(id: number, name: ""), key(number)) }
    #expect(table.slotCount < 10_000)
    #expect(kept.indices.allSatisfy { table.entity(key($0)) === kept[$0] })
    #expect(table.entity(key(1000)) == nil)
  }

  @Test func `an entity is removed, and not the one that took its place`() {
    let table = IdentityTable()
    let first = Author(id: 1, name: "first")
    let second = Author(id: 1, name: "second")
    table.insert(first, key(1))
    table.insert(second, key(1))
    table.remove(first, key(1))
    #expect(table.entity(key(1)) === second)
    table.remove(second, key(1))
    #expect(table.entity(key(1)) == nil)
  }

  @Test(arguments: TestStore.all)
  func `keys that repeat are read once, and yield the same entity`(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let writer = RomeSession(store)
    writer.addAll((1...4).map { (id: Int) in Author(id: id, name: "author \(id)") })
    try await writer.commit()
    let session = RomeSession(store)
    let held = try await session.get(Author.self, 4)
    let before = session.statistics
    let keys = [3, 1, 3, 9, 4, 1, 9, 2]
    let found = try await session.get(Author.self, keys: keys)
    #expect(found.map { $0?.id } == [3, 1, 3, nil, 4, 1, nil, 2])
    #expect(found[0] === found[2] && found[1] === found[5] && found[4] === held)
    // 1, 2, 3 and the 9 that is not there; 4 is held.
    #expect(session.statistics.keysRead - before.keysRead == 4)
    #expect(session.statistics.rowsRead - before.rowsRead == 3)
  }
}
