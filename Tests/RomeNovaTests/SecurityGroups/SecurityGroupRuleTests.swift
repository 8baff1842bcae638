// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct SecurityGroupRuleTests {
  @Test(arguments: TestStoreKind.all)
  func `A rule is found by its number until it is destroyed`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let rule = try await nova.addRule(of: 7)
    #expect(rule.related.isEmpty && rule.fromPort == 80 && rule.parentGroupID == 7)
    #expect(try await nova.securityGroupRuleGet(.admin, id: 1).columns == rule.columns)
    try await nova.securityGroupRuleDestroy(.admin, id: 1)
    await expectError(.securityGroupNotFoundForRule, ["rule_id": 1]) {
      _ = try await nova.securityGroupRuleGet(.admin, id: 1)
    }
    await expectError(.securityGroupNotFoundForRule, ["rule_id": 1]) {
      try await nova.securityGroupRuleDestroy(.admin, id: 1)
    }
    #expect(try await nova.securityGroupRuleGet(.admin.reading(.yes), id: 1).deleted == 1)
  }

  @Test(arguments: TestStoreKind.all)
  func `A new rule comes with the groups that are asked for`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    for name in ["a", "b"] { try await nova.addGroup(name) }
    let joins = SecurityGroupRuleJoins(parentGroup: true, granteeGroup: [])
    let rule = try await nova.addRule(of: 1, letting: 2, joins: joins)
    #expect(rule[SecurityGroupIngressRule.parentGroup]??.name == "a")
    #expect(rule[SecurityGroupIngressRule.granteeGroup]??.name == "b")
    let open = try await nova.addRule(of: 1, joins: joins)
    guard case .some(.none) = open[SecurityGroupIngressRule.granteeGroup] else {
      return #expect(Bool(false), "a rule without a grantee shows that it has none")
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `The rules of a group come with the instances that they let in`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.addInstances("i")
    try await nova.add(
      InstanceSystemMetadata(key: "k", value: "v", instanceUUID: "i"),
      InstanceInfoCache(networkInfo: "[]", instanceUUID: "i"))
    try await nova.addGroup("a")
    try await nova.addGroup("b", instances: ["i"])
    for parent in [1, 1, 2] { try await nova.addRule(of: parent, letting: 2) }
    let rules = try await nova.securityGroupRuleGetBySecurityGroup(.admin, groupID: 1)
    #expect(rules.map(\.id) == [1, 2])
    let grantee = try #require(rules[1][SecurityGroupIngressRule.granteeGroup] ?? nil)
    let instance = try #require(grantee[SecurityGroup.instances]?.first)
    #expect(
      instance[Instance.systemMetadata]?.first?.value == "v" && instance[Instance.infoCache]??.networkInfo == "[]")
    let plain = try await nova.securityGroupRuleGetBySecurityGroup(.admin, groupID: 1, joins: .init())
    #expect(plain.map(\.id) == [1, 2] && plain.allSatisfy { $0.related.isEmpty })
  }

  @Test func `The paths of Nova's callers say what is loaded`() throws {
    #expect(try SecurityGroupRuleJoins(names: []) == SecurityGroupRuleJoins())
    #expect(
      try SecurityGroupRuleJoins(names: ["grantee_group", "parent_group"])
        == SecurityGroupRuleJoins(parentGroup: true, granteeGroup: []))
    #expect(
      try SecurityGroupRuleJoins(
        names: ["grantee_group.instances.system_metadata", "grantee_group.instances.info_cache"]) == .grantedInstances)
    #expect(throws: NovaError.self) { try SecurityGroupRuleJoins(names: ["grantee_group.owner"]) }
    #expect(throws: NovaError.self) { try SecurityGroupRuleJoins(names: ["owner"]) }
  }

  @Test(arguments: TestStoreKind.all)
  func `The rules of an instance are those of its live groups`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.addInstances("i", "j")
    try await nova.addGroup("a", instances: ["i"])
    try await nova.addGroup("b", instances: ["i"])
    try await nova.addGroup("c", instances: ["j"])
    for parent in [1, 2, 2, 3] { try await nova.addRule(of: parent, letting: 3) }
    try await nova.securityGroupRuleDestroy(.admin, id: 2)
    let rules = try await nova.securityGroupRuleGetByInstance(.admin.reading(.yes), instanceUUID: "i")
    #expect(rules.map(\.id) == [1, 3])
    #expect(rules.allSatisfy { $0[SecurityGroupIngressRule.granteeGroup]??.name == "c" })
    try await nova.securityGroupDestroy(.admin, id: 1)
    #expect(try await nova.securityGroupRuleGetByInstance(.admin, instanceUUID: "i").map(\.id) == [3])
    try await nova.deleteInstance("i")
    #expect(try await nova.securityGroupRuleGetByInstance(.admin, instanceUUID: "i").isEmpty)
  }

  @Test(arguments: TestStoreKind.all)
  func `The live rules of a group are counted`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    for parent in [1, 2, 2, 2] { try await nova.addRule(of: parent) }
    try await nova.securityGroupRuleDestroy(.admin, id: 4)
    #expect(try await nova.securityGroupRuleCountByGroup(.admin.reading(.yes), groupID: 2) == 2)
    #expect(try await nova.securityGroupRuleCountByGroup(.admin, groupID: 3) == 0)
  }

  @Test(arguments: TestStoreKind.all)
  func `Default rules are listed until they are destroyed`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    for port in 1...3 {
      _ = try await nova.securityGroupDefaultRuleCreate(
        .admin,
        values: NovaValues {
          $0.protocol = "udp"
          $0.fromPort = port
          $0.cidr = "0.0.0.0/0"
        })
    }
    #expect(try await nova.securityGroupDefaultRuleGet(.admin, id: 2).fromPort == 2)
    try await nova.securityGroupDefaultRuleDestroy(.admin, id: 2)
    #expect(try await nova.securityGroupDefaultRuleList(.admin).map(\.fromPort) == [1, 3])
    await expectError(.securityGroupDefaultRuleNotFound, ["rule_id": 2]) {
      _ = try await nova.securityGroupDefaultRuleGet(.admin, id: 2)
    }
    await expectError(.securityGroupDefaultRuleNotFound, ["rule_id": 2]) {
      try await nova.securityGroupDefaultRuleDestroy(.admin, id: 2)
    }
  }
}
