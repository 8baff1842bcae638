// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct SecurityGroupEnsureDefaultTests {
  @Test(arguments: TestStoreKind.all)
  func `The default group is made once, with the default rules`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let session = RomeSession(nova.store)
    session.add(SecurityGroupIngressDefaultRule(protocol: "tcp", fromPort: 22, toPort: 23, cidr: "10.0.0.0/8"))
    try await session.commit()
    let group = try await nova.securityGroupEnsureDefault(.of("p"))
    #expect(group.name == "default" && group.description == "default" && group.projectID == "p")
    #expect(group.userID == "user" && group[SecurityGroup.rules]?.isEmpty == true)
    let again = try await nova.securityGroupEnsureDefault(.of("p"))
    #expect(again.columns == group.columns && again[SecurityGroup.rules] == nil)
    #expect(try await nova.securityGroupEnsureDefault(.of("q")).id != group.id)
    let rules = try await nova.all(SecurityGroupIngressRule.self).filter { $0.parentGroupID == group.id }
    #expect(rules.map(\.protocol) == ["tcp"] && rules.map(\.fromPort) == [22] && rules.map(\.toPort) == [23])
    #expect(rules.map(\.cidr) == ["10.0.0.0/8"])
  }

  @Test(arguments: TestStoreKind.all)
  func `The group is counted in the quota of the caller before Train`(_ kind: TestStoreKind) async throws {
    var options = NovaOptions()
    options.untilRefresh = 5
    let nova = try await kind.nova(options)
    _ = try await nova.securityGroupEnsureDefault(.of("p"))
    let usage = try #require(try await nova.all(QuotaUsage.self).first)
    #expect(usage.projectID == "p" && usage.userID == "user" && usage.resource == "security_groups")
    #expect(usage.inUse == 1 && usage.reserved == 0 && usage.untilRefresh == 5 && usage.updatedAt != nil)
    let session = RomeSession(nova.store)
    try await session.query(SecurityGroup.self).softDelete()
    try await session.commit()
    _ = try await nova.securityGroupEnsureDefault(.of("p"))
    #expect(try await nova.all(QuotaUsage.self).map(\.inUse) == [2])
    options.release = .train
    let train = try await kind.nova(options)
    _ = try await train.securityGroupEnsureDefault(.of("p"))
    #expect(try await train.all(QuotaUsage.self).isEmpty)
  }

  @Test(arguments: TestStoreKind.all, ["p", nil])
  func `Many callers get the same group`(_ kind: TestStoreKind, _ project: String?) async throws {
    let nova = try await kind.nova()
    let context = NovaContext(userID: "user", projectID: project, isAdmin: true)
    let ids = try await concurrently(16) { _ in try await nova.securityGroupEnsureDefault(context).id }
    #expect(Set(ids).count == 1)
    #expect(try await nova.all(SecurityGroup.self).count == 1)
    #expect(try await nova.all(QuotaUsage.self).map(\.inUse) == [1])
  }
}
