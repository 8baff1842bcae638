// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct AggregateMetadataTests {
  @Test(arguments: TestStoreKind.all)
  func `Keys are added and changed; others stay, unless all is replaced`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let id = try await nova.addAggregate("a", metadata: ["a": "1", "b": "2"])
    #expect(
      try await nova.aggregateMetadataAdd(.admin, aggregateID: id, metadata: ["b": "3", "c": "4"]) == [
        "b": "3", "c": "4",
      ])
    #expect(try await nova.aggregateMetadataGet(.admin, aggregateID: id) == ["a": "1", "b": "3", "c": "4"])
    try await nova.aggregateMetadataAdd(.admin, aggregateID: id, metadata: [:])
    #expect(try await nova.aggregateMetadataGet(.admin, aggregateID: id).count == 3)
    try await nova.aggregateMetadataAdd(.admin, aggregateID: id, metadata: ["c": "5"], replacing: true)
    #expect(try await nova.aggregateMetadataGet(.admin, aggregateID: id) == ["c": "5"])
    // A row that is changed stays the same row.
    let rows = try await RomeSession(nova.store).query(AggregateMetadata.self, readDeleted: .yes).all()
    #expect(rows.count == 3 && rows.filter { $0.deleted == 0 }.map(\.key) == ["c"])
  }

  @Test(arguments: TestStoreKind.all)
  func `A key is removed, and can come back`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let id = try await nova.addAggregate("a", metadata: ["a": "1", "b": "2"])
    try await nova.aggregateMetadataDelete(.admin, aggregateID: id, key: "a")
    #expect(try await nova.aggregateMetadataGet(.admin, aggregateID: id) == ["b": "2"])
    await expectError(.aggregateMetadataNotFound, ["aggregate_id": .int(Int64(id)), "metadata_key": "a"]) {
      try await nova.aggregateMetadataDelete(.admin, aggregateID: id, key: "a")
    }
    try await nova.aggregateMetadataAdd(.admin, aggregateID: id, metadata: ["a": "3"])
    #expect(try await nova.aggregateMetadataGet(.admin, aggregateID: id) == ["a": "3", "b": "2"])
  }

  @Test(arguments: TestStoreKind.all)
  func `The metadata of a host is that of all its aggregates`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let a = try await nova.addAggregate("a", metadata: ["ssd": "1", "gpu": "1"], hosts: ["h1"])
    try await nova.addAggregate("b", metadata: ["ssd": "2"], hosts: ["h1"])
    try await nova.addAggregate("c", metadata: ["ssd": "3", "tpu": "1"], hosts: ["h2"])
    #expect(try await nova.aggregateMetadataGetByHost(.admin, host: "h1") == ["ssd": ["1", "2"], "gpu": ["1"]])
    #expect(try await nova.aggregateMetadataGetByHost(.admin, host: "h1", key: "ssd") == ["ssd": ["1", "2"]])
    try await nova.aggregateMetadataDelete(.admin, aggregateID: a, key: "ssd")
    #expect(try await nova.aggregateMetadataGetByHost(.admin, host: "h1", key: "ssd") == ["ssd": ["2"]])
    #expect(try await nova.aggregateMetadataGetByHost(.admin, host: "h9").isEmpty)
  }

  @Test(arguments: TestStoreKind.all)
  func `Only an aggregate that is there has metadata`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let fields: [String: NovaField] = ["aggregate_id": 7]
    await expectError(.aggregateNotFound, fields) { _ = try await nova.aggregateMetadataGet(.admin, aggregateID: 7) }
    await expectError(.aggregateNotFound, fields) {
      try await nova.aggregateMetadataAdd(.admin, aggregateID: 7, metadata: ["a": "1"])
    }
    await expectError(.aggregateNotFound, fields) {
      try await nova.aggregateMetadataDelete(.admin, aggregateID: 7, key: "a")
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `A key that many callers set at the same time is there once, and no caller fails`(
    _ kind: TestStoreKind
  ) async throws {
    let nova = try await kind.nova()
    let id = try await nova.addAggregate("a")
    _ = try await concurrently(16) { number in
      try await nova.aggregateMetadataAdd(
        .admin, aggregateID: id, metadata: ["shared": "\(number)", "own\(number)": "1"])
    }
    let rows = try await RomeSession(nova.store).query(AggregateMetadata.self).all()
    #expect(rows.count == 17 && Set(rows.map(\.key)).count == 17)
    try await expectClean(nova.store)
  }

  @Test(arguments: TestStoreKind.all)
  func `Of many callers who replace all metadata, one wins as a whole`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let id = try await nova.addAggregate("a", metadata: ["old": "1"])
    _ = try await concurrently(12) { number in
      try await nova.aggregateMetadataAdd(
        .admin, aggregateID: id, metadata: ["a": "\(number)", "b": "\(number)", "own\(number)": "\(number)"],
        replacing: true)
    }
    let metadata = try await nova.aggregateMetadataGet(.admin, aggregateID: id)
    #expect(metadata.count == 3 && Set(metadata.values).count == 1, "\(metadata)")
  }
}
