// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct ComputeNodeInventoryTests {
  private func makeNova(_ kind: TestStoreKind) async throws -> NovaDatabase {
    let nova = try await kind.nova()
    try await nova.addNode("h1", "a") { $0.uuid = "u1" }
    try await nova.addNode("h1", "b") { $0.uuid = "u2" }
    let session = RomeSession(nova.store)
    let provider = ResourceProvider(uuid: "u1")
    session.add(provider)
    try await session.flush()
    let id = try #require(provider.id)
    for (kind, total, reserved, ratio) in [(0, 16, 0, 4.0), (1, 4096, 512, 1.5), (9, 1, 0, 1)] {
      session.add(
        Inventory(
          resourceProviderID: id, resourceClassID: kind, total: total, reserved: reserved, minUnit: 1, maxUnit: total,
          stepSize: 1, allocationRatio: ratio))
    }
    for used in [100, 150] {
      session.add(Allocation(resourceProviderID: id, consumerID: "c\(used)", resourceClassID: 1, used: used))
    }
    try await session.commit()
    return nova
  }

  @Test(arguments: TestStoreKind.all)
  func `Mitaka shows the inventories of nodes beside their columns`(_ kind: TestStoreKind) async throws {
    let nova = try await makeNova(kind).of(.mitaka)
    let nodes = try await nova.computeNodeGetAll(.admin)
    #expect(
      nodes[0].extraFields(nova.options) == [
        "inv_vcpus": 16, "inv_vcpus_used": nil, "inv_cpu_allocation_ratio": .double(4), "inv_memory_mb": 4096,
        "inv_memory_mb_used": 250, "inv_memory_mb_reserved": 512, "inv_ram_allocation_ratio": .double(1.5),
      ])
    #expect(nodes[1].extraFields(nova.options).isEmpty)
  }

  @Test(arguments: TestStoreKind.all)
  func `Inventories cost three queries, however many nodes there are, and later releases none`(
    _ kind: TestStoreKind
  ) async throws {
    let nova = try await makeNova(kind)
    let (_, plans) = try await nova.of(.mitaka).explaining { nova in
      try await nova.computeNodeGetAllByHost(.admin, host: "h1")
    }
    #expect(plans.count == 4 && plans.allSatisfy { !$0.hasFullScan }, "\(plans)")
    let (nodes, later) = try await nova.explaining { nova in try await nova.computeNodeGetAllByHost(.admin, host: "h1")
    }
    #expect(later.count == 1 && nodes[0].extraFields(nova.options).isEmpty)
  }
}
