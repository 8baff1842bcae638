// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import RomeTesting
import StoreTestSupport
import Testing

@Suite struct FloatingIPPoolTests {
  @Test(arguments: TestStoreKind.all)
  func `A project takes the first free address of a pool, and gives it back`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.addFloatingIP("1.1.1.1") {
      $0.pool = "a"; $0.projectID = "other"
    }
    try await nova.addFloatingIP("1.1.1.2") {
      $0.pool = "a"; $0.fixedIpID = 3
    }
    try await nova.addFloatingIP("1.1.1.3") { $0.pool = "b" }
    try await nova.addFloatingIP("1.1.1.4") {
      $0.pool = "a"; $0.deleted = 4
    }
    try await nova.addFloatingIP("1.1.1.5") { $0.pool = "a" }
    let address = try await nova.floatingIPAllocateAddress(
      .of("p"), projectID: "p", pool: "a", autoAssigned: true)
    #expect(address == "1.1.1.5")
    let taken = try await nova.floatingIPGetByAddress(.of("p"), address: "1.1.1.5")
    #expect(taken.projectID == "p" && taken.autoAssigned == true)
    await expectError(.noMoreFloatingIPs) {
      _ = try await nova.floatingIPAllocateAddress(.of("p"), projectID: "p", pool: "a")
    }
    await expectError(.forbidden) {
      _ = try await nova.floatingIPAllocateAddress(.of("p"), projectID: "q", pool: "b")
    }
    #expect(try await nova.floatingIPDeallocate(.of("p"), address: "1.1.1.5") == 1)
    #expect(try await nova.floatingIPDeallocate(.of("p"), address: "1.1.1.5") == 0)
    let free = try await nova.floatingIPGetByAddress(.admin, address: "1.1.1.5")
    #expect(free.projectID == nil && free.host == nil && free.autoAssigned == false)
  }

  @Test(arguments: TestStoreKind.all)
  func `An address that leads somewhere is not given back`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.addFloatingIP("1.1.1.1") {
      $0.projectID = "p"; $0.fixedIpID = 1
    }
    #expect(try await nova.floatingIPDeallocate(.admin, address: "1.1.1.1") == 0)
    #expect(try await nova.floatingIPGetByAddress(.admin, address: "1.1.1.1").projectID == "p")
  }

  @Test(arguments: TestStoreKind.all)
  func `Of callers at the same time each gets another address, until all are gone`(_ kind: TestStoreKind) async throws {
    let (nova, store) = try await kind.countedNova()
    _ = try await nova.floatingIPBulkCreate(
      .admin,
      ips: (0..<64).map { number in
        NovaValues {
          $0.address = NovaAddress("1.1.1.\(number)"); $0.pool = "a"
        }
      })
    store.plan = .crowded
    let taken = await outcomes(64) { caller in
      try await nova.floatingIPAllocateAddress(.admin, projectID: "p\(caller)", pool: "a")
    }
    store.plan = .none
    #expect(try Set(taken.map { try $0.get() }).count == 64)
    let rows = try await nova.floatingIPGetAll(.admin)
    #expect(Set(rows.map(\.projectID)) == Set((0..<64).map { "p\($0)" }))
    await expectError(.noMoreFloatingIPs) {
      _ = try await nova.floatingIPAllocateAddress(.admin, projectID: "p", pool: "a")
    }
    try await expectClean(nova.store)
  }

  @Test(arguments: TestStoreKind.all)
  func `A large pool costs what a small one does`(_ kind: TestStoreKind) async throws {
    var costs: [StoreCallCounts] = []
    for size in [16, 2048] {
      let (nova, store) = try await kind.countedNova()
      _ = try await nova.floatingIPBulkCreate(
        .admin,
        ips: (0..<size).map { number in
          NovaValues {
            $0.address = NovaAddress("1.1.\(number / 256).\(number % 256)"); $0.pool = "a"
          }
        }, wantsResult: false)
      _ = try await nova.floatingIPAllocateAddress(.admin, projectID: "p", pool: "a")
      store.resetCounts()
      _ = try await nova.floatingIPAllocateAddress(.admin, projectID: "p", pool: "a")
      #expect(try await nova.floatingIPGetPools(.admin).map(\.name) == ["a"])
      costs.append(store.counts)
    }
    #expect(costs[0] == costs[1])
    #expect(costs[0].rows <= 1)
  }

  @Test(arguments: TestStoreKind.all)
  func `Pools come once each, by name, without those of deleted addresses`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    #expect(try await nova.floatingIPGetPools(.admin).isEmpty)
    for (number, pool) in ["b", "a", nil, "b", "a", nil].enumerated() {
      try await nova.addFloatingIP(NovaAddress("1.1.1.\(number)")) { $0.pool = pool }
    }
    try await nova.addFloatingIP("1.1.1.9") {
      $0.pool = "c"; $0.deleted = 7
    }
    #expect(try await nova.floatingIPGetPools(.admin).map(\.name) == [nil, "a", "b"])
    #expect(try await nova.floatingIPGetPools(.admin.reading(.yes)).map(\.name) == [nil, "a", "b", "c"])
    await expectError(.forbidden) { _ = try await nova.floatingIPGetPools(NovaContext()) }
  }
}
