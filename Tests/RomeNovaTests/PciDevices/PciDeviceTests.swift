// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct PciDeviceTests {
  private func values(_ assign: (inout NovaValues<PciDevice>) -> Void = { _ in }) -> NovaValues<PciDevice> {
    NovaValues {
      $0.vendorID = "8086"
      $0.productID = "1520"
      $0.devType = "type-VF"
      $0.label = "label_8086_1520"
      $0.status = "available"
      assign(&$0)
    }
  }

  private func add(
    _ nova: NovaDatabase, _ node: Int, _ address: String, _ assign: (inout NovaValues<PciDevice>) -> Void = { _ in }
  ) async throws -> Int? {
    try await nova.pciDeviceUpdate(.admin, nodeID: node, address: address, values: values(assign)).id
  }

  @Test(arguments: TestStoreKind.all)
  func `An update adds the device at an address, or changes it and always its time`(_ kind: TestStoreKind) async throws
  {
    let noon = Date(timeIntervalSince1970: 1_456_833_600)
    let nova = try await kind.nova().at(noon)
    let added = try await nova.pciDeviceUpdate(.admin, nodeID: 1, address: "a", values: values())
    #expect(added.computeNodeID == 1 && added.address == "a" && added.updatedAt == nil)
    let same = try await nova.pciDeviceUpdate(.admin, nodeID: 1, address: "a", values: values())
    #expect(same.id == added.id && same.updatedAt == noon)
    let claimed = try await nova.pciDeviceUpdate(
      .admin, nodeID: 1, address: "a", values: NovaValues { $0.status = "claimed" })
    #expect(claimed.id == added.id && claimed.status == "claimed" && claimed.vendorID == "8086")
  }

  @Test(arguments: TestStoreKind.all)
  func `Devices are found by number, node, address, parent and instance`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let a = try await add(nova, 1, "a") {
      ($0.parentAddr, $0.status, $0.instanceUUID) = ("x", "allocated", "i1")
    }
    let b = try await add(nova, 1, "b") {
      ($0.parentAddr, $0.status, $0.instanceUUID) = ("y", "claimed", "i1")
    }
    let c = try await add(nova, 2, "a") {
      ($0.parentAddr, $0.status, $0.instanceUUID) = ("x", "allocated", "i1")
    }
    let (found, plans) = try await nova.explaining { nova in
      [
        [try await nova.pciDeviceGetByID(.admin, id: 2)],
        [try await nova.pciDeviceGetByAddr(.admin, nodeID: 2, address: "a")],
        try await nova.pciDeviceGetAllByNode(.admin, nodeID: 1),
        try await nova.pciDeviceGetAllByParentAddr(.admin, nodeID: 1, parentAddr: "x"),
        try await nova.pciDeviceGetAllByInstanceUUID(.of("p"), instanceUUID: "i1"),
        try await nova.pciDeviceGetAllByNode(.admin, nodeID: 3),
      ]
    }
    #expect(found.map { $0.map(\.id) } == [[b], [c], [a, b], [a], [a, c], []])
    #expect(plans.count == 6 && plans.allSatisfy { !$0.hasFullScan }, "\(plans)")
    await expectError(.forbidden) {
      _ = try await nova.pciDeviceGetAllByInstanceUUID(NovaContext(), instanceUUID: "i1")
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `A device is removed, and another one can come to its address`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let first = try await add(nova, 1, "a")
    try await nova.pciDeviceDestroy(.admin, nodeID: 1, address: "a")
    let fields: [String: NovaField] = ["node_id": 1, "address": "a"]
    await expectError(.pciDeviceNotFound, fields) {
      try await nova.pciDeviceDestroy(.admin, nodeID: 1, address: "a")
    }
    await expectError(.pciDeviceNotFound, fields) {
      _ = try await nova.pciDeviceGetByAddr(.admin, nodeID: 1, address: "a")
    }
    await expectError(.pciDeviceNotFoundByID, ["id": 1]) { _ = try await nova.pciDeviceGetByID(.admin, id: 1) }
    #expect(try await nova.pciDeviceGetByID(.admin.reading(.yes), id: 1).id == first)
    #expect(try await add(nova, 1, "a") != first)
  }

  @Test(arguments: TestStoreKind.all)
  func `A device that many callers add at the same time is there once, and no caller fails`(
    _ kind: TestStoreKind
  ) async throws {
    let nova = try await kind.nova()
    let ids = try await concurrently(16) { number in
      try await add(nova, 1, "a") { $0.label = "\(number)" }
    }
    #expect(Set(ids).count == 1)
    #expect(try await RomeSession(nova.store).query(PciDevice.self).count() == 1)
    try await expectClean(nova.store)
  }
}
