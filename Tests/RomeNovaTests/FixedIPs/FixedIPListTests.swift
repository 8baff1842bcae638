// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct FixedIPListTests {
  private func addresses(_ texts: String...) -> [NovaValues<FixedIp>] {
    texts.map { text in NovaValues { $0.address = NovaAddress(text) } }
  }

  @Test(arguments: TestStoreKind.all)
  func `An address is there once, unless it is deleted`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let first = try await nova.fixedIPCreate(.admin, values: addresses("10.0.0.1")[0])
    #expect(first.allocated == false && first.leased == false && first.reserved == false && first.networkID == nil)
    await expectError(.fixedIPExists, ["address": "10.0.0.1"]) {
      _ = try await nova.fixedIPCreate(.admin, values: addresses("10.0.0.1")[0])
    }
    try await nova.addFixedIP("10.0.0.1") { $0.deleted = 9 }
    #expect(try await nova.fixedIPGetAll(.admin).count == 2)
  }

  @Test(arguments: TestStoreKind.all)
  func `A list is added whole or not at all, and the error names the address`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.fixedIPBulkCreate(.admin, ips: addresses("10.0.0.1", "10.0.0.2"))
    await expectError(.fixedIPExists, ["address": "10.0.0.2"]) {
      try await nova.fixedIPBulkCreate(.admin, ips: addresses("10.0.0.3", "10.0.0.2", "10.0.0.1"))
    }
    await expectError(.fixedIPExists, ["address": "10.0.0.4"]) {
      try await nova.fixedIPBulkCreate(.admin, ips: addresses("10.0.0.3", "10.0.0.4", "10.0.0.4"))
    }
    #expect(try await nova.fixedIPGetAll(.admin).map(\.address) == ["10.0.0.1", "10.0.0.2"])
    try await expectClean(nova.store)
  }

  @Test(arguments: TestStoreKind.all)
  func `An address is changed by its text, and loses its instance and its interface`(_ kind: TestStoreKind) async throws
  {
    let nova = try await kind.nova()
    let uuid = try await nova.addInstance()
    try await nova.addFixedIP("10.0.0.1")
    let values = NovaValues<FixedIp> {
      $0.instanceUUID = uuid
      $0.virtualInterfaceID = 4
      $0.host = "host"
      $0.leased = true
    }
    try await nova.fixedIPUpdate(.admin, address: "10.0.0.1", values: values)
    let changed = try await nova.fixedIPGetByAddress(.admin, address: "10.0.0.1")
    #expect(changed.instanceUUID == uuid && changed.virtualInterfaceID == 4 && changed.host == "host")
    try await nova.fixedIPDisassociate(.admin, address: "10.0.0.1")
    let free = try await nova.fixedIPGetByAddress(.admin, address: "10.0.0.1")
    #expect(free.instanceUUID == nil && free.virtualInterfaceID == nil && free.host == "host" && free.leased == true)
    await expectError(.fixedIPNotFoundForAddress, ["address": "10.0.0.2"]) {
      try await nova.fixedIPUpdate(.admin, address: "10.0.0.2", values: values)
    }
  }
}
