// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct OnlineMigrationTests {
  @Test(arguments: TestStoreKind.all)
  func `Rows without a UUID get one, no more at a time than may`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    for host in ["h1", "h2", "h3"] {
      _ = try await nova.serviceCreate(
        .admin,
        values: NovaValues {
          $0.host = host
          $0.uuid = host == "h2" ? testUUID(2) : nil
        })
    }
    #expect(try await nova.serviceUUIDsOnlineDataMigration(.admin, maxCount: 1) == MigratedRows(seen: 1, changed: 1))
    #expect(try await nova.serviceUUIDsOnlineDataMigration(.admin, maxCount: 9) == MigratedRows(seen: 1, changed: 1))
    #expect(try await nova.serviceUUIDsOnlineDataMigration(.admin, maxCount: 9) == MigratedRows(seen: 0, changed: 0))
    let uuids = try await nova.serviceGetAll(.admin).compactMap(\.uuid)
    #expect(Set(uuids).count == 3 && uuids[1] == testUUID(2) && uuids.allSatisfy { $0.count == 36 })
  }

  @Test(arguments: TestStoreKind.all)
  func `Aggregates and compute nodes get a UUID, too`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let gone = Aggregate()
    (gone.id, gone.deleted) = (2, 2)
    try await nova.write([Aggregate(), gone])
    #expect(try await nova.aggregateUUIDsOnlineDataMigration(.admin, maxCount: 9) == MigratedRows(seen: 1, changed: 1))
    #expect(
      try await nova.computenodeUUIDsOnlineDataMigration(.admin, maxCount: 9) == MigratedRows(seen: 0, changed: 0))
  }

  @Test(arguments: TestStoreKind.all)
  func `Addresses of physical functions move once all readers know their place`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    func device(_ address: String, _ info: String?) -> PciDevice {
      let device = PciDevice(
        computeNodeID: 1, address: address, vendorID: "v", productID: "p", devType: "t", label: "l", status: "available"
      )
      device.extraInfo = info
      return device
    }
    try await nova.write([
      device("a", #"{"phys_function": "0000:01:00.1"}"#), device("b", "{}"), device("c", nil), device("d", "nonsense"),
    ])
    func service(_ binary: String, _ version: Int) async throws {
      _ = try await nova.serviceCreate(
        .admin, values: NovaValues { ($0.host, $0.binary, $0.version) = (binary, binary, version) })
    }
    try await service("nova-api", 4)
    #expect(try await nova.pcideviceOnlineDataMigration(.admin, maxCount: 9) == MigratedRows(seen: 0, changed: 0))
    try await service("nova-conductor", 4)
    #expect(try await nova.pcideviceOnlineDataMigration(.admin, maxCount: 9) == MigratedRows(seen: 4, changed: 1))
    let addresses = try await RomeSession(nova.store).query(PciDevice.self).order(by: PciDevice.id).all().map(
      \.parentAddr)
    #expect(addresses == ["0000:01:00.1", nil, nil, nil])
  }
}
