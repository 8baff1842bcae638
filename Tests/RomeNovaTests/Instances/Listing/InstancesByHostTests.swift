// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct InstancesByHostTests {
  private func database(_ kind: TestStoreKind) async throws -> NovaDatabase {
    let nova = try await kind.nova()
    func instance(_ number: Int, _ host: String, _ node: String, _ type: Int?) -> Instance {
      Instance(number) { ($0.host, $0.node, $0.instanceTypeID) = (host, node, type) }
    }
    let gone = instance(5, "h1", "n1", 1)
    gone.markDeleted()
    let metadata = InstanceMetadata()
    (metadata.instanceUUID, metadata.key) = (testUUID(1), "k")
    try await nova.write([
      instance(1, "h1", "n1", 1), instance(2, "h1", "n2", 2), instance(3, "h2", "n1", 1), instance(4, "h1", "n1", nil),
      gone, metadata, InstanceInfoCache(instanceUUID: testUUID(1)),
    ])
    return nova
  }

  @Test(arguments: TestStoreKind.all)
  func `Instances are listed by host, by node, and by another flavor`(_ kind: TestStoreKind) async throws {
    let nova = try await database(kind)
    #expect(try await nova.instanceGetAllByHost(.admin, host: "h1").numbers == [1, 2, 4])
    #expect(try await nova.instanceGetAllByHost(.admin.reading(.yes), host: "h1").numbers == [1, 2, 4, 5])
    #expect(try await nova.instanceGetAllByHostAndNode(.admin, host: "h1", node: "n1").numbers == [1, 4])
    #expect(try await nova.instanceGetAllByHostAndNotType(.admin, host: "h1", typeID: 1).numbers == [2])
    #expect(try await nova.instanceGetAllByHostAndNotType(.admin, host: "h1").numbers == [1, 2])
    #expect(
      try await nova.instanceGetAllUUIDsByHosts(.admin, hosts: ["h1", "h2", "h3"])
        == ["h1": [1, 2, 4].map { testUUID($0) }, "h2": [testUUID(3)]])
  }

  @Test(arguments: TestStoreKind.all)
  func `What is loaded is what was asked for, and else the default of the function`(_ kind: TestStoreKind) async throws
  {
    let nova = try await database(kind)
    let byHost = try #require(await nova.instanceGetAllByHost(.admin, host: "h1").first)
    #expect(byHost[Instance.metadata]?.map(\.key) == ["k"] && byHost[Instance.infoCache]??.instanceUUID == testUUID(1))
    #expect(byHost[Instance.securityGroups]?.isEmpty == true && byHost[Instance.tags] == nil)
    let bare = try #require(await nova.instanceGetAllByHost(.admin, host: "h1", joins: []).first)
    #expect(bare[Instance.metadata]?.isEmpty == true && bare[Instance.infoCache] == nil)
    let byNode = try #require(await nova.instanceGetAllByHostAndNode(.admin, host: "h1", node: "n1").first)
    #expect(byNode[Instance.metadata]?.isEmpty == true && byNode[Instance.infoCache]??.id != nil)
    let named = try await nova.instanceGetAllByHostAndNode(.admin, host: "h1", node: "n1", joins: [.metadata])
    #expect(named.first?[Instance.metadata]?.count == 1 && named.first?[Instance.infoCache] == nil)
  }
}
