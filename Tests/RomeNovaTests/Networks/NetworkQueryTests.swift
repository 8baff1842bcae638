// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import RomeTesting
import StoreTestSupport
import Testing

@Suite struct NetworkQueryTests {
  @Test(arguments: TestStoreKind.all)
  func `Users see the networks of their project, and those of none where the caller says so`(
    _ kind: TestStoreKind
  ) async throws {
    let nova = try await kind.nova()
    await expectError(.noNetworksFound) { _ = try await nova.networkGetAll(.admin) }
    let own = try await nova.addNetwork {
      $0.projectID = "p"; $0.uuid = "own"
    }
    let other = try await nova.addNetwork {
      $0.projectID = "q"; $0.uuid = "other"
    }
    let free = try await nova.addNetwork { $0.uuid = "free" }
    #expect(try await nova.networkGetAll(.admin, of: .own).map(\.id) == [own, other, free])
    #expect(try await nova.networkGetAll(.of("p")).map(\.id) == [own, free])
    #expect(try await nova.networkGetAll(.of("p"), of: .own).map(\.id) == [own])
    #expect(try await nova.networkGetAll(.of("p"), of: .all).map(\.id) == [own, other, free])
    #expect(try await nova.networkGet(.of("p"), id: free).id == free)
    await expectError(.networkNotFound, ["network_id": .int(Int64(other))]) {
      _ = try await nova.networkGet(.of("p"), id: other)
    }
    await expectError(.forbidden) { _ = try await nova.networkGetAll(NovaContext()) }
  }

  @Test(arguments: TestStoreKind.all)
  func `Networks are found by their UUIDs, all of them`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    await expectError(.noNetworksFound) { _ = try await nova.networkGetAllByUUIDs(.admin, uuids: ["a"]) }
    let first = try await nova.addNetwork { $0.uuid = "a" }
    let second = try await nova.addNetwork { $0.uuid = "b" }
    #expect(try await nova.networkGetAllByUUIDs(.admin, uuids: ["b", "a"]).map(\.id) == [first, second])
    await expectError(.networkNotFoundForProject, ["network_uuid": "c", "project_id": "p"]) {
      _ = try await nova.networkGetAllByUUIDs(.of("p"), uuids: ["a", "c"])
    }
    await expectError(.networkNotFound, ["network_id": "c"]) {
      _ = try await nova.networkGetAllByUUIDs(.of("p"), uuids: ["a", "c"], of: .all)
    }
    #expect(try await nova.networkGetByUUID(.admin, uuid: "b").id == second)
    await expectError(.networkNotFoundForUUID, ["uuid": "c"]) { _ = try await nova.networkGetByUUID(.admin, uuid: "c") }
  }

  @Test(arguments: TestStoreKind.all)
  func `A network is found by its IPv4 and its IPv6 addresses`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let network = try await nova.addNetwork {
      $0.cidr = "192.0.2.0/30"; $0.cidrV6 = "2001:DB8:1::/64"
    }
    for cidr: NovaCIDR in ["192.0.2.0/30", "2001:db8:1::/64"] {
      #expect(try await nova.networkGetByCIDR(.admin, cidr: cidr).id == network)
    }
    await expectError(.networkNotFoundForCIDR, ["cidr": "192.0.2.0/31"]) {
      _ = try await nova.networkGetByCIDR(.admin, cidr: "192.0.2.0/31")
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `A host needs its networks, and those of its addresses and of its instances`(_ kind: TestStoreKind) async throws
  {
    let nova = try await kind.nova()
    let own = try await nova.addNetwork { $0.host = "a" }
    let ofAddress = try await nova.addNetwork()
    let ofInstance = try await nova.addNetwork()
    let ofOthers = try await nova.addNetwork { $0.host = "b" }
    let uuid = try await nova.addInstance(host: "a")
    let other = try await nova.addInstance(host: "b")
    try await nova.addFixedIP("10.0.0.1") {
      $0.networkID = ofAddress; $0.host = "a"
    }
    try await nova.addFixedIP("10.0.0.2") {
      $0.networkID = ofInstance; $0.instanceUUID = uuid
    }
    try await nova.addFixedIP("10.0.0.3") {
      $0.networkID = ofOthers; $0.instanceUUID = other
    }
    #expect(try await nova.networkGetAllByHost(.admin, host: "a").map(\.id) == [own, ofAddress, ofInstance])
    #expect(try await nova.networkGetAllByHost(.admin, host: "c").isEmpty)
  }

  @Test(arguments: TestStoreKind.all)
  func `A host does not read the networks and addresses of others`(_ kind: TestStoreKind) async throws {
    let (nova, store) = try await kind.countedNova()
    let networks = try await [nova.addNetwork { $0.host = "a" }, nova.addNetwork()]
    for _ in 0..<16 { _ = try await nova.addNetwork { $0.host = "b" } }
    try await nova.fill(networks[1], 128)
    try await nova.addFixedIP("10.1.0.1") {
      $0.networkID = networks[1]; $0.host = "a"
    }
    store.resetCounts()
    #expect(try await nova.networkGetAllByHost(.admin, host: "a").map(\.id) == networks)
    #expect(store.counts.entries + store.counts.addresses <= 6 && store.counts.rows <= 8)
  }

  @Test(arguments: TestStoreKind.all)
  func `Reserved addresses are counted without reading them`(_ kind: TestStoreKind) async throws {
    let (nova, store) = try await kind.countedNova()
    let network = try await nova.addNetwork()
    try await nova.fill(network, 32)
    try await nova.addFixedIP("10.1.0.1") {
      $0.networkID = network; $0.reserved = true
    }
    try await nova.addFixedIP("10.1.0.2") {
      $0.networkID = network; $0.reserved = true; $0.deleted = 2
    }
    store.resetCounts()
    #expect(try await nova.networkCountReservedIPs(.admin, id: network) == 1)
    #expect(store.counts.rows == 0 && store.counts.entries <= 1)
  }
}
