// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeTesting
import StoreTestSupport
import Testing
@testable import RomeNova

@Suite struct ArchiveTests {
  private func archived<Model: NovaModel>(_ model: Model.Type, _ nova: NovaDatabase) async throws -> [Shadow<Model>] {
    try await RomeSession(nova.store).query(Shadow<Model>.self, readDeleted: .yes).all()
  }

  @Test(arguments: TestStoreKind.all)
  func `A deleted row moves with its values, and a live one stays`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let first = try await nova.serviceCreate(.admin, values: NovaValues { $0.host = "h1" })
    _ = try await nova.serviceCreate(.admin, values: NovaValues { $0.host = "h2" })
    try await nova.serviceDestroy(.admin, id: #require(first.id))
    let before = try await nova.serviceGet(.admin.reading(.yes), id: #require(first.id))
    let moved = try await nova.archiveDeletedRows(.admin)
    #expect(moved.counts == ["services": 1] && moved.total == 1 && moved.instanceUUIDs.isEmpty)
    #expect(try await nova.serviceGetAll(.admin.reading(.yes)).map(\.host) == ["h2"])
    #expect(try await archived(Service.self, nova).map { $0.snapshot().values } == [before.columns.values])
    #expect(try await nova.archiveDeletedRows(.admin).counts.isEmpty)
    try await expectClean(nova.store)
  }

  @Test(arguments: TestStoreKind.all)
  func `What belongs to a deleted instance follows it, but for a device that it used`(
    _ kind: TestStoreKind
  ) async throws {
    let nova = try await kind.nova()
    let action = InstanceAction()
    (action.id, action.instanceUUID) = (5, testUUID(1))
    let event = InstanceActionEvent()
    event.actionID = 5
    let kept = InstanceAction()
    (kept.id, kept.instanceUUID) = (6, testUUID(2))
    let device = PciDevice(
      computeNodeID: 1, address: "a", vendorID: "v", productID: "p", devType: "t", label: "l", status: "available")
    device.instanceUUID = testUUID(1)
    try await nova.write([
      Instance(1) { $0.markDeleted() }, Instance(2), action, event, kept, device,
      InstanceInfoCache(instanceUUID: testUUID(1)), InstanceInfoCache(instanceUUID: testUUID(2)),
    ])
    let moved = try await nova.archiveDeletedRows(.admin)
    #expect(
      moved.counts == [
        "instances": 1, "instance_actions": 1, "instance_actions_events": 1, "instance_info_caches": 1,
      ])
    #expect(moved.instanceUUIDs == [testUUID(1)])
    #expect(try await archived(InstanceActionEvent.self, nova).count == 1)
  }

  @Test(arguments: TestStoreKind.all)
  func `A row that another one refers to stays until that is gone`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let group = SecurityGroup()
    (group.id, group.deleted) = (3, 3)
    let rule = SecurityGroupIngressRule()
    (rule.id, rule.groupID) = (8, 3)
    try await nova.write([group])
    try await nova.write([rule])
    #expect(try await nova.archiveDeletedRows(.admin).counts.isEmpty)
    let session = RomeSession(nova.store)
    try await session.query(SecurityGroupIngressRule.self).softDelete()
    try await session.commit()
    #expect(try await nova.archiveDeletedRows(.admin).counts == ["security_group_rules": 1, "security_groups": 1])
  }

  @Test(arguments: TestStoreKind.all)
  func `No more rows move than may, children first, and only those deleted before a time`(
    _ kind: TestStoreKind
  )
    async throws
  {
    let nova = try await kind.nova()
    try await nova.write((1...3).map { number in Instance(number) { $0.markDeleted() } })
    try await nova.write((1...3).map { InstanceInfoCache(instanceUUID: testUUID($0)) })
    #expect(try await nova.archiveDeletedRows(.admin, maxRows: 0).total == 0)
    #expect(try await nova.archiveDeletedRows(.admin, maxRows: 2).counts == ["instance_info_caches": 2])
    let old = try await nova.archiveDeletedRows(.admin, maxRows: 9, before: testTime(2))
    #expect(old.counts == ["instances": 1] && old.instanceUUIDs == [testUUID(1)])
    let rest = try await nova.archiveDeletedRows(.admin)
    #expect(rest.counts == ["instances": 2, "instance_info_caches": 1])
  }

  @Test(arguments: TestStoreKind.all)
  func `A name can be archived again`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    for scope in ["private", "public"] {
      let domain = DNSDomain(domain: "example.org")
      (domain.deleted, domain.scope) = (true, scope)
      try await nova.write([domain])
      #expect(try await nova.archiveDeletedRows(.admin).counts == ["dns_domains": 1])
    }
    let shadows = try await archived(DNSDomain.self, nova)
    #expect(try shadows.map { try $0.value(of: "scope") } == [.string("public")])
  }

  @Test(arguments: TestStoreKind.all)
  func `Callers at the same time move each row once`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.write((1...50).map { number in Instance(number) { $0.markDeleted() } })
    let moved = try await withThrowingTaskGroup(of: ArchivedRows.self) { group in
      for _ in 0..<4 { group.addTask { try await nova.archiveDeletedRows(.admin) } }
      return try await group.reduce(into: []) { $0 += $1.instanceUUIDs }
    }
    #expect(moved.count == 50 && Set(moved).count == 50)
    #expect(try await archived(Instance.self, nova).count == 50)
    try await expectClean(nova.store)
  }

  @Test
  func `A table is read once, however many rows move`() async throws {
    let (nova, store) = try await TestStoreKind.memory.countedNova()
    // The first call opens all tables.
    _ = try await nova.archiveDeletedRows(.admin)
    try await nova.write(
      (1...1000).map { number in
        let usage = BandwidthUsage(startPeriod: testTime(0))
        (usage.id, usage.deleted) = (number, number % 2 * number)
        return usage
      })
    store.resetCounts()
    #expect(try await nova.archiveDeletedRows(.admin).counts == ["bw_usage_cache": 500])
    // The table to find them, and the rows themselves once more to move them.
    #expect(store.counts.rows < 1600)
  }

  @Test
  func `Each table is archived once, and behind those that refer to it`() throws {
    let names = ArchivedTable.all.map(\.name)
    #expect(names.count == 50 && Set(names).count == 50)
    func place(_ name: String) throws -> Int { try #require(names.firstIndex(of: name)) }
    #expect(try place("instance_actions_events") < place("instance_actions"))
    #expect(try place("security_group_instance_association") < place("security_groups"))
    #expect(try place("pci_devices") < place("compute_nodes"))
    #expect(try place("reservations") < place("quota_usages"))
  }
}
