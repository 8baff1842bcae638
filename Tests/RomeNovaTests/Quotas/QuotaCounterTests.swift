// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import RomeTesting
import StoreTestSupport
import Testing

@Suite struct QuotaCounterTests {
  private let resources: [String: QuotaCounter] = [
    "instances": .instances, "cores": .instances, "ram": .instances, "floating_ips": .floatingIPs,
    "fixed_ips": .fixedIPs, "security_groups": .securityGroups, "server_groups": .serverGroups,
  ]

  private func count(_ nova: NovaDatabase, user: String?) async throws -> [String: Int] {
    let limits = resources.mapValues { _ in 100 }
    _ = try await nova.quotaReserve(
      .admin, resources: resources, projectQuotas: limits, userQuotas: limits,
      deltas: resources.mapValues { _ in 0 }, expire: nil, projectID: "p", userID: user)
    return try await nova.quotaUsageGetAllByProject(.admin, projectID: "p").amounts.mapValues(\.inUse)
  }

  private func fill(_ nova: NovaDatabase, project: String) async throws {
    try await nova.add(
      Instance(userID: "u", projectID: project, memoryMB: 3, vcpus: 2, uuid: project + "1"),
      Instance(userID: "u", projectID: project, vmState: "active", memoryMB: 3, vcpus: 2, uuid: project + "2"),
      Instance(userID: "v", projectID: project, vmState: "active", memoryMB: 30, vcpus: 20, uuid: project + "3"),
      Instance(userID: "u", projectID: project, vmState: "soft-delete", memoryMB: 3, vcpus: 2, uuid: project + "4"),
      Instance(userID: "u", projectID: project, memoryMB: 3, vcpus: 2, uuid: project + "5"))
    try await nova.deleteInstance(project + "5")
    try await nova.add(
      FixedIp(address: "10.0.0.1", instanceUUID: project + "3"), FixedIp(address: "10.0.0.2"),
      FixedIp(address: "10.0.0.3", instanceUUID: project + "5"),
      FloatingIp(address: "20.0.0.1", projectID: project), FloatingIp(address: "20.0.0.2", projectID: project),
      FloatingIp(address: "20.0.0.3", projectID: project, autoAssigned: true),
      SecurityGroup(name: "a", userID: "u", projectID: project),
      SecurityGroup(name: "b", userID: "v", projectID: project),
      InstanceGroup(userID: "u", projectID: project, uuid: project + "1"),
      InstanceGroup(userID: "v", projectID: project, uuid: project + "2"))
  }

  @Test(arguments: TestStoreKind.all)
  func `A user has what is live and his, and the addresses of his project`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await fill(nova, project: "p")
    #expect(
      try await count(nova, user: "u") == [
        "instances": 2, "cores": 4, "ram": 6, "floating_ips": 2, "fixed_ips": 2, "security_groups": 1,
        "server_groups": 1,
      ])
  }

  @Test(arguments: TestStoreKind.all)
  func `Without a user, instances are counted for the project`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await fill(nova, project: "p")
    let counted = try await count(nova, user: nil)
    #expect(counted["instances"] == 3 && counted["cores"] == 24 && counted["ram"] == 36)
  }

  @Test(arguments: TestStoreKind.all)
  func `A project that has nothing uses nothing`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await fill(nova, project: "q")
    #expect(try await count(nova, user: "u") == resources.mapValues { _ in 0 })
  }

  @Test(arguments: TestStoreKind.all)
  func `Counting the instances of a project does not read those of others`(_ kind: TestStoreKind) async throws {
    let (nova, store) = try await kind.countedNova()
    try await fill(nova, project: "p")
    let session = RomeSession(nova.store)
    for number in 0..<200 { session.add(Instance(projectID: "q", uuid: "q\(number)")) }
    try await session.commit()
    store.resetCounts()
    _ = try await nova.quotaReserve(
      .admin, resources: ["cores": .instances], projectQuotas: ["cores": 100], userQuotas: ["cores": 100],
      deltas: ["cores": 1], expire: nil, projectID: "p")
    #expect(store.counts.rows < 50, "\(store.counts)")
  }
}
