// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Rome

/// Timestamps and both conventions of soft deletion.
@Suite struct ColumnRoleTests {
  private final class ByID: Entity {
    static let schema = EntitySchema(
      table: "by_id",
      columns: [
        ColumnDescription("id", Int?.self), ColumnDescription("created_at", Date?.self, role: .createdAt),
        ColumnDescription("updated_at", Date?.self, role: .updatedAt),
        ColumnDescription("deleted", Int.self, role: .deleted, default: { 0 }),
        ColumnDescription("deleted_at", Date?.self, role: .deletedAt), ColumnDescription("name", String.self),
      ],
      primaryKey: ["id"], indexes: [.unique("name", "deleted")])
    let entityState: EntityState
    init(entityState: EntityState) { self.entityState = entityState }
    init(_ name: String) {
      entityState = EntityState(of: ByID.self)
      entityState[5] = name
    }
    var createdAt: Date? { entityState[1] }
    var updatedAt: Date? { entityState[2] }
    var deleted: Int { entityState[3] }
    var deletedAt: Date? { entityState[4] }
  }

  private final class ByFlag: Entity {
    static let schema = EntitySchema(
      table: "by_flag",
      columns: [
        ColumnDescription("id", String.self),
        ColumnDescription("deleted", Bool.self, role: .deleted, default: { false }),
      ],
      primaryKey: ["id"])
    let entityState: EntityState
    init(entityState: EntityState) { self.entityState = entityState }
    var deleted: Bool { entityState[1] }
  }

  @Test(arguments: TestStore.all)
  func timestampsAreSetWhenRowsAreInsertedAndUpdated(_ kind: TestStore) async throws {
    let session = RomeSession(try await kind.make())
    let before = Date(timeIntervalSince1970: Date().timeIntervalSince1970 - 1)
    let row = ByID("a")
    session.add(row)
    try await session.commit()
    let created = try #require(row.createdAt)
    #expect(created > before)
    #expect(row.updatedAt == nil)
    row.entityState[5] = "b"
    try await session.commit()
    #expect(row.createdAt == created)
    #expect(try #require(row.updatedAt) >= created)
    let chosen = Date(timeIntervalSince1970: 1)
    row.entityState[2] = Date?.some(chosen)
    try await session.commit()
    #expect(row.updatedAt == chosen)
  }

  @Test(arguments: TestStore.all)
  func theIDConventionFreesTheName(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    let first = ByID("a")
    session.add(first)
    try await session.commit()
    try session.softDelete(first)
    session.add(ByID("a"))
    try await session.commit()
    #expect(first.deleted == 1)
    #expect(first.deletedAt != nil)
    let second = RomeSession(store)
    second.add(ByID("a"))
    await expectError(.uniqueViolation) { try await second.commit() }
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func theFlagConventionSetsTrue(_ kind: TestStore) async throws {
    let session = RomeSession(try await kind.make())
    let row = ByFlag(entityState: EntityState(of: ByFlag.self))
    row.entityState[0] = "a"
    #expect(throws: RomeError.self) { try session.softDelete(row) }
    session.add(row)
    try await session.commit()
    try session.softDelete(row)
    try await session.commit()
    #expect(row.deleted)
    let tag = Tag("none")
    session.add(tag)
    try await session.commit()
    #expect(throws: RomeError.self) { try session.softDelete(tag) }
  }
}
