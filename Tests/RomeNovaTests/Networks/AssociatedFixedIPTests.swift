// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import RomeTesting
import StoreTestSupport
import Testing

@Suite struct AssociatedFixedIPTests {
  /// Adds an instance with an address on an interface in each of some networks.
  private func addInstance(
    _ nova: NovaDatabase, host: String, _ networks: [Int], _ prefix: String
  ) async throws -> String {
    let uuid = try await nova.addInstance(host: host)
    for (number, network) in networks.enumerated() {
      let interface = try await nova.addInterface("\(prefix):\(number)") {
        $0.instanceUUID = uuid; $0.networkID = network
      }
      try await nova.addFixedIP(NovaAddress("\(prefix).\(number)")) {
        $0.networkID = network
        $0.instanceUUID = uuid
        $0.virtualInterfaceID = interface
        $0.allocated = true
      }
    }
    return uuid
  }

  @Test(arguments: TestStoreKind.all)
  func `The addresses of a network come with their instances and interfaces`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let first = try await nova.addNetwork()
    let second = try await nova.addNetwork()
    let uuid = try await addInstance(nova, host: "a", [first, second], "10.1.0")
    let other = try await addInstance(nova, host: "b", [second], "10.2.0")
    let found = try await nova.networkGetAssociatedFixedIPs(.admin, networkID: second)
    #expect(found.map(\.address) == ["10.1.0.1", "10.2.0.0"] && found.map(\.instanceUUID) == [uuid, other])
    // The first interface of the first instance is in the other network.
    #expect(found.map(\.isDefaultRoute) == [false, true])
    #expect(found[0].interfaceAddress == "10.1.0:1" && found[0].instanceHostname == "name")
    #expect(found[0].networkID == second && found[0].isAllocated == true && found[0].isLeased == false)
    #expect(found[0].instanceCreatedAt != nil)
    let ofHost = try await nova.networkGetAssociatedFixedIPs(.admin, networkID: second, host: "b")
    #expect(ofHost == [found[1]])
    #expect(try await nova.networkInUseOnHost(.admin, networkID: second, host: "b"))
    #expect(try await nova.networkInUseOnHost(.admin, networkID: first, host: "b") == false)
    #expect(try await nova.networkInUseOnHost(.admin, networkID: first))
  }

  @Test(arguments: TestStoreKind.all)
  func `A deleted interface or instance takes the address out of use`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let network = try await nova.addNetwork()
    let uuid = try await addInstance(nova, host: "a", [network], "10.1.0")
    try await nova.virtualInterfaceDeleteByInstance(.admin, instanceUUID: uuid)
    _ = try await addInstance(nova, host: "b", [network], "10.2.0")
    let session = RomeSession(nova.store)
    try await session.query(Instance.self).filter(Instance.host == "b").softDelete()
    try await session.commit()
    #expect(try await nova.networkGetAssociatedFixedIPs(.admin, networkID: network).isEmpty)
    #expect(try await nova.networkInUseOnHost(.admin, networkID: network) == false)
  }

  @Test(arguments: TestStoreKind.all)
  func `Free addresses, and those on other hosts, are not read`(_ kind: TestStoreKind) async throws {
    let (nova, store) = try await kind.countedNova()
    let network = try await nova.addNetwork()
    try await nova.fill(network, 128)
    for number in 0..<8 { _ = try await addInstance(nova, host: "a", [network], "10.9.\(number)") }
    _ = try await addInstance(nova, host: "b", [network], "10.8.0")
    store.resetCounts()
    #expect(try await nova.networkGetAssociatedFixedIPs(.admin, networkID: network, host: "b").count == 1)
    #expect(store.counts.rows <= 4 && store.counts.entries <= 4)
    store.resetCounts()
    #expect(try await nova.networkGetAssociatedFixedIPs(.admin, networkID: network).count == 9)
    #expect(store.counts.entries <= 3 * 9)
  }
}
