// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct InstanceGroupMemberTests {
  @Test(arguments: TestStoreKind.all)
  func `Members are added once; others stay, unless all are replaced`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.addInstanceGroup("g", members: ["i1"])
    let answer = try await nova.instanceGroupMembersAdd(.admin, uuid: "g", members: ["i2", "i1", "i2"])
    #expect(answer == ["i2", "i1", "i2"])
    #expect(try await nova.instanceGroupMembersGet(.admin, uuid: "g") == ["i1", "i2"])
    try await nova.instanceGroupMembersAdd(.admin, uuid: "g", members: ["i3", "i2"], replacing: true)
    #expect(try await nova.instanceGroupMembersGet(.admin, uuid: "g") == ["i2", "i3"])
  }

  @Test(arguments: TestStoreKind.all)
  func `A member is removed, and can come back`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.addInstanceGroup("g", members: ["i1", "i2"])
    try await nova.instanceGroupMemberDelete(.admin, uuid: "g", instanceUUID: "i1")
    await expectError(.instanceGroupMemberNotFound, ["group_uuid": "g", "instance_id": "i1"]) {
      try await nova.instanceGroupMemberDelete(.admin, uuid: "g", instanceUUID: "i1")
    }
    try await nova.instanceGroupMembersAdd(.admin, uuid: "g", members: ["i1"])
    #expect(try await nova.instanceGroupMembersGet(.admin, uuid: "g") == ["i2", "i1"])
  }

  @Test(arguments: TestStoreKind.all)
  func `Only a group that is there has members`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let fields: [String: NovaField] = ["group_uuid": "none"]
    await expectError(.instanceGroupNotFound, fields) {
      _ = try await nova.instanceGroupMembersGet(.admin, uuid: "none")
    }
    await expectError(.instanceGroupNotFound, fields) {
      try await nova.instanceGroupMembersAdd(.admin, uuid: "none", members: ["i"])
    }
    await expectError(.instanceGroupNotFound, fields) {
      try await nova.instanceGroupMemberDelete(.admin, uuid: "none", instanceUUID: "i")
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `Members that many callers add at the same time are there once, and no caller fails`(
    _ kind: TestStoreKind
  ) async throws {
    let nova = try await kind.nova()
    try await nova.addInstanceGroup("g")
    _ = try await concurrently(24) { number in
      try await nova.instanceGroupMembersAdd(.admin, uuid: "g", members: ["i\(number / 3)", "shared"])
    }
    let members = try await nova.instanceGroupMembersGet(.admin, uuid: "g")
    #expect(members.count == 9 && Set(members) == Set((0..<8).map { "i\($0)" } + ["shared"]), "\(members)")
    try await expectClean(nova.store)
  }

  @Test(arguments: TestStoreKind.all)
  func `Who replaces the members while others add some loses none that came behind`(_ kind: TestStoreKind) async throws
  {
    let nova = try await kind.nova()
    try await nova.addInstanceGroup("g", members: ["old"])
    _ = try await concurrently(8) { number in
      try await nova.instanceGroupMembersAdd(.admin, uuid: "g", members: ["i\(number)"], replacing: number == 3)
    }
    let members = Set(try await nova.instanceGroupMembersGet(.admin, uuid: "g"))
    #expect(members.contains("i3") && !members.contains("old"))
    let rows = try await RomeSession(nova.store).query(InstanceGroupMember.self, readDeleted: .yes).all()
    #expect(rows.count == 9)
  }
}
