// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import RomeTesting
import StoreTestSupport
import Testing

@Suite struct InstanceCreateTests {
  @Test(arguments: TestStoreKind.all)
  func `An instance comes with all that belongs to it`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    var new = NewInstance {
      $0.projectID = "p"
      $0.accessIPv6 = "0:0::1"
    }
    new.metadata = ["b": "2", "a": nil]
    new.systemMetadata = ["c": "3"]
    new.infoCache.networkInfo = "[]"
    new.extra.flavor = "{}"
    let instance = try await nova.instanceCreate(.of("p"), values: new)
    #expect(instance.uuid.count == 36 && instance.cleaned == 0 && instance.shutdownTerminate == false)
    #expect(instance.accessIPv6 == "::1" && instance.createdAt != nil && instance.updatedAt == nil)
    let metadata = try #require(instance[Instance.metadata])
    #expect(metadata.map(\.key) == ["a", "b"] && metadata.map(\.value) == [nil, "2"])
    #expect(instance[Instance.systemMetadata]?.map(\.key) == ["c"])
    #expect(instance[Instance.infoCache]??.networkInfo == "[]" && instance[Instance.securityGroups]?.isEmpty == true)
    let extra = try #require(instance[Instance.extra] ?? nil)
    #expect(extra.instanceUUID == instance.uuid && extra.flavor == "{}")
    #expect(extra.unloadedColumns.contains("migration_context") && !extra.unloadedColumns.contains("flavor"))
    #expect(try await nova.all(InstanceIdMapping.self).map(\.uuid) == [instance.uuid])
    let read = try await nova.instanceGetByUUID(.of("p"), uuid: instance.uuid)
    #expect(read.columns == instance.columns && read[Instance.metadata]?.map(\.columns) == metadata.map(\.columns))
    try await expectClean(nova.store)
  }

  @Test(arguments: TestStoreKind.all)
  func `An instance is put into the groups that it names`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let session = RomeSession(nova.store)
    session.add(SecurityGroup(name: "web", projectID: "p"))
    session.add(SecurityGroup(name: "db", projectID: "other"))
    try await session.commit()
    var new = NewInstance { $0.projectID = "p" }
    new.securityGroups = ["web", "default"]
    let instance = try await nova.instanceCreate(.of("p"), values: new)
    #expect(instance[Instance.securityGroups]?.map(\.name) == ["default", "web"])
    let read = try await nova.instanceGetByUUID(.of("p"), uuid: instance.uuid)
    #expect(Set(read[Instance.securityGroups]?.map(\.name) ?? []) == ["default", "web"])
  }

  @Test(arguments: TestStoreKind.all)
  func `A failed call leaves nothing but the default group`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    var new = NewInstance()
    new.securityGroups = ["default", "db"]
    await expectError(.securityGroupNotFoundForProject, ["project_id": "p", "security_group_id": "db"]) {
      _ = try await nova.instanceCreate(.of("p"), values: new)
    }
    #expect(try await nova.all(Instance.self).isEmpty)
    #expect(try await nova.all(InstanceInfoCache.self).isEmpty)
    #expect(try await nova.all(SecurityGroup.self).map(\.name) == ["default"])
    await expectError(.forbidden) { _ = try await nova.instanceCreate(NovaContext(), values: NewInstance()) }
  }

  @Test(arguments: TestStoreKind.all)
  func `A UUID is used once, even by an instance that is gone`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let uuid = try await nova.newInstance().uuid
    try await nova.instanceDestroy(.of("p"), uuid: uuid)
    await expectError(.dbDuplicateEntry) { _ = try await nova.newInstance { $0.uuid = uuid } }
    #expect(try await nova.all(InstanceExtra.self).count == 1)
  }

  @Test(arguments: TestStoreKind.all)
  func `To make an instance, or to change it, takes one read and one commit`(_ kind: TestStoreKind) async throws {
    let (nova, store) = try await kind.countedNova()
    // The first use of a table takes more.
    let uuid = try await nova.newInstance(metadata: ["a": "1"], systemMetadata: ["c": "3"]).uuid
    store.resetCounts()
    _ = try await nova.newInstance(metadata: ["a": "1", "b": "2"], systemMetadata: ["c": "3"])
    #expect(store.counts.roundTrips == 2, "\(store.counts)")
    store.resetCounts()
    var changes = InstanceChanges { $0.host = "h" }
    changes.expected.taskState = [nil]
    try await nova.instanceUpdate(.of("p"), uuid: uuid, changes: changes)
    #expect(store.counts.roundTrips == 2, "\(store.counts)")
  }

  @Test func `From Train on an instance shows that it has no fault`() async throws {
    var options = NovaOptions()
    #expect(try await TestStoreKind.memory.nova(options).newInstance()[Instance.fault] == nil)
    options.release = .train
    let fault: NovaRow<InstanceFault>?? = try await TestStoreKind.memory.nova(options).newInstance()[Instance.fault]
    #expect(fault != nil && fault! == nil)
  }

  @Test(arguments: [
    ("instance-%08x", "instance-00000001"), ("%d-%%", "1-%"), ("vm-%(hostname)s-%(id)03d", "vm-web-001"),
  ])
  func `The name of an instance is made by the template`(_ template: String, _ name: String) async throws {
    var options = NovaOptions()
    options.instanceNameTemplate = template
    let instance = try await TestStoreKind.memory.nova().newInstance { $0.hostname = "web" }
    #expect(instance.extraFields(options) == ["name": .string(name)])
    options.instanceNameTemplate = "%(nothing)s"
    #expect(Instance.name(of: instance, options) == instance.uuid)
  }
}
