// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import RomeTesting
import StoreTestSupport
import Testing

@Suite struct FixedIPAssociateTests {
  private let uuid = "6f4c7f5a-8b1c-4c0a-9d3e-0123456789ab"

  @Test(arguments: TestStoreKind.all)
  func `An address of the network, or of none, gets its instance and its network`(_ kind: TestStoreKind) async throws {
    let now = Date(timeIntervalSince1970: 1_456_833_600)
    let nova = try await kind.nova().at(now)
    let network = try await nova.addNetwork()
    try await nova.addFixedIP("10.0.0.1") { $0.networkID = network }
    try await nova.addFixedIP("10.0.0.2")
    for address: NovaAddress in ["10.0.0.1", "10.0.0.2"] {
      let given = try await nova.fixedIPAssociate(.admin, address: address, instanceUUID: uuid, networkID: network)
      #expect(given.instanceUUID == uuid && given.networkID == network && given.allocated == false)
      #expect(given.updatedAt == now)
      #expect(try await nova.fixedIPGetByAddress(.admin, address: address).columns == given.columns)
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `An address with an interface is allocated`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.addFixedIP("10.0.0.1")
    let given = try await nova.fixedIPAssociate(
      .admin, address: "10.0.0.1", instanceUUID: uuid, virtualInterfaceID: 3)
    #expect(given.virtualInterfaceID == 3 && given.allocated == true)
  }

  @Test(arguments: TestStoreKind.all)
  func `An address that is elsewhere, reserved or deleted is not found`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.addFixedIP("10.0.0.1") { $0.networkID = 1 }
    try await nova.addFixedIP("10.0.0.2") {
      $0.networkID = 2; $0.reserved = true
    }
    try await nova.addFixedIP("10.0.0.3") {
      $0.networkID = 2; $0.deleted = 3
    }
    for address: NovaAddress in ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"] {
      await expectError(
        .fixedIPNotFoundForNetwork, ["address": .string(address.description), "network_uuid": .int(2)]
      ) {
        _ = try await nova.fixedIPAssociate(.admin, address: address, instanceUUID: uuid, networkID: 2)
      }
    }
    let reserved = try await nova.fixedIPAssociate(
      .admin, address: "10.0.0.2", instanceUUID: uuid, networkID: 2, reserved: true)
    #expect(reserved.instanceUUID == uuid)
    await expectError(.invalidUUID, ["uuid": "x"]) {
      _ = try await nova.fixedIPAssociate(.admin, address: "10.0.0.1", instanceUUID: "x")
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `Of callers who want the same address, one gets it`(_ kind: TestStoreKind) async throws {
    let (nova, store) = try await kind.countedNova()
    try await nova.addFixedIP("10.0.0.1")
    store.plan = .crowded
    let results = await outcomes(16) { _ in
      let uuid = UUID().uuidString.lowercased()
      return try await nova.fixedIPAssociate(.admin, address: "10.0.0.1", instanceUUID: uuid).instanceUUID
    }
    let winners = results.compactMap { try? $0.get() }
    #expect(winners.count == 1)
    for case .failure(let error) in results { #expect((error as? NovaError)?.code == .fixedIPAlreadyInUse) }
    #expect(try await nova.fixedIPGetByAddress(.admin, address: "10.0.0.1").instanceUUID == winners.first)
  }
}
