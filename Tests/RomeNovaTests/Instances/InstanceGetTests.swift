// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct InstanceGetTests {
  @Test(arguments: TestStoreKind.all)
  func `An instance is found by its UUID and by its number`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let instance = try await nova.newInstance()
    let id = try #require(instance.id)
    #expect(try await nova.instanceGetByUUID(.of("p"), uuid: instance.uuid).id == id)
    #expect(try await nova.instanceGet(.admin, id: id).uuid == instance.uuid)
    await expectError(.instanceNotFound, ["instance_id": "x"]) {
      _ = try await nova.instanceGetByUUID(.of("p"), uuid: "x")
    }
    await expectError(.instanceNotFound, ["instance_id": 77]) { _ = try await nova.instanceGet(.of("p"), id: 77) }
    await expectError(.forbidden) { _ = try await nova.instanceGet(NovaContext(), id: id) }
  }

  @Test(arguments: TestStoreKind.all)
  func `A user sees the instances of his project only`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let instance = try await nova.newInstance()
    await expectError(.instanceNotFound) { _ = try await nova.instanceGetByUUID(.of("q"), uuid: instance.uuid) }
    await expectError(.instanceNotFound) {
      try await nova.instanceUpdate(.of("q"), uuid: instance.uuid, changes: InstanceChanges { $0.host = "h" })
    }
    await expectError(.instanceNotFound) { try await nova.instanceDestroy(.of("q"), uuid: instance.uuid) }
    #expect(try await nova.instanceGetByUUID(.admin, uuid: instance.uuid).deleted == 0)
  }

  @Test(arguments: TestStoreKind.all)
  func `Metadata that nobody asks for is empty`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let uuid = try await nova.newInstance(metadata: ["a": "1"], systemMetadata: ["b": "2"]).uuid
    func keys(_ joins: InstanceJoins?) async throws -> [[String?]?] {
      let row = try await nova.instanceGetByUUID(.of("p"), uuid: uuid, joins: joins)
      return [row[Instance.metadata]?.map(\.key), row[Instance.systemMetadata]?.map(\.key)]
    }
    #expect(try await keys(nil) == [["a"], ["b"]])
    #expect(try await keys([]) == [[], []])
    #expect(try await keys([.metadata]) == [["a"], []])
    #expect(try await keys([.systemMetadata]) == [[], ["b"]])
  }

  @Test(arguments: TestStoreKind.all)
  func `All that can be joined is loaded, and nothing else`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let uuid = try await nova.newInstance { $0.host = "compute1" }.uuid
    let session = RomeSession(nova.store)
    session.add(Service(host: "compute1", binary: "nova-compute"))
    session.add(Service(host: "compute1", binary: "nova-network"))
    session.add(BlockDeviceMapping(instanceUUID: uuid, deviceName: "/dev/vda"))
    session.add(InstanceFault(instanceUUID: uuid, code: 1))
    session.add(InstanceFault(instanceUUID: uuid, code: 2))
    session.add(Tag(resourceID: uuid, tag: "t"))
    try await session.commit()
    let names = ["block_device_mapping", "fault", "tags", "services", "extra", "extra.flavor", "pci_devices"]
    let row = try await nova.instanceGetByUUID(.of("p"), uuid: uuid, joins: InstanceJoins(names: names))
    #expect(row[Instance.blockDeviceMapping]?.map(\.deviceName) == ["/dev/vda"])
    #expect(row[Instance.fault]??.code == 2)
    #expect(row[Instance.tags]?.map(\.tag) == ["t"])
    #expect(row[Instance.services]?.map(\.binary) == ["nova-compute"])
    #expect(row[Instance.pciDevices]?.isEmpty == true && row[Instance.consoleAuthTokens] == nil)
    let unloaded = try #require(row[Instance.extra] ?? nil).unloadedColumns
    #expect(!unloaded.contains("flavor") && unloaded.contains("numa_topology"))
    let always: Set<String> = ["info_cache", "security_groups", "metadata", "system_metadata"]
    #expect(Set(row.related.keys) == always.union(names.filter { !$0.contains(".") }))
  }

  @Test func `A name that can't be joined is refused`() {
    #expect(throws: NovaError.self) { try InstanceJoins(names: ["foo"]) }
    #expect(throws: NovaError.self) { try InstanceJoins(names: ["extra.foo"]) }
  }

  @Test func `What belongs to an instance is found by indexes, in one query a table`() async throws {
    let nova = try await TestStoreKind.memory.nova()
    let uuid = try await nova.newInstance(metadata: ["a": "1"]).uuid
    let joins = InstanceJoins(Set(InstanceJoins.Relation.allCases))
    let (_, plans) = try await nova.explaining { nova in
      try await nova.instanceGetByUUID(.of("p"), uuid: uuid, joins: joins)
    }
    #expect(plans.allSatisfy { !$0.hasFullScan }, "\(plans)")
    // The instance and each relation. There are no security groups, whose rules would be one more, and no host.
    #expect(plans.count <= InstanceJoins.Relation.allCases.count + 1)
  }
}
