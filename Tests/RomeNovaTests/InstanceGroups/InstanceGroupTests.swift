// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import StoreTestSupport
import Testing

extension NovaDatabase {
  /// Adds a group of instances of a project, and returns its UUID.
  @discardableResult
  func addInstanceGroup(
    _ uuid: String, of project: String = "p", policies: [String]? = nil, members: [String]? = nil
  )
    async throws -> String
  {
    let values = NovaValues<InstanceGroup> {
      $0.uuid = uuid
      $0.projectID = project
      $0.userID = "user"
    }
    return try await instanceGroupCreate(.of(project), values: values, policies: policies, members: members).uuid
  }

  /// The policies and members of a group as its properties show them.
  func properties(of uuid: String) async throws -> [String: NovaField] {
    try await instanceGroupGet(.admin, uuid: uuid).properties(options)
  }
}

@Suite struct InstanceGroupTests {
  @Test(arguments: TestStoreKind.all)
  func `A group shows its policies and members, each once and in their order`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.addInstanceGroup("g", policies: ["p2", "p1", "p2"], members: ["i2", "i1", "i2"])
    try await nova.addInstanceGroup("empty")
    #expect(try await nova.properties(of: "g") == ["policies": ["p2", "p1"], "members": ["i2", "i1"]])
    #expect(try await nova.properties(of: "empty") == ["policies": [], "members": []])
    #expect(try await nova.instanceGroupGetByInstance(.of("p"), instanceUUID: "i1").uuid == "g")
  }

  @Test(arguments: TestStoreKind.all)
  func `A group without a UUID gets one, and one that is in use is refused`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let group = try await nova.instanceGroupCreate(.admin, values: NovaValues { $0.name = "n" })
    #expect(group.uuid.count == 36 && group.name == "n")
    await expectError(.instanceGroupIDExists, ["group_uuid": .string(group.uuid)]) {
      try await nova.addInstanceGroup(group.uuid, members: ["i1"])
    }
    try await nova.instanceGroupDelete(.admin, uuid: group.uuid)
    try await nova.addInstanceGroup(group.uuid)
    try await expectClean(nova.store)
  }

  @Test(arguments: TestStoreKind.all)
  func `A user sees the groups of his project only`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.addInstanceGroup("g1", of: "p", members: ["i1"])
    try await nova.addInstanceGroup("g2", of: "q", members: ["i2"])
    #expect(try await nova.instanceGroupGetAll(.admin).map(\.uuid) == ["g1", "g2"])
    #expect(try await nova.instanceGroupGetAll(.of("p")).map(\.uuid) == ["g1"])
    #expect(try await nova.instanceGroupGetAllByProjectID(.admin, projectID: "q").map(\.uuid) == ["g2"])
    #expect(try await nova.instanceGroupGetAllByProjectID(.of("p"), projectID: "q").isEmpty)
    await expectError(.instanceGroupNotFound, ["group_uuid": "g2"]) {
      _ = try await nova.instanceGroupGet(.of("p"), uuid: "g2")
    }
    await expectError(.instanceGroupNotFound, ["group_uuid": 2]) {
      _ = try await nova.instanceGroupGetByInstance(.of("p"), instanceUUID: "i2")
    }
    await expectError(.instanceGroupNotFound, ["group_uuid": "g2"]) {
      try await nova.instanceGroupDelete(.of("p"), uuid: "g2")
    }
    await expectError(.instanceGroupNotFound) {
      let foreign = NovaValues<InstanceGroup> { $0.projectID = "q" }
      _ = try await nova.instanceGroupCreate(.of("p"), values: foreign)
    }
    #expect(try await nova.instanceGroupGetAll(.admin).count == 2)
  }

  @Test(arguments: TestStoreKind.all)
  func `An update replaces policies and members where it names them`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.addInstanceGroup("g", policies: ["p1", "p2"], members: ["i1", "i2"])
    try await nova.instanceGroupUpdate(
      .of("p"), uuid: "g", changes: InstanceGroupChanges(NovaValues { $0.name = "new" }, policies: ["p2", "p3"]))
    #expect(try await nova.properties(of: "g") == ["policies": ["p2", "p3"], "members": ["i1", "i2"]])
    #expect(try await nova.instanceGroupGet(.admin, uuid: "g").name == "new")
    try await nova.instanceGroupUpdate(.of("p"), uuid: "g", changes: InstanceGroupChanges(members: []))
    #expect(try await nova.properties(of: "g") == ["policies": ["p2", "p3"], "members": []])
  }

  @Test(arguments: TestStoreKind.all)
  func `With a group go its policies and members`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.addInstanceGroup("g", policies: ["p1"], members: ["i1"])
    try await nova.instanceGroupDelete(.of("p"), uuid: "g")
    await expectError(.instanceGroupNotFound, ["group_uuid": ""]) {
      _ = try await nova.instanceGroupGetByInstance(.of("p"), instanceUUID: "i1")
    }
    let deleted = try await nova.instanceGroupGet(.admin.reading(.yes), uuid: "g")
    #expect(deleted.deleted == 1 && deleted.properties(nova.options) == ["policies": [], "members": []])
  }

  @Test(arguments: TestStoreKind.all)
  func `A group that is not there is told of`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let fields: [String: NovaField] = ["group_uuid": "none"]
    await expectError(.instanceGroupNotFound, fields) { _ = try await nova.instanceGroupGet(.admin, uuid: "none") }
    await expectError(.instanceGroupNotFound, fields) { try await nova.instanceGroupDelete(.admin, uuid: "none") }
    await expectError(.instanceGroupNotFound, fields) {
      try await nova.instanceGroupUpdate(.admin, uuid: "none", changes: InstanceGroupChanges(members: ["i"]))
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `Lists load the parts of all groups at once, and no lookup reads a whole table`(
    _ kind: TestStoreKind
  ) async throws {
    let nova = try await kind.nova()
    for number in 0..<10 { try await nova.addInstanceGroup("g\(number)", policies: ["p1"], members: ["i\(number)"]) }
    let (_, lists) = try await nova.explaining { nova in
      try await nova.instanceGroupGetAllByProjectID(.admin, projectID: "p")
    }
    #expect(lists.count == 3 && lists.allSatisfy { !$0.hasFullScan }, "\(lists)")
    let (_, others) = try await nova.explaining { nova in
      _ = try await nova.instanceGroupGetByInstance(.of("p"), instanceUUID: "i3")
      try await nova.instanceGroupMembersAdd(.admin, uuid: "g3", members: ["x"], replacing: true)
      try await nova.instanceGroupDelete(.admin, uuid: "g3")
    }
    #expect(others.allSatisfy { !$0.hasFullScan && $0.statistics.rowsRead <= 2 }, "\(others)")
  }
}
