// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rome

/// Several changes of one key in a unit of work, and ids that are given and allocated side by side.
@Suite struct SameKeyTests {
  /// A row with a natural key, an indexed value, and another column.
  private final class Host: Entity {
    static let schema = EntitySchema(
      table: "hosts",
      columns: [
        ColumnDescription("name", String.self), ColumnDescription("zone", String.self),
        ColumnDescription("state", String.self),
      ],
      primaryKey: ["name"], indexes: [.index("zone")])
    static var zone: Column<Host, String> { Column(1) }
    let entityState: EntityState
    init(entityState: EntityState) { self.entityState = entityState }
    init(_ name: String, zone: String) {
      entityState = EntityState(of: Host.self)
      entityState[0] = name
      entityState[1] = zone
      entityState[2] = "up"
    }
    var zone: String {
      get { entityState[1] }
      set { entityState[1] = newValue }
    }
    var state: String {
      get { entityState[2] }
      set { entityState[2] = newValue }
    }
  }

  @Test(arguments: TestStore.all, [false, true])
  func aRowIsReplacedByANewOneOfTheSameKey(_ kind: TestStore, addsFirst: Bool) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    let old = Host("a", zone: "one")
    session.add(old)
    try await session.commit()
    let new = Host("a", zone: "two")
    if addsFirst { session.add(new) }
    session.delete(old)
    if !addsFirst { session.add(new) }
    try await session.flush()
    #expect(try await session.get(Host.self, "a") === new)
    new.state = "down"
    #expect(try await session.query(Host.self).filter(Host.zone == "two").one() === new)
    try await session.commit()
    try await expectClean(store)
    let stored = try #require(try await RomeSession(store).get(Host.self, "a"))
    #expect(stored.zone == "two" && stored.state == "down")
  }

  @Test(arguments: TestStore.all)
  func aReplacedRowIsHeldAgainAfterARollback(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    let old = (0..<20).map { Host("\($0)", zone: "one") }
    session.addAll(old)
    try await session.commit()
    let new = (0..<20).map { Host("\($0)", zone: "two") }
    for (old, new) in zip(old, new) {
      session.delete(old)
      session.add(new)
    }
    try await session.flush()
    session.rollback()
    for (number, host) in old.enumerated() { #expect(try await session.get(Host.self, "\(number)") === host) }
  }

  @Test(arguments: TestStore.all)
  func allocatedIDsPassOverThoseThatAreGivenInTheSameUnitOfWork(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    session.addAll([
      Author(id: 1, name: "a"), Author(name: "b"), Author(id: 3, name: "c"), Author(name: "d"), Author(name: "e"),
    ])
    try await session.flush()
    session.addAll([Author(id: 20, name: "f")] + (0..<40).map { Author(name: "g\($0)") })
    try await session.commit()
    #expect(try await session.query(Author.self).count() == 46)
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func theLastIDsOfASequenceAreHandedOutAndThenAnError(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    session.add(Author(id: Int(Int64.max) - 17, name: "given"))
    try await session.commit()
    session.add(Author(name: "allocated"))
    try await session.commit()
    var count = 2
    while count < 30 {
      session.add(Author(name: "more"))
      do {
        try await session.commit()
        count += 1
      } catch {
        #expect(error.code == .store)
        break
      }
    }
    session.rollback()
    #expect(count > 2 && count < 30)
    #expect(try await session.query(Author.self).count() == count)
  }
}
