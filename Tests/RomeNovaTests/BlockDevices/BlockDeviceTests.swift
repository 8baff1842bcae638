// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct BlockDeviceTests {
  private func device(
    _ name: String? = "/dev/vda", instance: String = "i", volume: String? = nil,
    _ assign: (inout NovaValues<BlockDeviceMapping>) -> Void = { _ in }
  ) -> NovaBlockDeviceValues {
    NovaBlockDeviceValues {
      $0.instanceUUID = instance
      $0.deviceName = name
      $0.volumeID = volume
      assign(&$0)
    }
  }

  private func swap(_ name: String, instance: String = "i") -> NovaBlockDeviceValues {
    device(name, instance: instance) {
      $0.sourceType = "blank"
      $0.destinationType = "local"
      $0.guestFormat = "swap"
    }
  }

  /// Adds devices, and answers their numbers.
  @discardableResult
  private func add(_ nova: NovaDatabase, _ devices: NovaBlockDeviceValues...) async throws -> [Int] {
    var ids: [Int] = []
    for device in devices {
      let row = try await nova.blockDeviceMappingCreate(.admin, values: device, legacy: false)
      ids.append(try #require(row.id))
    }
    return ids
  }

  private func names(_ nova: NovaDatabase, _ context: NovaContext = .admin) async throws -> [String?] {
    try await nova.blockDeviceMappingGetAllByInstance(context, instanceUUID: "i").map(\.deviceName)
  }

  @Test(arguments: TestStoreKind.all)
  func `A device gets a UUID, unless it has one`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let given = UUID().uuidString.lowercased()
    for uuid in [nil, "", given] {
      let row = try await nova.blockDeviceMappingCreate(.admin, values: device { $0.uuid = uuid }, legacy: false)
      let text = try #require(row.uuid)
      #expect(UUID(uuidString: text) != nil && row.deleteOnTermination == false)
    }
    let uuids = try await nova.blockDeviceMappingGetAllByInstance(.admin, instanceUUID: "i").map(\.uuid)
    #expect(uuids.last == given && Set(uuids).count == 3)
    for legacy in [true, false] {
      await expectError(.invalidUUID, ["uuid": "no"]) {
        let wrong = device(volume: "v") { $0.uuid = "no" }
        _ = try await nova.blockDeviceMappingCreate(.admin, values: wrong, legacy: legacy)
      }
      await expectError(.invalidUUID, ["uuid": "no"]) {
        _ = try await nova.blockDeviceMappingUpdateOrCreate(
          .admin, values: device { $0.uuid = "no" }, legacy: legacy)
      }
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `A change answers the row, and sets the time even if it changes nothing`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await add(nova, device())
    let time = Date(timeIntervalSince1970: 1_456_833_600)
    let change = NovaBlockDeviceValues { $0.destinationType = "moon" }
    for second in [0, 1] {
      let row = try await nova.at(time + TimeInterval(second)).blockDeviceMappingUpdate(.admin, id: 1, values: change)
      #expect(row?.destinationType == "moon" && row?.deviceName == "/dev/vda")
      #expect(row?.updatedAt == time + TimeInterval(second))
    }
    #expect(try await nova.blockDeviceMappingUpdate(.admin, id: 2, values: change) == nil)
  }

  @Test(arguments: TestStoreKind.all)
  func `A device is found by its name, and one without a name is always new`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let first = try await nova.blockDeviceMappingUpdateOrCreate(.admin, values: device(), legacy: false)
    let second = try await nova.blockDeviceMappingUpdateOrCreate(
      .admin, values: device { $0.destinationType = "camelot" }, legacy: false)
    #expect(second.id == first.id && second.uuid == first.uuid && second.destinationType == "camelot")
    for name in [nil, nil, ""] {
      _ = try await nova.blockDeviceMappingUpdateOrCreate(.admin, values: device(name), legacy: false)
    }
    _ = try await nova.blockDeviceMappingUpdateOrCreate(.admin, values: device(instance: "j"), legacy: false)
    #expect(try await names(nova) == ["/dev/vda", nil, nil, ""])
  }

  @Test(arguments: TestStoreKind.all)
  func `A device is found by its UUID before its name`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await add(nova, device("/dev/vda"), device("/dev/vdb"))
    let uuid = try await nova.blockDeviceMappingGetAllByInstance(.admin, instanceUUID: "i").first?.uuid
    let moved = try await nova.blockDeviceMappingUpdateOrCreate(
      .admin, values: device("/dev/vdb") { $0.uuid = uuid }, legacy: false)
    #expect(moved.id == 1)
    #expect(try await names(nova) == ["/dev/vdb", "/dev/vdb"])
    let other = try await nova.blockDeviceMappingUpdateOrCreate(
      .admin, values: device("/dev/vdb") { $0.uuid = UUID().uuidString }, legacy: false)
    #expect(other.id == 1 && other.uuid != uuid)
  }

  @Test(arguments: TestStoreKind.all)
  func `A deleted device is not found by its name`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await add(nova, device())
    try await nova.blockDeviceMappingDestroy(.admin, id: 1)
    #expect(try await nova.blockDeviceMappingUpdateOrCreate(.admin, values: device(), legacy: false).id == 2)
  }

  @Test(arguments: TestStoreKind.all)
  func `A new swap device takes the place of those before`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await add(nova, swap("device1"), device("/dev/vda"), swap("device1", instance: "j"))
    _ = try await nova.blockDeviceMappingUpdateOrCreate(.admin, values: swap("device2"), legacy: false)
    #expect(try await names(nova) == ["/dev/vda", "device2"])
    _ = try await nova.blockDeviceMappingUpdateOrCreate(
      .admin,
      values: NovaBlockDeviceValues(virtualName: "swap") {
        $0.instanceUUID = "i"
        $0.deviceName = "sdc"
      })
    #expect(try await names(nova) == ["/dev/vda", "/dev/sdc"])
    #expect(try await nova.blockDeviceMappingGetAllByInstance(.admin, instanceUUID: "j").count == 1)
  }

  @Test(arguments: TestStoreKind.all)
  func `Other empty disks stay beside each other`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    for name in ["/dev/sdb", "/dev/sdc"] {
      let disk = device(name) {
        $0.sourceType = "blank"
        $0.destinationType = "local"
        $0.guestFormat = "ext4"
      }
      _ = try await nova.blockDeviceMappingUpdateOrCreate(.admin, values: disk, legacy: false)
    }
    #expect(try await names(nova) == ["/dev/sdb", "/dev/sdc"])
  }

  @Test(arguments: TestStoreKind.all)
  func `Many callers of one device name make one device`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let rows = try await concurrently(24) { number in
      try await nova.blockDeviceMappingUpdateOrCreate(
        .admin, values: device { $0.volumeSize = number }, legacy: false)
    }
    #expect(Set(rows.map(\.id)).count == 1)
    #expect(try await names(nova) == ["/dev/vda"])
    try await expectClean(nova.store)
  }

  @Test(arguments: TestStoreKind.all)
  func `Of many swap devices at the same time one stays`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    _ = try await concurrently(12) { number in
      try await nova.blockDeviceMappingUpdateOrCreate(.admin, values: swap("device\(number)"), legacy: false)
    }
    #expect(try await names(nova).count == 1)
  }
}
