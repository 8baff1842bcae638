// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct VirtualInterfaceTests {
  @Test(arguments: TestStoreKind.all)
  func `A live interface has an address of its own`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let id = try await nova.addInterface("aa:bb") { $0.uuid = "u" }
    await expectError(.virtualInterfaceCreateException) { _ = try await nova.addInterface("aa:bb") }
    #expect(try await nova.virtualInterfaceGet(.admin, id: id)?.address == "aa:bb")
    #expect(try await nova.virtualInterfaceGetByAddress(.admin, address: "aa:bb")?.id == id)
    #expect(try await nova.virtualInterfaceGetByUUID(.admin, uuid: "u")?.id == id)
    try await nova.virtualInterfaceDelete(.admin, id: id)
    let gone = [
      try await nova.virtualInterfaceGet(.admin.reading(.yes), id: id),
      try await nova.virtualInterfaceGetByAddress(.admin, address: "aa:bb"),
      try await nova.virtualInterfaceGetByUUID(.admin, uuid: "u"),
    ]
    #expect(gone.allSatisfy { $0?.id == nil })
    let again = try await nova.addInterface("aa:bb")
    #expect(try await nova.virtualInterfaceGetAll(.admin).map(\.id) == [again])
    await expectError(.forbidden) { _ = try await nova.virtualInterfaceGetAll(NovaContext()) }
  }

  @Test(arguments: TestStoreKind.all)
  func `The interfaces of an instance come in the order in which they were added`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let uuid = try await nova.addInstance(project: "p")
    for (number, time) in [30.0, 10, 20].enumerated() {
      _ = try await nova.addInterface("aa:0\(number)") {
        $0.instanceUUID = uuid
        $0.networkID = number
        $0.createdAt = Date(timeIntervalSince1970: time)
      }
    }
    let found = try await nova.virtualInterfaceGetByInstance(.of("p"), instanceUUID: uuid)
    #expect(found.map(\.address) == ["aa:01", "aa:02", "aa:00"])
    let second = try await nova.virtualInterfaceGetByInstanceAndNetwork(.admin, instanceUUID: uuid, networkID: 1)
    #expect(second?.address == "aa:01")
    await expectError(.instanceNotFound, ["instance_id": .string(uuid)]) {
      _ = try await nova.virtualInterfaceGetByInstance(.of("q"), instanceUUID: uuid)
    }
    try await nova.virtualInterfaceDeleteByInstance(.admin, instanceUUID: uuid)
    #expect(try await nova.virtualInterfaceGetByInstance(.of("p"), instanceUUID: uuid).isEmpty)
  }

  @Test(arguments: TestStoreKind.all)
  func `An interface is changed by its address`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    _ = try await nova.addInterface("aa:bb")
    let changed = try await nova.virtualInterfaceUpdate(
      .admin, address: "aa:bb",
      values: NovaValues {
        $0.tag = "nic"; $0.address = "aa:cc"
      })
    #expect(changed.tag == "nic" && changed.address == "aa:cc" && changed.updatedAt != nil)
    await expectError(.notFound) {
      _ = try await nova.virtualInterfaceUpdate(.admin, address: "aa:bb", values: NovaValues())
    }
  }
}
