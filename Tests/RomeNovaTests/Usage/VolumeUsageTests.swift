// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct VolumeUsageTests {
  private let time = Date(timeIntervalSince1970: 1_456_833_600)

  /// Reports `count` requests of each kind, with ten bytes each.
  @discardableResult
  private func report(
    _ nova: NovaDatabase, _ count: Int64, volume: String = "v", zone: String? = "z", totals: Bool = false
  ) async throws -> NovaRow<VolumeUsage> {
    try await nova.volUsageUpdate(
      .admin, id: volume, reads: count, readBytes: count * 10, writes: count, writeBytes: count * 10,
      instanceUUID: "i", projectID: "p", userID: "u", availabilityZone: zone, updateTotals: totals)
  }

  @Test(arguments: TestStoreKind.all)
  func `The counters of an attached volume are those of the last report`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let first = try await report(nova.at(time), 100)
    #expect(first.currReads == 100 && first.currReadBytes == 1000 && first.currLastRefreshed == time)
    #expect(first.instanceUUID == "i" && first.projectID == "p" && first.userID == "u")
    let second = try await report(nova.at(time + 1), 150, zone: nil)
    #expect(second.id == first.id && second.currWrites == 150 && second.currWriteBytes == 1500)
    #expect(second.currLastRefreshed == time + 1 && second.availabilityZone == nil)
    #expect(second.totReads == 0 && second.totWriteBytes == 0 && second.totLastRefreshed == nil)
  }

  @Test(arguments: TestStoreKind.all)
  func `At the end of an attachment its counters go into the totals`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await report(nova.at(time), 100)
    let first = try await report(nova.at(time + 1), 200, totals: true)
    #expect(first.totReads == 200 && first.totReadBytes == 2000 && first.currReads == 0 && first.currReadBytes == 0)
    try await report(nova.at(time + 2), 300)
    let second = try await report(nova.at(time + 3), 400, totals: true)
    #expect(second.totWrites == 600 && second.totWriteBytes == 6000 && second.currWrites == 0)
    #expect(second.totLastRefreshed == time + 3 && second.currLastRefreshed == time + 2)
  }

  @Test(arguments: TestStoreKind.all)
  func `A volume that is known only when it is detached has totals at once`(_ kind: TestStoreKind) async throws {
    let usage = try await report(try await kind.nova(), 100, totals: true)
    #expect(usage.totReads == 100 && usage.currReads == 0 && usage.currLastRefreshed == nil)
  }

  @Test(arguments: TestStoreKind.all)
  func `When counters fall, the instance was restarted: what was counted is kept`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await report(nova, 10_000)
    let restarted = try await report(nova, 100)
    #expect(restarted.totReads == 10_000 && restarted.totReadBytes == 100_000 && restarted.currReads == 100)
    let grown = try await report(nova, 200)
    #expect(grown.totReads == 10_000 && grown.currReads == 200)
    let detached = try await report(nova, 50, totals: true)
    #expect(detached.totReads == 10_250 && detached.currReads == 0)
  }

  @Test(arguments: TestStoreKind.all)
  func `One counter that falls is enough`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await report(nova, 100)
    let usage = try await nova.volUsageUpdate(
      .admin, id: "v", reads: 200, readBytes: 2000, writes: 200, writeBytes: 999, instanceUUID: "i", projectID: "p",
      userID: "u", availabilityZone: "z")
    #expect(usage.totReads == 100 && usage.totWriteBytes == 1000 && usage.currReads == 200)
  }

  @Test(arguments: TestStoreKind.all)
  func `Those that were reported after a time are listed, and those that lack a time`(
    _ kind: TestStoreKind
  ) async throws {
    let nova = try await kind.nova()
    try await report(nova.at(time), 1, volume: "attached")
    try await report(nova.at(time), 1, volume: "old")
    try await report(nova.at(time), 1, volume: "old", totals: true)
    try await report(nova.at(time), 1, volume: "detached")
    try await report(nova.at(time + 10), 1, volume: "detached", totals: true)
    let usages = try await nova.volGetUsageByTime(.admin, begin: time)
    #expect(usages.map(\.volumeID) == ["attached", "detached"])
    #expect(try await nova.volGetUsageByTime(.admin, begin: time - 1).count == 3)
  }

  @Test(arguments: TestStoreKind.all)
  func `A report finds the row of its volume by an index`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await report(nova, 1, volume: "other")
    try await report(nova, 1)
    let (_, plans) = try await nova.explaining { nova in try await report(nova, 2) }
    #expect(plans.count == 1 && plans[0].statistics.rowsRead == 1 && !plans[0].hasFullScan, "\(plans)")
  }

  @Test(arguments: TestStoreKind.all)
  func `Many detachments at the same time all count`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    _ = try await concurrently(16) { try await report(nova, Int64($0), totals: true) }
    let usages = try await nova.volGetUsageByTime(.admin, begin: time)
    #expect(usages.count == 1 && usages.first?.totReads == 120 && usages.first?.totWriteBytes == 1200)
    try await expectClean(nova.store)
  }

  @Test func `A total that does not fit is an error, and changes nothing`() async throws {
    let nova = try await TestStoreKind.memory.nova()
    try await report(nova, Int64.max / 10, totals: true)
    await expectError(.dbError) { try await report(nova, 10, totals: true) }
    #expect(try await nova.volGetUsageByTime(.admin, begin: time).map(\.totReads) == [Int64.max / 10])
  }

  @Test func `An anonymous caller gets no answer`() async throws {
    let nova = try await TestStoreKind.memory.nova()
    await expectError(.forbidden) { _ = try await nova.volGetUsageByTime(NovaContext(), begin: time) }
  }
}
