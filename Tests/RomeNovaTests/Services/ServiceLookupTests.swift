// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct ServiceLookupTests {
  @Test(arguments: TestStoreKind.all)
  func `A service is found by its host with its binary, or with its topic unless disabled`(
    _ kind: TestStoreKind
  ) async throws {
    let nova = try await kind.nova()
    let id = try await nova.addService("h1") { $0.disabled = true }
    let network = try await nova.addService("h1", "nova-network")
    #expect(try await nova.serviceGetByHostAndBinary(.admin, host: "h1", binary: "nova-network").id == network)
    #expect(try await nova.serviceGetByHostAndTopic(.admin, host: "h1", topic: "nova-network-topic")?.id == network)
    #expect(try await nova.serviceGetByHostAndTopic(.admin, host: "h1", topic: "nova-compute-topic") == nil)
    #expect(try await nova.serviceGetByComputeHost(.admin, host: "h1").id == id)
    #expect(try await nova.serviceGetAllByHost(.admin, host: "h1").map(\.id) == [id, network])
  }

  @Test(arguments: TestStoreKind.all)
  func `A host without the service is told of`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.addService("h1", "nova-network")
    await expectError(.hostBinaryNotFound, ["host": "h1", "binary": "nova-compute"]) {
      _ = try await nova.serviceGetByHostAndBinary(.admin, host: "h1", binary: "nova-compute")
    }
    await expectError(.computeHostNotFound, ["host": "h1"]) {
      _ = try await nova.serviceGetByComputeHost(.admin, host: "h1")
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `A service is found by its UUID`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova().of(.train)
    let id = try await nova.addService("h1") { $0.uuid = "u1" }
    #expect(try await nova.serviceGetByUUID(.admin, uuid: "u1").id == id)
    await expectError(.serviceNotFound, ["service_id": "u2"]) {
      _ = try await nova.serviceGetByUUID(.admin, uuid: "u2")
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `Lists choose by whether services are disabled`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let on = try await nova.addService("h1")
    let off = try await nova.addService("h2") { $0.disabled = true }
    let other = try await nova.addService("h1", "nova-network")
    #expect(try await nova.serviceGetAll(.admin).map(\.id) == [on, off, other])
    #expect(try await nova.serviceGetAll(.admin, disabled: true).map(\.id) == [off])
    #expect(try await nova.serviceGetAll(.admin, disabled: false).map(\.id) == [on, other])
    #expect(try await nova.serviceGetAllByBinary(.admin, binary: "nova-compute").map(\.id) == [on])
    #expect(
      try await nova.serviceGetAllByBinary(.admin, binary: "nova-compute", includeDisabled: true).map(\.id) == [
        on, off,
      ])
    #expect(try await nova.serviceGetAllByTopic(.admin, topic: "nova-compute-topic").map(\.id) == [on])
  }

  @Test(arguments: TestStoreKind.all)
  func `Only Train shows deleted services of a binary to those who want to see them`(
    _ kind: TestStoreKind
  ) async throws {
    let nova = try await kind.nova()
    let id = try await nova.addService("h1")
    try await nova.serviceDestroy(.admin, id: id)
    let curious = NovaContext.admin.reading(.yes)
    #expect(try await nova.serviceGetAllByBinary(curious, binary: "nova-compute").isEmpty)
    #expect(try await nova.of(.train).serviceGetAllByBinary(curious, binary: "nova-compute").map(\.id) == [id])
  }

  @Test(arguments: TestStoreKind.all)
  func `Compute services are found by the type of their hypervisors, each once`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let first = try await nova.addService("h1")
    let second = try await nova.addService("h2") { $0.disabled = true }
    try await nova.addService("h3")
    try await nova.addService("h1", "nova-network")
    for name in ["a", "b"] { try await nova.addNode("h1", name) { $0.hypervisorType = "ironic" } }
    try await nova.addNode("h2", "c") { $0.hypervisorType = "ironic" }
    try await nova.addNode("h3", "d")
    #expect(
      try await nova.serviceGetAllComputesByHypervisorType(.admin, hypervisorType: "ironic").map(\.id) == [first])
    let all = try await nova.serviceGetAllComputesByHypervisorType(
      .admin, hypervisorType: "ironic", includeDisabled: true)
    #expect(all.map(\.id) == [first, second])
  }

  @Test(arguments: TestStoreKind.all)
  func `The smallest version is that of services that are live and not forced down`(
    _ kind: TestStoreKind
  ) async throws {
    let nova = try await kind.nova()
    try await nova.addService("h1") { $0.version = 5 }
    try await nova.addService("h2") { $0.version = 3 }
    try await nova.addService("h3") {
      $0.version = 2
      $0.forcedDown = true
    }
    try await nova.addService("h1", "nova-api") { $0.version = 7 }
    let deleted = try await nova.addService("h4") { $0.version = 1 }
    try await nova.serviceDestroy(.admin, id: deleted)
    let versions = try await nova.serviceGetMinimumVersion(.admin, binaries: ["nova-compute", "nova-api", "x"])
    #expect(versions == ["nova-compute": 3, "nova-api": 7])
    // Mitaka asks for one binary, and counts deleted services.
    #expect(try await nova.serviceGetMinimumVersion(.admin, binary: "nova-compute") == 1)
    #expect(try await nova.serviceGetMinimumVersion(.admin, binary: "x") == nil)
  }

  @Test(arguments: TestStoreKind.all)
  func `No lookup of services reads the whole table`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.addService("h1")
    try await nova.addNode("h1", "a")
    let (_, plans) = try await nova.explaining { nova in
      _ = try await nova.serviceGetByHostAndTopic(.admin, host: "h1", topic: "t")
      _ = try await nova.serviceGetAllByHost(.admin, host: "h1")
      _ = try await nova.serviceGetAllByBinary(.admin, binary: "nova-compute")
      _ = try await nova.serviceGetAllByTopic(.admin, topic: "t")
      _ = try await nova.serviceGetMinimumVersion(.admin, binaries: ["nova-compute", "nova-api"])
      _ = try await nova.serviceGetAllComputesByHypervisorType(.admin, hypervisorType: "QEMU")
      try await nova.serviceDestroy(.admin, id: 1)
    }
    #expect(plans.count >= 7 && plans.allSatisfy { !$0.hasFullScan }, "\(plans)")
  }
}
