// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct AgentBuildTests {
  private func build(hypervisor: String? = "xen", os: String? = "linux") -> NovaValues<AgentBuild> {
    NovaValues {
      $0.hypervisor = hypervisor
      $0.os = os
      $0.architecture = "x86_64"
      $0.version = "7.0"
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `There is one live build for a hypervisor, a system and an architecture`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let first = try await nova.agentBuildCreate(.admin, values: build())
    await expectError(.agentBuildExists, ["hypervisor": "xen", "os": "linux", "architecture": "x86_64"]) {
      _ = try await nova.agentBuildCreate(.admin, values: build())
    }
    try await nova.agentBuildDestroy(.admin, id: #require(first.id))
    let second = try await nova.agentBuildCreate(.admin, values: build())
    let found = try await nova.agentBuildGetByTriple(.admin, hypervisor: "xen", os: "linux", architecture: "x86_64")
    #expect(found?.columns == second.columns)
    #expect(
      try await nova.agentBuildGetByTriple(.admin, hypervisor: "xen", os: "windows", architecture: "x86_64") == nil)
  }

  @Test(arguments: TestStoreKind.all)
  func `Builds that say nothing of what they are for can be many`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    for _ in 0..<2 { _ = try await nova.agentBuildCreate(.admin, values: NovaValues()) }
    #expect(try await nova.agentBuildGetAll(.admin).map(\.id) == [1, 2])
  }

  @Test(arguments: TestStoreKind.all)
  func `The live builds are listed, or those for a hypervisor`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    for (hypervisor, os) in [("xen", "linux"), ("kvm", "linux"), ("xen", "windows"), ("kvm", "windows")] {
      _ = try await nova.agentBuildCreate(.admin, values: build(hypervisor: hypervisor, os: os))
    }
    try await nova.agentBuildDestroy(.admin, id: 4)
    let all = NovaContext.admin.reading(.yes)
    #expect(try await nova.agentBuildGetAll(all).map(\.id) == [1, 2, 3])
    #expect(try await nova.agentBuildGetAll(all, hypervisor: "xen").map(\.id) == [1, 3])
    #expect(try await nova.agentBuildGetAll(all, hypervisor: "kvm").map(\.id) == [2])
    let (_, plans) = try await nova.explaining { nova in
      try await nova.agentBuildGetAll(.admin, hypervisor: "xen")
    }
    #expect(plans.allSatisfy { !$0.hasFullScan }, "\(plans)")
  }

  @Test(arguments: TestStoreKind.all)
  func `A change sets the time, even if it changes nothing`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    _ = try await nova.agentBuildCreate(.admin, values: build())
    let time = Date(timeIntervalSince1970: 1_456_833_600)
    try await nova.at(time).agentBuildUpdate(.admin, id: 1, values: NovaValues { $0.version = "7.0" })
    try await nova.at(time + 1).agentBuildUpdate(.admin, id: 1, values: NovaValues { $0.version = "8.0" })
    let changed = try #require(try await nova.agentBuildGetAll(.admin).first)
    #expect(changed.version == "8.0" && changed.updatedAt == time + 1)
  }

  @Test(arguments: TestStoreKind.all)
  func `A build that was deleted can't be changed or deleted again`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    _ = try await nova.agentBuildCreate(.admin, values: build())
    try await nova.agentBuildDestroy(.admin, id: 1)
    await expectError(.agentBuildNotFound, ["id": 1]) { try await nova.agentBuildDestroy(.admin, id: 1) }
    await expectError(.agentBuildNotFound, ["id": 1]) {
      try await nova.agentBuildUpdate(.admin, id: 1, values: NovaValues { $0.version = "8.0" })
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `Of many callers who add the same build, one gets it`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let created = try await concurrently(16) { _ in
      (try? await nova.agentBuildCreate(.admin, values: build())) != nil
    }
    #expect(created.count { $0 } == 1)
    #expect(try await nova.agentBuildGetAll(.admin).count == 1)
    try await expectClean(nova.store)
  }
}
