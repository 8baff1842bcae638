// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import RomeTesting
import StoreTestSupport
import Testing

@Suite struct NetworkTests {
  @Test(arguments: TestStoreKind.all)
  func `A network gets a UUID and the defaults of its columns`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let network = try await nova.networkCreateSafe(.admin, values: NovaValues())
    #expect(UUID(uuidString: network.uuid ?? "")?.uuidString.lowercased() == network.uuid)
    #expect(network.enableDHCP == true && network.multiHost == false && network.host == nil)
    let given = try await nova.networkCreateSafe(.admin, values: NovaValues { $0.uuid = "u" })
    #expect(given.uuid == "u")
  }

  @Test(arguments: TestStoreKind.all)
  func `A live network has a VLAN of its own`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let first = try await nova.addNetwork { $0.vlan = 1 }
    let second = try await nova.addNetwork { $0.vlan = 2 }
    await expectError(.duplicateVLAN, ["vlan": 1]) { _ = try await nova.addNetwork { $0.vlan = 1 } }
    await expectError(.duplicateVLAN, ["vlan": 1]) {
      _ = try await nova.networkUpdate(.admin, id: second, values: NovaValues { $0.vlan = 1 })
    }
    #expect(try await nova.networkUpdate(.admin, id: second, values: NovaValues { $0.vlan = 3 }).vlan == 3)
    try await nova.networkDeleteSafe(.admin, id: first)
    _ = try await nova.addNetwork { $0.vlan = 1 }
    await expectError(.networkNotFound, ["network_id": 99]) {
      _ = try await nova.networkUpdate(.admin, id: 99, values: NovaValues())
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `A network goes with its addresses, unless one is in use`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let network = try await nova.addNetwork()
    try await nova.fill(network, 3)
    try await nova.fixedIPUpdate(.admin, address: "10.0.0.1", values: NovaValues { $0.allocated = true })
    await expectError(.networkInUse, ["network_id": .int(Int64(network))]) {
      try await nova.networkDeleteSafe(.admin, id: network)
    }
    try await nova.fixedIPUpdate(.admin, address: "10.0.0.1", values: NovaValues { $0.allocated = false })
    try await nova.networkDeleteSafe(.admin, id: network)
    await expectError(.networkNotFound) { _ = try await nova.networkGet(.admin.reading(.yes), id: network) }
    let addresses = try await nova.fixedIPGetAll(.admin)
    #expect(addresses.map(\.deleted) == addresses.map(\.id) && addresses.count == 3)
    await expectError(.networkNotFound) { try await nova.networkDeleteSafe(.admin, id: network) }
    try await expectClean(nova.store)
  }

  @Test(arguments: TestStoreKind.all)
  func `The first host gets a network that has none`(_ kind: TestStoreKind) async throws {
    let (nova, store) = try await kind.countedNova()
    let network = try await nova.addNetwork()
    store.plan = .crowded
    let results = await outcomes(16) { caller in
      try await nova.networkSetHost(.admin, id: network, host: "host\(caller)")
    }
    for result in results { try result.get() }
    let host = try #require(try await nova.networkGet(.admin, id: network).host)
    try await nova.networkSetHost(.admin, id: network, host: "late")
    #expect(host.hasPrefix("host"))
    #expect(try await nova.networkGet(.admin, id: network).host == host)
    await expectError(.networkNotFound, ["network_id": 99]) {
      try await nova.networkSetHost(.admin, id: 99, host: "late")
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `A network loses its host, its project, or both`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let network = try await nova.addNetwork {
      $0.host = "a"; $0.projectID = "p"
    }
    try await nova.networkDisassociate(.admin, id: network, fromHost: false, fromProject: true)
    let free = try await nova.networkGet(.admin, id: network)
    #expect(free.projectID == nil && free.host == "a")
    try await nova.networkDisassociate(.admin, id: network, fromHost: true, fromProject: false)
    #expect(try await nova.networkGet(.admin, id: network).host == nil)
  }
}
