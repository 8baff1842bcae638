// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct AggregateHostTests {
  @Test(arguments: TestStoreKind.all)
  func `Hosts are listed in the order in which they came`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let id = try await nova.addAggregate("a", hosts: ["h2", "h1", "h3"])
    try await nova.addAggregate("b", hosts: ["h1"])
    #expect(try await nova.aggregateHostGetAll(.admin, aggregateID: id) == ["h2", "h1", "h3"])
    try await nova.aggregateHostDelete(.admin, aggregateID: id, host: "h2")
    let again = try await nova.aggregateHostAdd(.admin, aggregateID: id, host: "h2")
    #expect(again.aggregateID == id && again.host == "h2")
    #expect(try await nova.aggregateHostGetAll(.admin, aggregateID: id) == ["h1", "h3", "h2"])
  }

  @Test(arguments: TestStoreKind.all)
  func `A host is in an aggregate once`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let id = try await nova.addAggregate("a", hosts: ["h1"])
    let fields: [String: NovaField] = ["aggregate_id": .int(Int64(id)), "host": "h1"]
    await expectError(.aggregateHostExists, fields) {
      _ = try await nova.aggregateHostAdd(.admin, aggregateID: id, host: "h1")
    }
    try await nova.aggregateHostDelete(.admin, aggregateID: id, host: "h1")
    await expectError(.aggregateHostNotFound, fields) {
      try await nova.aggregateHostDelete(.admin, aggregateID: id, host: "h1")
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `Only an aggregate that is there has hosts`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let fields: [String: NovaField] = ["aggregate_id": 7]
    await expectError(.aggregateNotFound, fields) { _ = try await nova.aggregateHostGetAll(.admin, aggregateID: 7) }
    await expectError(.aggregateNotFound, fields) {
      _ = try await nova.aggregateHostAdd(.admin, aggregateID: 7, host: "h")
    }
    await expectError(.aggregateNotFound, fields) {
      try await nova.aggregateHostDelete(.admin, aggregateID: 7, host: "h")
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `A host does not come to an aggregate that is deleted in between`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let id = try await nova.addAggregate("a")
    let added = try await concurrently(8) { number in
      if number == 4 {
        try await nova.aggregateDelete(.admin, id: id)
        return 0
      }
      do {
        _ = try await nova.aggregateHostAdd(.admin, aggregateID: id, host: "h\(number)")
        return 1
      } catch let error as NovaError where error.code == .aggregateNotFound { return 0 }
    }
    // Who got no error came before the deletion.
    let hosts = try await nova.aggregateHostGetAll(.admin.reading(.yes), aggregateID: id)
    #expect(hosts.count == added.reduce(0, +))
  }
}
