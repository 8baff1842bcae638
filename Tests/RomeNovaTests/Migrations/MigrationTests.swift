// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import StoreTestSupport
import Testing

extension NovaDatabase {
  /// Adds a migration, and returns its number.
  @discardableResult
  func addMigration(_ assign: (inout NovaValues<Migration>) -> Void = { _ in }) async throws -> Int {
    try await migrationCreate(.admin, values: NovaValues(assign)).id ?? 0
  }

  /// Soft-deletes a migration, as the end of its instance does.
  func deleteMigration(_ id: Int) async throws {
    let session = RomeSession(store)
    try await session.query(Migration.self).filter(Migration.id == id).softDelete()
    try await session.commit()
  }
}

@Suite struct MigrationTests {
  @Test(arguments: TestStoreKind.all)
  func `A migration is read as it was added and changed`(_ kind: TestStoreKind) async throws {
    let noon = Date(timeIntervalSince1970: 1_456_833_600)
    let nova = try await kind.nova().at(noon)
    let id = try await nova.addMigration {
      $0.status = "migrating"
      $0.memoryTotal = 5_000_000_000
    }
    let changed = try await nova.migrationUpdate(.admin, id: id, values: NovaValues { $0.status = "confirmed" })
    #expect(changed.status == "confirmed" && changed.updatedAt == noon && changed.memoryTotal == 5_000_000_000)
    #expect(changed.hidden == false)
    #expect(try await nova.migrationGet(.admin, id: id).columns == changed.columns)
  }

  @Test(arguments: TestStoreKind.all)
  func `Deleted migrations are found by number, UUID and status, but not with their instance`(
    _ kind: TestStoreKind
  ) async throws {
    let nova = try await kind.nova()
    let id = try await nova.addMigration {
      $0.uuid = "m1"
      $0.instanceUUID = "i1"
      $0.status = "finished"
    }
    #expect(try await nova.migrationGetByIDAndInstance(.admin, id: id, instanceUUID: "i1").id == id)
    try await nova.deleteMigration(id)
    #expect(try await nova.migrationGet(.admin, id: id).deleted == id)
    #expect(try await nova.migrationGetByUUID(.admin, uuid: "m1").id == id)
    let found = try await nova.migrationGetByInstanceAndStatus(.admin, instanceUUID: "i1", status: "finished")
    #expect(found.id == id)
    await expectError(.migrationNotFoundForInstance, ["migration_id": .int(Int64(id)), "instance_id": "i1"]) {
      _ = try await nova.migrationGetByIDAndInstance(.admin, id: id, instanceUUID: "i1")
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `A migration that is not there is told of`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    await expectError(.migrationNotFound, ["migration_id": 42]) { _ = try await nova.migrationGet(.admin, id: 42) }
    await expectError(.migrationNotFound, ["migration_id": 42]) {
      _ = try await nova.migrationUpdate(.admin, id: 42, values: NovaValues { $0.status = "done" })
    }
    await expectError(.migrationNotFound, ["migration_id": "m"]) {
      _ = try await nova.migrationGetByUUID(.admin, uuid: "m")
    }
    await expectError(.migrationNotFoundByStatus, ["instance_id": "i", "status": "done"]) {
      _ = try await nova.migrationGetByInstanceAndStatus(.admin, instanceUUID: "i", status: "done")
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `A UUID is that of one migration, and many have none`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    for _ in 0..<2 { try await nova.addMigration() }
    try await nova.addMigration { $0.uuid = "m1" }
    await expectError(.dbDuplicateEntry, ["columns": ["uuid"]]) { try await nova.addMigration { $0.uuid = "m1" } }
  }
}
