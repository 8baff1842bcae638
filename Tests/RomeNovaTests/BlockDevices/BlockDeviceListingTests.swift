// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct BlockDeviceListingTests {
  /// A database with the devices 1 (`i`, `v`), 2 (`i`, `w`), 3 (`j`, `v`) and 4 (`i`, `v`).
  private func nova(_ kind: TestStoreKind) async throws -> NovaDatabase {
    let nova = try await kind.nova()
    for (instance, volume, name) in [("i", "v", "a"), ("i", "w", "b"), ("j", "v", "a"), ("i", "v", "c")] {
      let device = NovaBlockDeviceValues {
        $0.instanceUUID = instance
        $0.volumeID = volume
        $0.deviceName = name
      }
      _ = try await nova.blockDeviceMappingCreate(.admin, values: device, legacy: false)
    }
    return nova
  }

  @Test(arguments: TestStoreKind.all)
  func `Devices are listed by instance and by volume, without a scan`(_ kind: TestStoreKind) async throws {
    let nova = try await nova(kind)
    let (_, plans) = try await nova.explaining { nova in
      #expect(try await nova.blockDeviceMappingGetAllByInstance(.admin, instanceUUID: "i").map(\.id) == [1, 2, 4])
      #expect(
        try await nova.blockDeviceMappingGetAllByInstanceUUIDs(.admin, instanceUUIDs: ["j", "i", "k"]).map(\.id)
          == [1, 2, 3, 4])
      #expect(try await nova.blockDeviceMappingGetAllByVolumeID(.admin, volumeID: "v").map(\.id) == [1, 3, 4])
      let first = try await nova.blockDeviceMappingGetByInstanceAndVolumeID(.admin, volumeID: "v", instanceUUID: "i")
      #expect(first?.id == 1)
      let none = try await nova.blockDeviceMappingGetByInstanceAndVolumeID(.admin, volumeID: "w", instanceUUID: "j")
      #expect(none == nil)
    }
    #expect(plans.count == 5 && plans.allSatisfy { !$0.hasFullScan }, "\(plans)")
    #expect(try await nova.blockDeviceMappingGetAllByInstanceUUIDs(.admin, instanceUUIDs: []).isEmpty)
  }

  @Test(arguments: TestStoreKind.all)
  func `Instances are loaded for those who ask, all in one query`(_ kind: TestStoreKind) async throws {
    let nova = try await nova(kind)
    let session = RomeSession(nova.store)
    session.add(Instance(uuid: "i"))
    try await session.commit()
    let plain = try await nova.blockDeviceMappingGetAllByVolumeID(.admin, volumeID: "v")
    #expect(plain.allSatisfy { $0[BlockDeviceMapping.instance] == nil })
    let (devices, plans) = try await nova.explaining { nova in
      try await nova.blockDeviceMappingGetAllByVolumeID(.admin, volumeID: "v", columnsToJoin: [.instance])
    }
    #expect(devices.map { $0[BlockDeviceMapping.instance]??.uuid } == ["i", nil, "i"])
    #expect(devices[1][BlockDeviceMapping.instance] != nil)
    #expect(plans.count == 2, "\(plans)")
    let one = try await nova.blockDeviceMappingGetByInstanceAndVolumeID(
      .admin, volumeID: "w", instanceUUID: "i", columnsToJoin: [.instance])
    #expect(one?[BlockDeviceMapping.instance]??.uuid == "i")
  }

  @Test(arguments: TestStoreKind.all)
  func `Devices are deleted by number, by volume and by name`(_ kind: TestStoreKind) async throws {
    func remaining(_ nova: NovaDatabase) async throws -> [Int?] {
      try await nova.blockDeviceMappingGetAllByInstanceUUIDs(.admin, instanceUUIDs: ["i", "j"]).map(\.id)
    }
    let first = try await nova(kind)
    try await first.blockDeviceMappingDestroy(.admin, id: 2)
    try await first.blockDeviceMappingDestroy(.admin, id: 2)
    #expect(try await remaining(first) == [1, 3, 4])
    let all = try await first.blockDeviceMappingGetAllByInstance(.admin.reading(.yes), instanceUUID: "i")
    #expect(all.map(\.deleted) == [0, 2, 0] && all[1].deletedAt != nil && all[1].updatedAt == nil)

    let second = try await nova(kind)
    try await second.blockDeviceMappingDestroyByInstanceAndVolume(.admin, instanceUUID: "i", volumeID: "v")
    #expect(try await remaining(second) == [2, 3])

    let third = try await nova(kind)
    try await third.blockDeviceMappingDestroyByInstanceAndDevice(.admin, instanceUUID: "i", deviceName: "a")
    #expect(try await remaining(third) == [2, 3, 4])
  }

  @Test func `An anonymous caller gets no answer`() async throws {
    let nova = try await nova(.memory)
    let nobody = NovaContext()
    await expectError(.forbidden) {
      _ = try await nova.blockDeviceMappingGetAllByInstance(nobody, instanceUUID: "i")
    }
    await expectError(.forbidden) {
      _ = try await nova.blockDeviceMappingCreate(nobody, values: NovaBlockDeviceValues { $0.volumeID = "v" })
    }
    await expectError(.forbidden) { try await nova.blockDeviceMappingDestroy(nobody, id: 1) }
  }
}
