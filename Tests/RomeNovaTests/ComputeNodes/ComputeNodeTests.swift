// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct ComputeNodeTests {
  private let noon = Date(timeIntervalSince1970: 1_456_833_600)

  @Test(arguments: TestStoreKind.all)
  func `A compute node is read as it was added`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova().at(noon)
    let node = try await nova.computeNodeCreate(
      .admin,
      values: .node("h1", "n1") {
        $0.hostIP = "FE80:0:0:0::1"
        $0.mapped = nil
      })
    #expect(node.id == 1 && node.createdAt == noon && node.updatedAt == nil && node.stats == "{}")
    #expect(node.hostIP == "fe80::1" && node.mapped == 0)
    #expect(try await nova.computeNodeGet(.admin, id: 1).columns == node.columns)
    #expect(try await nova.computeNodeGetModel(.admin, id: 1).columns == node.columns)
  }

  @Test(arguments: TestStoreKind.all)
  func `An update always sets the time, and no caller can set another one`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let id = try await nova.addNode("h1", "n1")
    let unchanged = try await nova.at(noon).computeNodeUpdate(.admin, id: id, values: NovaValues())
    #expect(unchanged.updatedAt == noon)
    let later = noon.addingTimeInterval(60)
    let changed = try await nova.at(later).computeNodeUpdate(
      .admin, id: id,
      values: NovaValues {
        $0.vcpus = 4
        $0.updatedAt = noon
      })
    #expect(changed.vcpus == 4 && changed.updatedAt == later)
  }

  @Test(arguments: TestStoreKind.all)
  func `A compute node that is not there is told of`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let id = try await nova.addNode("h1", "n1")
    try await nova.computeNodeDelete(.admin, id: id)
    let fields: [String: NovaField] = ["host": .int(Int64(id))]
    await expectError(.computeHostNotFound, fields) { _ = try await nova.computeNodeGet(.admin, id: id) }
    await expectError(.computeHostNotFound, fields) { _ = try await nova.computeNodeGetModel(.admin, id: id) }
    await expectError(.computeHostNotFound, fields) { try await nova.computeNodeDelete(.admin, id: id) }
    await expectError(.computeHostNotFound, fields) {
      _ = try await nova.computeNodeUpdate(.admin, id: id, values: NovaValues())
    }
    let deleted = try await nova.computeNodeGet(.admin.reading(.yes), id: id)
    #expect(deleted.deleted == id && deleted.updatedAt == nil)
  }

  @Test(arguments: TestStoreKind.all)
  func `A name comes back when its node was removed`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    for _ in 0..<3 {
      let id = try await nova.addNode("h1", "n1")
      #expect(try await nova.computeNodeGetAll(.admin).map(\.id) == [id])
      try await nova.computeNodeDelete(.admin, id: id)
    }
    #expect(try await nova.computeNodeGetAll(.admin).isEmpty)
    try await expectClean(nova.store)
  }

  @Test(arguments: TestStoreKind.all)
  func `Of many callers who add the same node, one gets it`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let results = try await concurrently(16) { _ in
      await Result { () async throws(NovaError) in
        try await nova.computeNodeCreate(.admin, values: .node("h", "n"))
      }
    }
    let errors = results.compactMap { if case .failure(let error) = $0 { error } else { nil } }
    #expect(errors.count == 15 && errors.allSatisfy { $0.code == .dbDuplicateEntry })
    #expect(try await nova.computeNodeGetAll(.admin).count == 1)
  }

  @Test(arguments: TestStoreKind.all)
  func `In Train a node that was deleted by mistake comes back by its UUID`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova().of(.train).at(noon)
    let id = try await nova.addNode("h1", "n1") { $0.uuid = "u1" }
    try await nova.computeNodeDelete(.admin, id: id)
    let values = NovaValues.node("h2", "n1") {
      $0.uuid = "u1"
      $0.vcpus = 8
    }
    let node = try await nova.computeNodeCreate(.admin, values: values)
    #expect(node.id == id && node.deleted == 0 && node.deletedAt == nil && node.host == "h2" && node.vcpus == 8)
    #expect(node.updatedAt == noon)
    await expectError(.dbDuplicateEntry, ["columns": ["host", "hypervisor_hostname", "deleted"]]) {
      try await nova.addNode("h2", "n1") { $0.uuid = "u2" }
    }
    // Ocata does not know nodes by their UUIDs.
    try await nova.computeNodeDelete(.admin, id: id)
    #expect(try await nova.of(.ocata).computeNodeCreate(.admin, values: values).id != id)
  }
}
