// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct InstanceSecurityGroupTests {
  @Test(arguments: TestStoreKind.all)
  func `An instance is put into a group and taken out of it`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let uuid = try await nova.newInstance().uuid
    let group = try #require(try await nova.securityGroupEnsureDefault(.of("p")).id)
    func names() async throws -> [String?]? {
      try await nova.instanceGetByUUID(.of("p"), uuid: uuid)[Instance.securityGroups]?.map(\.name)
    }
    try await nova.instanceAddSecurityGroup(.of("p"), instanceUUID: uuid, securityGroupID: group)
    #expect(try await names() == ["default"])
    try await nova.instanceRemoveSecurityGroup(.of("p"), instanceUUID: uuid, securityGroupID: group + 1)
    #expect(try await names() == ["default"])
    try await nova.instanceRemoveSecurityGroup(.of("p"), instanceUUID: uuid, securityGroupID: group)
    #expect(try await names() == [])
    #expect(try await nova.all(SecurityGroupInstanceAssociation.self).map(\.isDeleted) == [true])
  }
}
