// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import RomeTesting
import StoreTestSupport
import Testing

@Suite struct FixedIPPoolTests {
  private let uuid = "6f4c7f5a-8b1c-4c0a-9d3e-0123456789ab"

  @Test(arguments: TestStoreKind.all)
  func `Addresses are handed out in turn: those that nobody had first, then those that were changed longest ago`(
    _ kind: TestStoreKind
  ) async throws {
    let nova = try await kind.nova()
    let network = try await nova.addNetwork()
    func time(_ minutes: Double) -> Date { Date(timeIntervalSince1970: 1_456_833_600 + 60 * minutes) }
    let ages: [(NovaAddress, Double?)] = [
      ("10.0.0.1", 3), ("10.0.0.2", 1), ("10.0.0.3", nil), ("10.0.0.4", 2), ("10.0.0.5", nil),
    ]
    for (address, minutes) in ages {
      try await nova.addFixedIP(address) {
        $0.networkID = network
        $0.updatedAt = minutes.map { time($0) }
      }
    }
    var order: [NovaAddress?] = []
    for turn in 0..<6 {
      let taken = try await nova.at(time(10 + Double(turn))).fixedIPAssociatePool(.admin, networkID: network)
      #expect(taken.updatedAt == time(10 + Double(turn)))
      order.append(taken.address)
    }
    // Nobody got them, so they stay free: the first one has its turn again.
    #expect(order == ["10.0.0.3", "10.0.0.5", "10.0.0.2", "10.0.0.4", "10.0.0.1", "10.0.0.3"])
  }

  @Test(arguments: TestStoreKind.all)
  func `An address that anything has is not free`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let network = try await nova.addNetwork()
    let other = try await nova.addNetwork()
    try await nova.addFixedIP("10.0.0.1") {
      $0.networkID = network; $0.reserved = true
    }
    try await nova.addFixedIP("10.0.0.2") {
      $0.networkID = network; $0.leased = true
    }
    try await nova.addFixedIP("10.0.0.3") {
      $0.networkID = network; $0.host = "host"
    }
    try await nova.addFixedIP("10.0.0.4") {
      $0.networkID = network; $0.instanceUUID = uuid
    }
    try await nova.addFixedIP("10.0.0.5") {
      $0.networkID = network; $0.deleted = 7
    }
    try await nova.addFixedIP("10.0.0.6") { $0.networkID = other }
    await expectError(.noMoreFixedIPs, ["net": .int(Int64(network))]) {
      _ = try await nova.fixedIPAssociatePool(.admin, networkID: network, instanceUUID: uuid)
    }
    await expectError(.invalidUUID, ["uuid": "7"]) {
      _ = try await nova.fixedIPAssociatePool(.admin, networkID: other, instanceUUID: "7")
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `An address of no network is in the pool of every network, and comes into the one that takes it`(
    _ kind: TestStoreKind
  ) async throws {
    let nova = try await kind.nova()
    let network = try await nova.addNetwork()
    try await nova.addFixedIP("10.0.0.1") {
      $0.networkID = network; $0.updatedAt = Date()
    }
    let id = try await nova.addFixedIP("10.0.0.2")
    let taken = try await nova.fixedIPAssociatePool(
      .admin, networkID: network, instanceUUID: uuid, host: "host", virtualInterfaceID: 5)
    #expect(taken.id == id && taken.networkID == network && taken.instanceUUID == uuid && taken.host == "host")
    #expect(taken.virtualInterfaceID == 5 && taken.allocated == true)
    #expect(try await nova.fixedIPGet(.admin, id: id).columns == taken.columns)
    let next = try await nova.fixedIPAssociatePool(.admin, networkID: network, instanceUUID: uuid)
    #expect(next.address == "10.0.0.1" && next.allocated == false)
    try await expectClean(nova.store)
  }

  @Test(arguments: TestStoreKind.all)
  func `Of callers at the same time each gets another address, until all are gone`(_ kind: TestStoreKind) async throws {
    let (nova, store) = try await kind.countedNova()
    let network = try await nova.addNetwork()
    try await nova.fill(network, 64)
    store.plan = .crowded
    store.resetCounts()
    let uuids = (0..<64).map { _ in UUID().uuidString.lowercased() }
    let taken = await outcomes(64) { caller in
      try await nova.fixedIPAssociatePool(.admin, networkID: network, instanceUUID: uuids[caller])
    }
    store.plan = .none
    // One after the other would be half the square of the number.
    #expect(store.counts[.commit] < 64 * 64 / 4)
    let rows = try taken.map { try $0.get() }
    #expect(Set(rows.map(\.address)).count == 64 && rows.map(\.instanceUUID) == uuids)
    for row in rows {
      #expect(try await nova.fixedIPGet(.admin, id: #require(row.id)).instanceUUID == row.instanceUUID)
    }
    await expectError(.noMoreFixedIPs) {
      _ = try await nova.fixedIPAssociatePool(.admin, networkID: network, instanceUUID: uuid)
    }
    try await expectClean(nova.store)
  }

  @Test(arguments: TestStoreKind.all)
  func `More callers than addresses take all of them, and the others get none`(_ kind: TestStoreKind) async throws {
    let (nova, store) = try await kind.countedNova()
    let network = try await nova.addNetwork()
    try await nova.fill(network, 8)
    store.plan = .crowded
    let taken = await outcomes(24) { _ in
      try await nova.fixedIPAssociatePool(.admin, networkID: network, instanceUUID: uuid).address
    }
    let refusals = taken.compactMap { result -> NovaError? in
      if case .failure(let error) = result { error as? NovaError } else { nil }
    }
    #expect(Set(taken.compactMap { try? $0.get() }).count == 8)
    #expect(refusals.count == 16 && refusals.allSatisfy { $0.code == .noMoreFixedIPs })
  }

  @Test(arguments: TestStoreKind.all)
  func `A large network costs what a small one does`(_ kind: TestStoreKind) async throws {
    var costs: [StoreCallCounts] = []
    for size in [16, 4096] {
      let (nova, store) = try await kind.countedNova()
      let network = try await nova.addNetwork()
      try await nova.fill(network, size)
      _ = try await nova.fixedIPAssociatePool(.admin, networkID: network, instanceUUID: uuid)
      store.resetCounts()
      _ = try await nova.fixedIPAssociatePool(.admin, networkID: network, instanceUUID: uuid)
      costs.append(store.counts)
    }
    #expect(costs[0] == costs[1])
    #expect(costs[0].entries <= 2 && costs[0].rows <= 2 && costs[0].roundTrips <= 5)
  }
}
