// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct FloatingIPListTests {
  private func addresses(_ numbers: Range<Int>) -> [NovaValues<FloatingIp>] {
    numbers.map { number in NovaValues { $0.address = NovaAddress("1.1.\(number / 256).\(number % 256)") } }
  }

  @Test(arguments: TestStoreKind.all)
  func `An address is there once, unless it is deleted`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let first = try await nova.floatingIPCreate(.admin, values: addresses(1..<2)[0])
    #expect(first.autoAssigned == false && first.projectID == nil)
    await expectError(.floatingIPExists, ["address": "1.1.0.1"]) {
      _ = try await nova.floatingIPCreate(.admin, values: addresses(1..<2)[0])
    }
    try await nova.floatingIPDestroy(.admin, address: "1.1.0.1")
    await expectError(.noFloatingIPsDefined) { _ = try await nova.floatingIPGetAll(.admin.reading(.yes)) }
  }

  @Test(arguments: TestStoreKind.all)
  func `A list is added whole or not at all, and answered if the caller likes`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    #expect(try await nova.floatingIPBulkCreate(.admin, ips: addresses(0..<2), wantsResult: false)?.count == nil)
    let rows = try await nova.floatingIPBulkCreate(.admin, ips: addresses(2..<4))
    #expect(rows?.map(\.address) == ["1.1.0.2", "1.1.0.3"] && rows?.allSatisfy { $0.id != nil } == true)
    await expectError(.floatingIPExists, ["address": "1.1.0.3"]) {
      _ = try await nova.floatingIPBulkCreate(.admin, ips: addresses(3..<6))
    }
    #expect(try await nova.floatingIPGetAll(.admin).count == 4)
  }

  @Test(arguments: TestStoreKind.all)
  func `An address is changed by its text`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.addFloatingIP("1.1.1.1") { $0.projectID = "p" }
    try await nova.addFloatingIP("1.1.1.2") { $0.projectID = "q" }
    let changed = try await nova.floatingIPUpdate(
      .of("p"), address: "1.1.1.1",
      values: NovaValues {
        $0.host = "a"; $0.interface = "eth1"
      })
    #expect(changed.host == "a" && changed.interface == "eth1" && changed.updatedAt != nil)
    #expect(Set(changed.related.keys) == ["fixed_ip"])
    await expectError(.floatingIPExists, ["address": "1.1.1.2"]) {
      _ = try await nova.floatingIPUpdate(.admin, address: "1.1.1.1", values: NovaValues { $0.address = "1.1.1.2" })
    }
    await expectError(.forbidden) {
      _ = try await nova.floatingIPUpdate(.of("p"), address: "1.1.1.2", values: NovaValues { $0.host = "a" })
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `Many addresses are deleted, and their projects get their quota back`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    _ = try await nova.floatingIPBulkCreate(.admin, ips: addresses(0..<600), wantsResult: false)
    for number in 0..<3 { try await nova.addFloatingIP(NovaAddress("2.2.2.\(number)")) { $0.projectID = "p" } }
    try await nova.addFloatingIP("2.2.2.3") {
      $0.projectID = "p"; $0.autoAssigned = true
    }
    try await nova.addFloatingIP("2.2.2.4") { $0.projectID = "q" }
    let session = RomeSession(nova.store)
    for (project, resource, count) in [("p", "floating_ips", 5), ("p", "fixed_ips", 5), ("q", "floating_ips", 0)] {
      let usage = QuotaUsage(resource: resource, inUse: count, reserved: 0)
      usage.projectID = project
      session.add(usage)
    }
    try await session.commit()
    let gone = addresses(0..<550).compactMap(\.address) + (0..<5).map { NovaAddress("2.2.2.\($0)") }
    try await nova.floatingIPBulkDestroy(.admin, addresses: gone)
    #expect(try await nova.floatingIPGetAll(.admin).map(\.address) == addresses(550..<600).map(\.address))
    let usages = try await RomeSession(nova.store).query(QuotaUsage.self).order(by: QuotaUsage.id).all()
    #expect(usages.map(\.inUse) == [2, 5, 0])
    try await expectClean(nova.store)
  }

  @Test(arguments: TestStoreKind.all)
  func `Since Pike the usage of addresses is not counted in rows`(_ kind: TestStoreKind) async throws {
    var options = NovaOptions()
    options.release = .train
    let nova = try await kind.nova(options)
    try await nova.addFloatingIP("1.1.1.1") { $0.projectID = "p" }
    let session = RomeSession(nova.store)
    let usage = QuotaUsage(resource: "floating_ips", inUse: 5, reserved: 0)
    usage.projectID = "p"
    session.add(usage)
    try await session.commit()
    try await nova.floatingIPBulkDestroy(.admin, addresses: ["1.1.1.1"])
    #expect(try await RomeSession(nova.store).query(QuotaUsage.self).all().map(\.inUse) == [5])
  }
}
