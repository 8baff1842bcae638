// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct InstancesByNetworkTests {
  @Test(arguments: TestStoreKind.all)
  func `Instances are found through rules that let a group in, each once`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    func rule(of parent: Int, letting group: Int, deleted: Int = 0) -> SecurityGroupIngressRule {
      let rule = SecurityGroupIngressRule()
      (rule.parentGroupID, rule.groupID, rule.deleted) = (parent, group, deleted)
      return rule
    }
    func link(_ group: Int, _ instance: Int, deleted: Int = 0) -> SecurityGroupInstanceAssociation {
      let link = SecurityGroupInstanceAssociation()
      (link.securityGroupID, link.instanceUUID, link.deleted) = (group, testUUID(instance), deleted)
      return link
    }
    let groups = (1...4).map { number in
      let group = SecurityGroup()
      (group.id, group.name, group.deleted) = (number, "g\(number)", number == 4 ? 4 : 0)
      return group
    }
    try await nova.write(groups)
    try await nova.write([
      Instance(1), Instance(2), Instance(3), Instance(4) { $0.markDeleted() }, rule(of: 1, letting: 7),
      rule(of: 1, letting: 8), rule(of: 2, letting: 7, deleted: 9), rule(of: 3, letting: 9), rule(of: 4, letting: 7),
      link(1, 1), link(1, 2, deleted: 5), link(2, 2), link(3, 3), link(4, 3), link(1, 4),
    ])
    #expect(try await nova.instanceGetAllByGranteeSecurityGroups(.admin, groupIDs: [7, 8]).numbers == [1])
    #expect(try await nova.instanceGetAllByGranteeSecurityGroups(.admin, groupIDs: [7, 9]).numbers == [1, 3])
    #expect(try await nova.instanceGetAllByGranteeSecurityGroups(.admin, groupIDs: []).isEmpty)
    #expect(try await nova.instanceGetAllByGranteeSecurityGroups(.admin.reading(.yes), groupIDs: [7]).numbers == [1])
  }

  @Test(arguments: TestStoreKind.all)
  func `Floating addresses of an instance are those of its live fixed ones`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    func fixed(_ number: Int, _ instance: Int, deleted: Int = 0) -> FixedIp {
      let address = FixedIp()
      (address.id, address.instanceUUID, address.deleted) = (number, testUUID(instance), deleted)
      return address
    }
    func floating(_ address: NovaAddress, _ fixed: Int?, deleted: Int = 0) -> FloatingIp {
      let row = FloatingIp()
      (row.address, row.fixedIpID, row.deleted) = (address, fixed, deleted)
      return row
    }
    try await nova.write([fixed(1, 1), fixed(2, 1), fixed(3, 2), fixed(4, 1, deleted: 4)])
    try await nova.write([
      floating("1.1.1.1", 1), floating("1.1.1.2", 2), floating("1.1.1.3", 3), floating("1.1.1.4", 4),
      floating("1.1.1.5", 1, deleted: 5), floating("1.1.1.6", nil),
    ])
    #expect(try await nova.instanceFloatingAddressGetAll(.admin, instanceUUID: testUUID(1)) == ["1.1.1.1", "1.1.1.2"])
    #expect(try await nova.instanceFloatingAddressGetAll(.admin, instanceUUID: testUUID(3)).isEmpty)
    await expectError(.invalidUUID, ["uuid": "nonsense"]) {
      _ = try await nova.instanceFloatingAddressGetAll(.admin, instanceUUID: "nonsense")
    }
  }
}
