// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct InstanceDestroyTests {
  /// An instance with a row in each table that may have some.
  private func instance(_ nova: NovaDatabase) async throws -> String {
    let uuid = try await nova.newInstance(metadata: ["a": "1"], systemMetadata: ["b": "2"]).uuid
    let session = RomeSession(nova.store)
    session.add(SecurityGroupInstanceAssociation(securityGroupID: 1, instanceUUID: uuid))
    session.add(InstanceFault(instanceUUID: uuid, code: 1))
    session.add(InstanceGroupMember(instanceID: uuid, groupID: 1))
    session.add(BlockDeviceMapping(instanceUUID: uuid))
    session.add(Migration(instanceUUID: uuid))
    session.add(VirtualInterface(instanceUUID: uuid))
    session.add(Tag(resourceID: uuid, tag: "t"))
    session.add(
      ConsoleAuthToken(tokenHash: uuid, consoleType: "vnc", host: "h", port: 1, instanceUUID: uuid, expires: 1))
    let action = InstanceAction(action: "create", instanceUUID: uuid)
    session.add(action)
    try await session.flush()
    session.add(InstanceActionEvent(event: "e", actionID: action.id))
    try await session.commit()
    return uuid
  }

  /// How many live rows of each table there are.
  private func live(_ nova: NovaDatabase) async throws -> [String: Int] {
    let session = RomeSession(nova.store)
    func count<Model: NovaModel>(_ type: Model.Type) async throws -> (String, Int) {
      (Model.tableName, try await session.query(type).count())
    }
    return try await Dictionary(
      uniqueKeysWithValues: [
        count(Instance.self), count(SecurityGroupInstanceAssociation.self), count(InstanceInfoCache.self),
        count(InstanceMetadata.self), count(InstanceFault.self), count(InstanceExtra.self),
        count(InstanceSystemMetadata.self), count(BlockDeviceMapping.self), count(Migration.self), count(Tag.self),
        count(ConsoleAuthToken.self), count(InstanceGroupMember.self), count(VirtualInterface.self),
        count(InstanceIdMapping.self), count(InstanceAction.self), count(InstanceActionEvent.self),
      ])
  }

  @Test(arguments: TestStoreKind.all, [NovaRelease.ocata, .train])
  func `What belongs to the instance goes with it`(_ kind: TestStoreKind, _ release: NovaRelease) async throws {
    var options = NovaOptions()
    options.release = release
    let nova = try await kind.nova(options)
    let uuid = try await instance(nova)
    let other = try await instance(nova)
    let row = try await nova.instanceDestroy(.of("p"), uuid: uuid)
    #expect(row.deleted == row.id && row.deletedAt != nil && row.updatedAt == nil)
    #expect(row[Instance.metadata]?.count == 1 && row[Instance.infoCache]??.instanceUUID == uuid)
    var expected = try await live(nova).mapValues { _ in 1 }
    for table in ["instance_actions", "instance_actions_events"] { expected[table] = 2 }
    for table in release < .train ? ["virtual_interfaces", "instance_id_mappings"] : ["instance_group_member"] {
      expected[table] = 2
    }
    #expect(try await live(nova) == expected)
    #expect(try await nova.all(InstanceMetadata.self).count == 2)
    #expect(try await nova.all(Tag.self).map(\.resourceID) == [other])
    await expectError(.instanceNotFound, ["instance_id": .string(uuid)]) {
      try await nova.instanceDestroy(.of("p"), uuid: uuid)
    }
    await expectError(.invalidUUID, ["uuid": "x"]) { try await nova.instanceDestroy(.of("p"), uuid: "x") }
    try await expectClean(nova.store)
  }

  @Test(arguments: TestStoreKind.all)
  func `A hard delete leaves nothing`(_ kind: TestStoreKind) async throws {
    var options = NovaOptions()
    options.release = .train
    let nova = try await kind.nova(options)
    let uuid = try await instance(nova)
    try await nova.instanceMetadataDelete(.of("p"), instanceUUID: uuid, key: "a")
    try await nova.instanceDestroy(.of("p"), uuid: uuid, hardDelete: true)
    #expect(try await live(nova).filter { $0.value > 0 } == ["instance_group_member": 1])
    #expect(try await nova.all(Instance.self).isEmpty)
    #expect(try await nova.all(InstanceMetadata.self).isEmpty)
    try await expectClean(nova.store)
  }

  @Test(arguments: TestStoreKind.all)
  func `An instance goes only when the constraint holds`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    func goes(_ constraint: NovaConstraint<Instance>) async throws -> Bool {
      let uuid = try await nova.newInstance {
        $0.taskState = "deleting"
        $0.vmState = nil
      }.uuid
      let error = await failure { () async throws(NovaError) in
        try await nova.instanceDestroy(.of("p"), uuid: uuid, constraint: constraint)
      }
      #expect(error == nil || error?.code == .constraintNotMet)
      let left = try await nova.instanceGetByUUID(.admin.reading(.yes), uuid: uuid)
      #expect(left.isDeleted == (error == nil))
      return error == nil
    }
    #expect(try await goes(NovaConstraint()))
    #expect(try await goes(.equalAny(Instance.taskState, ["deleting", "error"])))
    #expect(try await !goes(.equalAny(Instance.taskState, ["error"])))
    #expect(try await goes(.notEqual(Instance.taskState, ["error", "resize"])))
    #expect(try await !goes(.notEqual(Instance.taskState, ["deleting"])))
    #expect(try await goes(.equalAny(Instance.vmState, [nil])))
    // As in SQL, null is not known to differ from anything.
    #expect(try await !goes(.notEqual(Instance.vmState, ["error"])))
    #expect(try await !goes(.equalAny(Instance.taskState, ["deleting"]) && .equalAny(Instance.vmState, ["error"])))
  }

  @Test(arguments: TestStoreKind.all)
  func `Of many callers who destroy an instance, one does`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let uuid = try await instance(nova)
    let errors = try await concurrently(8) { _ in
      await failure { () async throws(NovaError) in try await nova.instanceDestroy(.of("p"), uuid: uuid) }
    }
    #expect(errors.count { $0 == nil } == 1)
    #expect(errors.compactMap { $0 }.allSatisfy { $0.code == .instanceNotFound }, "\(errors)")
  }

  @Test func `No table is read as a whole`() async throws {
    let nova = try await TestStoreKind.memory.nova()
    let uuid = try await instance(nova)
    let (_, plans) = try await nova.explaining { nova in try await nova.instanceDestroy(.of("p"), uuid: uuid) }
    #expect(plans.count > 10 && plans.allSatisfy { !$0.hasFullScan }, "\(plans)")
  }
}
