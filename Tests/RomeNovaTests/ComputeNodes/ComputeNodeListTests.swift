// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct ComputeNodeListTests {
  @Test(arguments: TestStoreKind.all)
  func `Nodes are found by host, name and service`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let a = try await nova.addNode("h1", "a") { $0.serviceID = 7 }
    let b = try await nova.addNode("h1", "b")
    let c = try await nova.addNode("h2", "c") { $0.serviceID = 7 }
    #expect(try await nova.computeNodeGetAllByHost(.admin, host: "h1").map(\.id) == [a, b])
    #expect(try await nova.computeNodeGetByHostAndNodename(.admin, host: "h1", nodename: "b").id == b)
    #expect(try await nova.computeNodeGetByNodename(.admin, hypervisorHostname: "c").id == c)
    #expect(try await nova.computeNodesGetByServiceID(.admin, serviceID: 7).map(\.id) == [a, c])
  }

  @Test(arguments: TestStoreKind.all)
  func `What finds no node says so`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.addNode("h1", "a")
    await expectError(.computeHostNotFound, ["host": "h2"]) {
      _ = try await nova.computeNodeGetAllByHost(.admin, host: "h2")
    }
    await expectError(.computeHostNotFound, ["host": "h1"]) {
      _ = try await nova.computeNodeGetByHostAndNodename(.admin, host: "h1", nodename: "b")
    }
    await expectError(.computeHostNotFound, ["host": "b"]) {
      _ = try await nova.computeNodeGetByNodename(.admin, hypervisorHostname: "b")
    }
    await expectError(.serviceNotFound, ["service_id": 7]) {
      _ = try await nova.computeNodesGetByServiceID(.admin, serviceID: 7)
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `A caller who does not leave deleted nodes out sees all`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let gone = try await nova.addNode("h1", "a")
    let live = try await nova.addNode("h1", "b")
    try await nova.computeNodeDelete(.admin, id: gone)
    #expect(try await nova.computeNodeGetAll(.admin).map(\.id) == [live])
    for choice in [ReadDeleted.yes, .only] {
      #expect(try await nova.computeNodeGetAll(.admin.reading(choice)).map(\.id) == [gone, live])
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `Pages go by the numbers of the nodes`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    var ids: [Int] = []
    for name in ["c", "a", "b", "d"] { ids.append(try await nova.addNode("h1", name)) }
    #expect(try await nova.computeNodeGetAllByPagination(.admin).map(\.id) == ids)
    #expect(try await nova.computeNodeGetAllByPagination(.admin, limit: 2).map(\.id) == [ids[0], ids[1]])
    #expect(
      try await nova.computeNodeGetAllByPagination(.admin, limit: 2, marker: ids[1]).map(\.id) == [ids[2], ids[3]])
    #expect(try await nova.computeNodeGetAllByPagination(.admin, limit: 0).isEmpty)
    await expectError(.markerNotFound, ["marker": 99]) {
      _ = try await nova.computeNodeGetAllByPagination(.admin, marker: 99)
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `Nodes are found by a part of their name and by how often they were mapped`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let a = try await nova.addNode("h1", "TestHost0")
    let b = try await nova.addNode("h1", "other") { $0.mapped = 3 }
    #expect(try await nova.computeNodeSearchByHypervisor(.admin, match: "host").map(\.id) == [a])
    #expect(try await nova.computeNodeSearchByHypervisor(.admin, match: "t_st").map(\.id) == [a])
    #expect(try await nova.computeNodeSearchByHypervisor(.admin, match: "").map(\.id) == [a, b])
    #expect(try await nova.computeNodeGetAllMappedLessThan(.admin, mapped: 1).map(\.id) == [a])
    #expect(try await nova.computeNodeGetAllMappedLessThan(.admin, mapped: 4).map(\.id) == [a, b])
  }

  @Test(arguments: TestStoreKind.all)
  func `No lookup of nodes reads the whole table, and a page reads a batch only`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    for number in 0..<150 { try await nova.addNode("h\(number)", "n\(number)") { $0.mapped = number } }
    let (_, plans) = try await nova.explaining { nova in
      _ = try await nova.computeNodeGetAllByHost(.admin, host: "h1")
      _ = try await nova.computeNodeGetByHostAndNodename(.admin, host: "h1", nodename: "n1")
      _ = try await nova.computeNodeGetByNodename(.admin, hypervisorHostname: "n1")
      _ = try await nova.computeNodeGetAllMappedLessThan(.admin, mapped: 2)
    }
    #expect(plans.count == 4 && plans.allSatisfy { !$0.hasFullScan && $0.statistics.rowsRead <= 2 }, "\(plans)")
    let (page, reads) = try await nova.explaining { nova in
      try await nova.computeNodeGetAllByPagination(.admin, limit: 5, marker: 20)
    }
    #expect(page.map(\.id) == Array(21...25))
    #expect(reads.allSatisfy { $0.statistics.rowsRead <= 64 }, "\(reads)")
  }
}
