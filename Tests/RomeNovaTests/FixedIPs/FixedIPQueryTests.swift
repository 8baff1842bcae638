// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct FixedIPQueryTests {
  @Test(arguments: TestStoreKind.all)
  func `A user gets the address of an instance of his project only, deleted or not`(_ kind: TestStoreKind) async throws
  {
    let nova = try await kind.nova()
    let uuid = try await nova.addInstance(project: "a")
    let id = try await nova.addFixedIP("10.0.0.1") { $0.instanceUUID = uuid }
    let free = try await nova.addFixedIP("10.0.0.2")
    #expect(try await nova.fixedIPGet(.of("a"), id: id).instanceUUID == uuid)
    #expect(try await nova.fixedIPGet(.of("b"), id: free).address == "10.0.0.2")
    await expectError(.forbidden) { _ = try await nova.fixedIPGet(.of("b"), id: id) }
    await expectError(.forbidden) { _ = try await nova.fixedIPGetByAddress(.of("b"), address: "10.0.0.1") }
    await expectError(.forbidden) { _ = try await nova.fixedIPGet(NovaContext(), id: free) }
    await expectError(.fixedIPNotFound, ["id": 77]) { _ = try await nova.fixedIPGet(.admin, id: 77) }
    await expectError(.fixedIPNotFoundForAddress, ["address": "10.0.0.9"]) {
      _ = try await nova.fixedIPGetByAddress(.admin, address: "10.0.0.9")
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `What belongs to an address is loaded where it is asked for`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let uuid = try await nova.addInstance()
    let network = try await nova.addNetwork()
    let interface = try await nova.addInterface("aa:bb")
    let id = try await nova.addFixedIP("10.0.0.1") {
      $0.instanceUUID = uuid
      $0.networkID = network
      $0.virtualInterfaceID = interface
    }
    try await nova.addFloatingIP("1.1.1.1") { $0.fixedIpID = id }
    let plain = try await nova.fixedIPGetByAddress(.admin, address: "10.0.0.1")
    #expect(plain.related.isEmpty)
    let joined = try await nova.fixedIPGetByAddress(
      .admin, address: "10.0.0.1",
      joins: FixedIPJoins(names: ["instance", "network", "virtual_interface", "floating_ips"]))
    #expect(joined[FixedIp.instance]??.uuid == uuid && joined[FixedIp.network]??.id == network)
    #expect(joined[FixedIp.virtualInterface]??.id == interface)
    #expect(joined[FixedIp.floatingIPs]?.map(\.address) == ["1.1.1.1"])
    #expect(try await nova.fixedIPGet(.admin, id: id, withNetwork: true)[FixedIp.network]??.id == network)
    await expectError(.valueError) { _ = try FixedIPJoins(names: ["host"]) }
  }

  @Test(arguments: TestStoreKind.all)
  func `The addresses of an instance come in the order of its interfaces`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let uuid = try await nova.addInstance()
    let times = [30.0, 10, 20]
    for (number, time) in times.enumerated() {
      let interface = try await nova.addInterface("aa:0\(number)") { $0.createdAt = Date(timeIntervalSince1970: time) }
      try await nova.addFixedIP(NovaAddress("10.0.0.\(number)")) {
        $0.instanceUUID = uuid
        $0.virtualInterfaceID = interface
      }
    }
    try await nova.addFixedIP("10.0.0.7") { $0.instanceUUID = uuid }
    try await nova.addFixedIP("10.0.0.8") {
      $0.instanceUUID = uuid; $0.deleted = 5
    }
    try await nova.addFixedIP("10.0.0.9")
    let found = try await nova.fixedIPGetByInstance(.admin, instanceUUID: uuid)
    #expect(found.map(\.address) == ["10.0.0.7", "10.0.0.1", "10.0.0.2", "10.0.0.0"])
    #expect(found.allSatisfy { Set($0.related.keys) == ["network", "virtual_interface", "floating_ips"] })
    await expectError(.invalidUUID) { _ = try await nova.fixedIPGetByInstance(.admin, instanceUUID: "1") }
    let none = UUID().uuidString.lowercased()
    await expectError(.fixedIPNotFoundForInstance, ["instance_uuid": .string(none)]) {
      _ = try await nova.fixedIPGetByInstance(.admin, instanceUUID: none)
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `Addresses are found by the host of their instances, and by their own`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let first = try await nova.addInstance(host: "a")
    let second = try await nova.addInstance(host: "b")
    try await nova.addFixedIP("10.0.0.1") {
      $0.instanceUUID = first; $0.networkID = 1
    }
    try await nova.addFixedIP("10.0.0.2") {
      $0.instanceUUID = second; $0.networkID = 1
    }
    try await nova.addFixedIP("10.0.0.3") {
      $0.host = "a"; $0.networkID = 1
    }
    #expect(try await nova.fixedIPGetByHost(.admin, host: "a").map(\.address) == ["10.0.0.1"])
    #expect(try await nova.fixedIPGetByHost(.admin, host: "c").isEmpty)
    #expect(try await nova.fixedIPGetByNetworkHost(.admin, networkID: 1, host: "a").address == "10.0.0.3")
    await expectError(.fixedIPNotFoundForNetworkHost, ["network_id": 1, "host": "b"]) {
      _ = try await nova.fixedIPGetByNetworkHost(.admin, networkID: 1, host: "b")
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `Addresses are found by a floating address and by an interface`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let id = try await nova.addFixedIP("10.0.0.1") { $0.virtualInterfaceID = 3 }
    try await nova.addFixedIP("10.0.0.2") { $0.virtualInterfaceID = 4 }
    try await nova.addFloatingIP("1.1.1.1") { $0.fixedIpID = id }
    try await nova.addFloatingIP("1.1.1.2")
    #expect(try await nova.fixedIPGetByFloatingAddress(.admin, floatingAddress: "1.1.1.1")?.id == id)
    #expect(try await nova.fixedIPGetByFloatingAddress(.admin, floatingAddress: "1.1.1.2")?.id == nil)
    let found = try await nova.fixedIPsByVirtualInterface(.admin, virtualInterfaceID: 3)
    #expect(found.map(\.id) == [id] && found[0][FixedIp.floatingIPs]?.count == 1)
    #expect(Set(found[0].related.keys) == ["network", "floating_ips"])
    #expect(try await nova.fixedIPsByVirtualInterface(.admin, virtualInterfaceID: 5).isEmpty)
  }

  @Test(arguments: TestStoreKind.all)
  func `Without addresses the list of all is an error`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    await expectError(.noFixedIPsDefined) { _ = try await nova.fixedIPGetAll(.admin) }
  }
}
