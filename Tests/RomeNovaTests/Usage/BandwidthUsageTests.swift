// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct BandwidthUsageTests {
  private let period = Date(timeIntervalSince1970: 1_456_833_600)

  @discardableResult
  private func report(
    _ nova: NovaDatabase, uuid: String = "i", mac: String = "m", bytes: Int64, refreshed: Date? = nil
  ) async throws -> NovaRow<BandwidthUsage> {
    try await nova.bwUsageUpdate(
      .admin, uuid: uuid, mac: mac, startPeriod: period, bwIn: bytes, bwOut: bytes + 1, lastCtrIn: bytes + 2,
      lastCtrOut: bytes + 3, lastRefreshed: refreshed)
  }

  @Test(arguments: TestStoreKind.all)
  func `The first report of a period adds a row, and the next ones change it`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova().at(period + 10)
    #expect(try await nova.bwUsageGet(.admin, uuid: "i", startPeriod: period, mac: "m") == nil)
    let first = try await report(nova, bytes: 100)
    #expect(first.bwIn == 100 && first.bwOut == 101 && first.lastCtrIn == 102 && first.lastCtrOut == 103)
    #expect(first.lastRefreshed == period + 10 && first.updatedAt == nil)
    let second = try await report(nova.at(period + 20), bytes: 200, refreshed: period + 15)
    #expect(second.id == first.id && second.bwIn == 200 && second.lastRefreshed == period + 15)
    #expect(second.createdAt == period + 10 && second.updatedAt == period + 20)
    #expect(try await nova.bwUsageGet(.admin, uuid: "i", startPeriod: period, mac: "m")?.columns == second.columns)
  }

  @Test(arguments: TestStoreKind.all)
  func `Interfaces and periods have rows of their own`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    for (uuid, mac) in [("i", "m"), ("i", "n"), ("j", "m"), ("k", "m")] {
      try await report(nova, uuid: uuid, mac: mac, bytes: 1)
    }
    _ = try await nova.bwUsageUpdate(
      .admin, uuid: "i", mac: "m", startPeriod: period + 1, bwIn: 9, bwOut: 9, lastCtrIn: 9, lastCtrOut: 9)
    let (usages, plans) = try await nova.explaining { nova in
      try await nova.bwUsageGetByUUIDs(.admin, uuids: ["j", "i"], startPeriod: period)
    }
    #expect(usages.map(\.id) == [1, 2, 3])
    #expect(plans.allSatisfy { !$0.hasFullScan }, "\(plans)")
    #expect(try await nova.bwUsageGetByUUIDs(.admin, uuids: [], startPeriod: period).isEmpty)
  }

  @Test(arguments: TestStoreKind.all)
  func `Of equal rows that an old database has, the first is changed`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let session = RomeSession(nova.store)
    for _ in 0..<2 {
      session.add(BandwidthUsage(uuid: "i", mac: "m", startPeriod: period, bwIn: 1))
      try await session.commit()
    }
    #expect(try await report(nova, bytes: 5).id == 1)
    let usages = try await nova.bwUsageGetByUUIDs(.admin, uuids: ["i"], startPeriod: period)
    #expect(usages.map(\.bwIn) == [5, 1])
  }

  @Test(arguments: TestStoreKind.all)
  func `Many reports at the same time make one row`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    _ = try await concurrently(24) { try await report(nova, bytes: Int64($0)) }
    #expect(try await nova.bwUsageGetByUUIDs(.admin, uuids: ["i"], startPeriod: period).count == 1)
    try await expectClean(nova.store)
  }

  @Test func `An anonymous caller gets no answer`() async throws {
    let nova = try await TestStoreKind.memory.nova()
    await expectError(.forbidden) {
      _ = try await nova.bwUsageGet(NovaContext(), uuid: "i", startPeriod: period, mac: "m")
    }
    await expectError(.forbidden) {
      _ = try await nova.bwUsageUpdate(
        NovaContext(), uuid: "i", mac: "m", startPeriod: period, bwIn: 1, bwOut: 1, lastCtrIn: 1, lastCtrOut: 1)
    }
  }
}
