// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import RomeTesting
import StoreTestSupport
import Testing

@Suite struct SecurityGroupTests {
  @Test(arguments: TestStoreKind.all)
  func `A new group has no rules, and the instances that it was made with`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.addInstances("i", "j", "k")
    let plain = try await nova.addGroup("a")
    #expect(plain.name == "a" && plain[SecurityGroup.rules]?.isEmpty == true && plain[SecurityGroup.instances] == nil)
    #expect(try await nova.addGroup("b", instances: [])[SecurityGroup.instances]?.isEmpty == true)
    let full = try await nova.addGroup("c", instances: ["i", "k"])
    #expect(full[SecurityGroup.instances]?.map(\.uuid) == ["i", "k"])
    await expectError(.forbidden) { _ = try await nova.securityGroupCreate(NovaContext(), values: NovaValues()) }
  }

  @Test(arguments: TestStoreKind.all)
  func `Of many callers who add the same group, one does`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    #expect(await successes(of: 16) { _ in try await nova.addGroup("a") } == 1)
    await expectError(.securityGroupExists, ["project_id": "p", "security_group_name": "a"]) {
      try await nova.addGroup("a")
    }
    try await nova.addGroup("a", project: "q")
    #expect(try await nova.securityGroupGetAll(.admin).map(\.projectID) == ["p", "q"])
  }

  @Test(arguments: TestStoreKind.all)
  func `A group is found by its number in the caller's project`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.addGroup("a")
    #expect(try await nova.securityGroupGet(.of("p"), id: 1).related.isEmpty)
    await expectError(.securityGroupNotFound, ["security_group_id": 1]) {
      _ = try await nova.securityGroupGet(.of("q"), id: 1)
    }
    await expectError(.securityGroupNotFound, ["security_group_id": 2]) {
      _ = try await nova.securityGroupGet(.admin, id: 2)
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `A group comes with what is asked for`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.addInstances("i")
    try await nova.add(InstanceSystemMetadata(key: "k", value: "v", instanceUUID: "i"))
    try await nova.addGroup("a", instances: ["i"])
    try await nova.addGroup("b")
    try await nova.addRule(of: 1, letting: 2)
    let rules = try await nova.securityGroupGet(.admin, id: 1, joins: [.rules])
    #expect(rules[SecurityGroup.rules]?.first?[SecurityGroupIngressRule.granteeGroup]??.name == "b")
    #expect(rules[SecurityGroup.instances] == nil)
    let instances = try await nova.securityGroupGet(
      .admin, id: 1, joins: try SecurityGroupJoins(names: ["instances.system_metadata", "instances"]))
    #expect(instances[SecurityGroup.instances]?.first?[Instance.systemMetadata]?.first?.value == "v")
    #expect(instances[SecurityGroup.rules] == nil)
    await expectError(.valueError) { _ = try SecurityGroupJoins(names: ["instances", "owner"]) }
  }

  @Test(arguments: TestStoreKind.all)
  func `A live group is found by project and name`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    for name in ["a", "b"] { try await nova.addGroup(name) }
    try await nova.addRule(of: 2, letting: 1)
    let group = try await nova.securityGroupGetByName(.admin, projectID: "p", name: "b")
    #expect(group.id == 2 && group[SecurityGroup.instances]?.isEmpty == true)
    #expect(group[SecurityGroup.rules]?.first?[SecurityGroupIngressRule.granteeGroup]??.id == 1)
    #expect(try await nova.securityGroupGetByName(.admin, projectID: "p", name: "b", joins: []).related.isEmpty)
    await expectError(.securityGroupNotFoundForProject, ["project_id": "q", "security_group_id": "b"]) {
      _ = try await nova.securityGroupGetByName(.admin, projectID: "q", name: "b")
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `Groups are found by project and by live instance`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.addInstances("i", "j")
    try await nova.addGroup("a", instances: ["i"])
    try await nova.addGroup("b", instances: ["i", "j"])
    try await nova.addGroup("c", project: "q", instances: ["j"])
    #expect(try await nova.securityGroupGetByProject(.admin, projectID: "p").map(\.name) == ["a", "b"])
    let groups = try await nova.securityGroupGetByInstance(.admin, instanceUUID: "i")
    #expect(groups.map(\.name) == ["a", "b"] && groups.allSatisfy { $0[SecurityGroup.rules]?.isEmpty == true })
    try await nova.securityGroupDestroy(.admin, id: 1)
    #expect(try await nova.securityGroupGetByInstance(.admin, instanceUUID: "i").map(\.name) == ["b"])
    #expect(try await nova.securityGroupGetByProject(.admin.reading(.yes), projectID: "p").map(\.name) == ["b"])
    try await nova.deleteInstance("i")
    #expect(try await nova.securityGroupGetByInstance(.admin, instanceUUID: "i").isEmpty)
  }

  @Test(arguments: TestStoreKind.all)
  func `A group is in use while a live instance is in it`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.addInstances("i", "j")
    try await nova.addGroup("a", instances: ["i", "j"])
    try await nova.addGroup("b")
    for (deleted, isUsed) in [(nil, true), ("i", true), ("j", false)] as [(String?, Bool)] {
      if let deleted { try await nova.deleteInstance(deleted) }
      #expect(try await nova.securityGroupInUse(.admin, id: 1) == isUsed)
    }
    #expect(try await !nova.securityGroupInUse(.admin, id: 2))
  }

  @Test(arguments: TestStoreKind.all)
  func `A group is changed, but not to one that there is`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.addGroup("a")
    try await nova.addGroup("b")
    try await nova.addGroup("a", project: "q")
    let changed = try await nova.securityGroupUpdate(
      .admin, id: 1, values: NovaValues { $0.description = "new" }, joins: [.granteeGroups])
    #expect(changed.description == "new" && changed.name == "a" && changed.updatedAt != nil)
    #expect(changed[SecurityGroup.rules]?.isEmpty == true)
    await expectError(.securityGroupExists, ["project_id": "p", "security_group_name": "a"]) {
      _ = try await nova.securityGroupUpdate(.admin, id: 3, values: NovaValues { $0.projectID = "p" })
    }
    await expectError(.securityGroupNotFound, ["security_group_id": 9]) {
      _ = try await nova.securityGroupUpdate(.admin, id: 9, values: NovaValues())
    }
    let renamed = await successes(of: 8) { _ in
      _ = try await nova.securityGroupUpdate(.admin, id: 3, values: NovaValues { $0.projectID = "p" })
    }
    #expect(renamed == 0)
  }

  @Test(arguments: TestStoreKind.all)
  func `A group goes with its rules, its links, and the rules that let it in`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.addInstances("i")
    for name in ["a", "b"] { try await nova.addGroup(name, instances: ["i"]) }
    try await nova.addRule(of: 1, letting: 2)
    try await nova.addRule(of: 2, letting: 1)
    try await nova.addRule(of: 2)
    try await nova.securityGroupDestroy(.admin, id: 1)
    await expectError(.securityGroupNotFound) { _ = try await nova.securityGroupGet(.admin, id: 1) }
    #expect(try await nova.securityGroupGet(.admin.reading(.only), id: 1).deleted == 1)
    #expect(try await nova.securityGroupRuleGetBySecurityGroup(.admin, groupID: 1).isEmpty)
    #expect(try await nova.securityGroupRuleGetBySecurityGroup(.admin, groupID: 2).map(\.id) == [3])
    let links = RomeSession(nova.store).query(SecurityGroupInstanceAssociation.self)
    #expect(try await links.all().map(\.securityGroupID) == [2])
    try await nova.addGroup("a")
    try await expectClean(nova.store)
  }

  @Test(arguments: TestStoreKind.all)
  func `Listing groups costs the same number of round trips for few and for many`(_ kind: TestStoreKind) async throws {
    let (nova, store) = try await kind.countedNova()
    func roundTrips() async throws -> Int {
      store.resetCounts()
      _ = try await nova.securityGroupGetByProject(.admin, projectID: "p")
      return store.counts.roundTrips
    }
    for name in ["a", "b"] { try await nova.addGroup(name) }
    try await nova.addRule(of: 1, letting: 2)
    _ = try await roundTrips()
    let few = try await roundTrips()
    for number in 3...20 {
      try await nova.addGroup("g\(number)")
      for _ in 0..<3 { try await nova.addRule(of: number, letting: number - 1) }
    }
    #expect(try await roundTrips() == few)
  }
}
