// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import StoreTestSupport
import Testing

extension NovaDatabase {
  /// Adds an aggregate with hosts, and returns its number.
  @discardableResult
  func addAggregate(_ name: String, metadata: [String: String]? = nil, hosts: [String] = []) async throws -> Int {
    let id = try await aggregateCreate(.admin, values: NovaValues { $0.name = name }, metadata: metadata).id ?? 0
    for host in hosts { _ = try await aggregateHostAdd(.admin, aggregateID: id, host: host) }
    return id
  }
}

@Suite struct AggregateTests {
  @Test(arguments: TestStoreKind.all)
  func `An aggregate shows its hosts, its metadata and its availability zone`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let created = try await nova.aggregateCreate(
      .admin,
      values: NovaValues {
        $0.name = "fast"
        $0.uuid = "u1"
      }, metadata: ["availability_zone": "z1", "ssd": "true"])
    let metadata: NovaField = ["availability_zone": "z1", "ssd": "true"]
    #expect(
      created.extraFields(nova.options) == ["hosts": [], "metadetails": metadata, "availability_zone": "z1"])
    for host in ["h2", "h1"] { _ = try await nova.aggregateHostAdd(.admin, aggregateID: 1, host: host) }
    let expected: [String: NovaField] = [
      "hosts": ["h2", "h1"], "metadetails": metadata, "availability_zone": "z1",
    ]
    #expect(try await nova.aggregateGet(.admin, id: 1).extraFields(nova.options) == expected)
    #expect(try await nova.aggregateGetByUUID(.admin, uuid: "u1").extraFields(nova.options) == expected)
    #expect(try await nova.aggregateGetAll(.admin).map { $0.extraFields(nova.options) } == [expected])
  }

  @Test(arguments: TestStoreKind.all)
  func `A name is that of one live aggregate`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let first = try await nova.addAggregate("a")
    let second = try await nova.addAggregate("b")
    await expectError(.aggregateNameExists, ["aggregate_name": "a"]) { try await nova.addAggregate("a") }
    await expectError(.aggregateNameExists, ["aggregate_name": "a"]) {
      _ = try await nova.aggregateUpdate(.admin, id: second, changes: AggregateChanges(NovaValues { $0.name = "a" }))
    }
    let same = try await nova.aggregateUpdate(
      .admin, id: first, changes: AggregateChanges(NovaValues { $0.name = "a" }))
    #expect(same.updatedAt == nil)
    try await nova.aggregateDelete(.admin, id: first)
    try await nova.addAggregate("a")
  }

  @Test(arguments: TestStoreKind.all)
  func `Of many callers who add aggregates of one name, one gets it`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let errors = try await concurrently(16) { _ in
      do {
        _ = try await nova.addAggregate("a", metadata: ["k": "v"])
        return NovaError.Code?.none
      } catch let error as NovaError { return error.code }
    }
    #expect(errors.compactMap { $0 } == Array(repeating: .aggregateNameExists, count: 15))
    #expect(try await nova.aggregateGetAll(.admin).count == 1)
    try await expectClean(nova.store)
  }

  @Test(arguments: TestStoreKind.all)
  func `Metadata replaces all that there is, an availability zone alone is set beside it`(
    _ kind: TestStoreKind
  ) async throws {
    let nova = try await kind.nova()
    let id = try await nova.addAggregate("a", metadata: ["ssd": "true", "availability_zone": "z1"])
    func update(_ changes: AggregateChanges) async throws -> [String: String] {
      _ = try await nova.aggregateUpdate(.admin, id: id, changes: changes)
      return try await nova.aggregateMetadataGet(.admin, aggregateID: id)
    }
    #expect(try await update(AggregateChanges(availabilityZone: "z2")) == ["ssd": "true", "availability_zone": "z2"])
    #expect(try await update(AggregateChanges(metadata: ["gpu": "1"])) == ["gpu": "1"])
    #expect(
      try await update(AggregateChanges(metadata: ["gpu": "2"], availabilityZone: "z3"))
        == ["gpu": "2", "availability_zone": "z3"])
    #expect(try await update(AggregateChanges(metadata: [:])) == [:])
  }

  @Test(arguments: TestStoreKind.all)
  func `A deleted aggregate keeps the rows of its hosts, but shows none`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let id = try await nova.addAggregate("a", metadata: ["k": "v"], hosts: ["h1"])
    try await nova.aggregateDelete(.admin, id: id)
    #expect(try await nova.aggregateGetAll(.admin).isEmpty)
    let deleted = try await nova.aggregateGet(.admin.reading(.yes), id: id)
    #expect(deleted.deleted == id && deleted[Aggregate.hosts]?.isEmpty == true)
    #expect(deleted[Aggregate.metadata]?.isEmpty == true)
    for context in [NovaContext.admin, .admin.reading(.yes)] {
      #expect(try await nova.aggregateGetByHost(context, host: "h1").isEmpty)
    }
    #expect(try await RomeSession(nova.store).query(AggregateHost.self).count() == 1)
  }

  @Test(arguments: TestStoreKind.all)
  func `Aggregates are found by host and by keys of their metadata`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let a = try await nova.addAggregate("a", metadata: ["ssd": "1", "gpu": "1"], hosts: ["h1", "h2"])
    let b = try await nova.addAggregate("b", metadata: ["ssd": "2"], hosts: ["h1"])
    try await nova.addAggregate("c", metadata: ["gpu": "2"], hosts: ["h3"])
    #expect(try await nova.aggregateGetByHost(.admin, host: "h1").map(\.id) == [a, b])
    #expect(try await nova.aggregateGetByHost(.admin, host: "h1", key: "gpu").map(\.id) == [a])
    #expect(try await nova.aggregateGetByHost(.admin, host: "h9").isEmpty)
    let withSSD = try await nova.aggregateGetByMetadataKey(.admin, key: "ssd")
    #expect(withSSD.map(\.id) == [a, b])
    #expect(withSSD.map { $0[Aggregate.metadata]?.map(\.key) } == [["ssd"], ["ssd"]])
    #expect(withSSD.map { $0[Aggregate.hosts]?.map(\.host) } == [["h1", "h2"], ["h1"]])
    try await nova.aggregateHostDelete(.admin, aggregateID: a, host: "h1")
    try await nova.aggregateMetadataDelete(.admin, aggregateID: b, key: "ssd")
    for context in [NovaContext.admin, .admin.reading(.yes)] {
      #expect(try await nova.aggregateGetByHost(context, host: "h1").map(\.id) == [b])
      #expect(try await nova.aggregateGetByHost(context, host: "h1", key: "ssd").isEmpty)
      #expect(try await nova.aggregateGetByMetadataKey(context, key: "ssd").map(\.id) == [a])
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `Without a UUID the first aggregate of old is found`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let id = try await nova.addAggregate("a")
    #expect(try await nova.aggregateGetByUUID(.admin, uuid: nil).id == id)
  }

  @Test(arguments: TestStoreKind.all)
  func `An aggregate that is not there is told of`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let fields: [String: NovaField] = ["aggregate_id": 7]
    await expectError(.aggregateNotFound, fields) { _ = try await nova.aggregateGet(.admin, id: 7) }
    await expectError(.aggregateNotFound, fields) { try await nova.aggregateDelete(.admin, id: 7) }
    await expectError(.aggregateNotFound, fields) {
      _ = try await nova.aggregateUpdate(.admin, id: 7, changes: AggregateChanges(metadata: ["k": "v"]))
    }
    await expectError(.aggregateNotFound, ["aggregate_id": "u"]) {
      _ = try await nova.aggregateGetByUUID(.admin, uuid: "u")
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `No lookup reads a whole table, and parts are loaded for all aggregates at once`(
    _ kind: TestStoreKind
  ) async throws {
    let nova = try await kind.nova()
    for number in 0..<20 { try await nova.addAggregate("a\(number)", metadata: ["k\(number % 2)": "v"], hosts: ["h"]) }
    let (_, plans) = try await nova.explaining { nova in
      _ = try await nova.aggregateGetByHost(.admin, host: "h", key: "k1")
      _ = try await nova.aggregateGetByMetadataKey(.admin, key: "k1")
      _ = try await nova.aggregateMetadataGetByHost(.admin, host: "h")
      try await nova.addAggregate("b", metadata: ["k": "v"])
    }
    #expect(plans.allSatisfy { !$0.hasFullScan }, "\(plans)")
    let (_, list) = try await nova.explaining { nova in try await nova.aggregateGetAll(.admin) }
    #expect(list.count == 3)
  }
}
