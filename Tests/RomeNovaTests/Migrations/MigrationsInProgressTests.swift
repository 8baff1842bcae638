// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct MigrationsInProgressTests {
  @Test(arguments: TestStoreKind.all)
  func `Those from a node and to it are found, with their instances`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    var new = NewInstance()
    new.systemMetadata = ["image": "cirros"]
    let instance = try await nova.instanceCreate(.of("p"), values: new)
    func add(_ from: (String, String), _ to: (String, String), _ status: String?) async throws -> Int {
      try await nova.addMigration {
        ($0.sourceCompute, $0.sourceNode) = from
        ($0.destCompute, $0.destNode) = to
        $0.status = status
        $0.instanceUUID = instance.uuid
      }
    }
    let out = try await add(("h1", "a"), ("h2", "b"), "migrating")
    let back = try await add(("h2", "b"), ("h1", "a"), "finished")
    _ = try await add(("h1", "b"), ("h2", "a"), "migrating")
    _ = try await add(("h1", "a"), ("h2", "b"), "confirmed")
    // A status that is not known is no status that has not ended.
    _ = try await add(("h1", "a"), ("h2", "b"), nil)
    let deleted = try await add(("h1", "a"), ("h2", "b"), "migrating")
    try await nova.deleteMigration(deleted)

    let (found, plans) = try await nova.explaining { nova in
      try await nova.migrationGetInProgressByHostAndNode(.admin, host: "h1", node: "a")
    }
    #expect(found.map(\.id) == [out, back])
    for migration in found {
      let loaded = try #require(migration[Migration.instance] ?? nil)
      #expect(loaded.uuid == instance.uuid && loaded[Instance.systemMetadata]?.map(\.value) == ["cirros"])
    }
    #expect(plans.count == 3 && plans.allSatisfy { !$0.hasFullScan }, "\(plans)")
  }

  @Test(arguments: TestStoreKind.all)
  func `Releases differ in what an end is`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let statuses = [
      "accepted", "completed", "cancelled", "done", "confirmed", "reverted", "error", "failed", "running",
    ]
    for status in statuses {
      try await nova.addMigration {
        ($0.sourceCompute, $0.sourceNode, $0.status) = ("h", "n", status)
      }
    }
    let expected: [NovaRelease: [String]] = [
      .mitaka: ["completed", "cancelled", "done", "running"], .ocata: ["done", "running"],
      .train: ["accepted", "running"],
    ]
    for (release, statuses) in expected {
      let found = try await nova.of(release).migrationGetInProgressByHostAndNode(.admin, host: "h", node: "n")
      #expect(found.map(\.status) == statuses, "\(release)")
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `Those of an instance that have not ended are found, of one type or of all`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    for (status, type) in [
      ("queued", "live-migration"), ("preparing", "live-migration"), ("running", "resize"),
      ("post-migrating", "live-migration"), ("completed", "live-migration"),
    ] {
      try await nova.addMigration {
        ($0.instanceUUID, $0.status, $0.migrationType) = ("i1", status, type)
      }
    }
    let all = try await nova.migrationGetInProgressByInstance(.admin, instanceUUID: "i1")
    #expect(all.map(\.status) == ["queued", "preparing", "running", "post-migrating"])
    let resizes = try await nova.migrationGetInProgressByInstance(.admin, instanceUUID: "i1", migrationType: "resize")
    #expect(resizes.map(\.status) == ["running"])
    #expect(try await nova.migrationGetInProgressByInstance(.admin, instanceUUID: "i2").isEmpty)
  }

  @Test(arguments: TestStoreKind.all)
  func `Those that nobody has confirmed since long are found, deleted ones too`(_ kind: TestStoreKind) async throws {
    let noon = Date(timeIntervalSince1970: 1_456_833_600)
    let nova = try await kind.nova().at(noon)
    func add(_ age: TimeInterval, _ status: String = "finished", to host: String = "h1") async throws -> Int {
      try await nova.addMigration {
        ($0.destCompute, $0.status, $0.updatedAt) = (host, status, noon.addingTimeInterval(-age))
      }
    }
    let old = try await add(3600)
    let edge = try await add(10)
    _ = try await add(9)
    _ = try await add(3600, "confirmed")
    _ = try await add(3600, to: "h2")
    try await nova.deleteMigration(old)
    let (found, plans) = try await nova.explaining { nova in
      try await nova.migrationGetUnconfirmedByDestCompute(.admin, confirmWindow: 10, destCompute: "h1")
    }
    #expect(found.map(\.id) == [old, edge])
    #expect(plans.allSatisfy { !$0.hasFullScan && $0.statistics.rowsRead == 2 }, "\(plans)")
  }
}
