// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeGlance
import RomeTesting
import Testing

@Suite struct MetadefPropertyTests {
  private func make(_ kind: TestDatabase) async throws -> GlanceDatabase {
    let glance = try await kind.make()
    try await glance.makeNamespace("n1", owner: "t1")
    try await glance.makeNamespace("n2", owner: "t2")
    return glance
  }

  @Test(arguments: TestDatabase.all)
  func `a property is made in its namespace, and read back by its name`(_ kind: TestDatabase) async throws {
    let glance = try await make(kind)
    let schema: GlanceValue = ["type": "object", "list": [1, nil, true], "deep": ["é": "ü"]]
    let property = try await glance.metadefPropertyCreate(
      .tenant("t1"), namespaceName: "n1",
      propertyDict: [
        "name": "o1", "json_schema": schema, "namespace_id": 2, "namespace": "x",
        "created_at": .date(GlanceTime(microseconds: 0)), "bogus": 1,
      ])
    #expect(property.id == 1 && property.namespaceID == 1 && property.name == "o1")
    #expect(property.jsonSchema == schema)
    #expect(property.createdAt.microseconds > 0 && property.updatedAt == property.createdAt)
    #expect(try await glance.metadefPropertyGet(.tenant("t1"), namespaceName: "n1", propertyName: "o1") == property)
    let keys: Set<String> = [
      "id", "namespace_id", "name", "json_schema", "created_at", "updated_at",
    ]
    #expect(Set(try #require(property.values.objectValue).keys) == keys)
    let plain = try await glance.metadefPropertyCreate(
      .admin, namespaceName: "n1", propertyDict: ["name": "o2", "json_schema": nil])
    #expect(plain.jsonSchema == [:])
    #expect(try await glance.metadefPropertyGetAll(.admin, namespaceName: "n1") == [property, plain])
    try await expectClean(glance)
  }

  @Test(arguments: TestDatabase.all)
  func `a name is used once in a namespace`(_ kind: TestDatabase) async throws {
    let glance = try await make(kind)
    let first = try await glance.metadefPropertyCreate(.admin, namespaceName: "n1", propertyDict: ["name": "o1"])
    let second = try await glance.metadefPropertyCreate(.admin, namespaceName: "n1", propertyDict: ["name": "o2"])
    _ = try await glance.metadefPropertyCreate(.admin, namespaceName: "n2", propertyDict: ["name": "o1"])
    await expectError(
      .metadefDuplicateProperty, "A metadata definition property with name=o1 already exists in namespace=n1."
    ) {
      _ = try await glance.metadefPropertyCreate(.admin, namespaceName: "n1", propertyDict: ["name": "o1"])
    }
    await expectError(.metadefDuplicateProperty) {
      _ = try await glance.metadefPropertyCreate(
        .admin, namespaceName: "n1", propertyDict: ["name": "o3", "id": .int(Int64(first.id))])
    }
    await expectError(.metadefDuplicateProperty) {
      _ = try await glance.metadefPropertyUpdate(
        .admin, namespaceName: "n1", propertyID: second.id, propertyDict: ["name": "o1"])
    }
    #expect(try await glance.metadefPropertyGetAll(.admin, namespaceName: "n1") == [first, second])
  }

  @Test func `names, types and characters are checked`() async throws {
    let glance = try await make(.memory)
    for values in [[:], ["name": nil], ["name": ["o"]]] as [[String: GlanceValue]] {
      await expectError(.rpc) {
        _ = try await glance.metadefPropertyCreate(.admin, namespaceName: "n1", propertyDict: values)
      }
    }
    await expectError(.invalid, "Type can't contain 4 byte unicode characters.") {
      _ = try await glance.metadefPropertyCreate(
        .admin, namespaceName: "n1", propertyDict: ["name": "o", "json_schema": ["type": "\u{1F47D}"]])
    }
    await expectError(.invalid, "Param values can't contain 4 byte unicode.") {
      _ = try await glance.metadefPropertyCreate(.admin, namespaceName: "\u{1F47D}", propertyDict: ["name": "o"])
    }
    #expect(try await glance.metadefPropertyCount(.admin, namespaceName: "n1") == 0)
  }

  @Test(arguments: TestDatabase.all)
  func `every function looks at the namespace first`(_ kind: TestDatabase) async throws {
    let glance = try await make(kind)
    let values: [String: GlanceValue] = ["name": "o1"]
    let property = try await glance.metadefPropertyCreate(.admin, namespaceName: "n1", propertyDict: values)
    let cases: [(GlanceContext, String, GlanceError.Code)] = [
      (.tenant("t2"), "n1", .metadefForbidden), (.admin, "n9", .metadefNamespaceNotFound),
    ]
    for (context, name, code) in cases {
      await expectError(code) {
        _ = try await glance.metadefPropertyCreate(context, namespaceName: name, propertyDict: values)
      }
      await expectError(code) {
        _ = try await glance.metadefPropertyGet(context, namespaceName: name, propertyName: "o1")
      }
      await expectError(code) { _ = try await glance.metadefPropertyGetAll(context, namespaceName: name) }
      await expectError(code) {
        _ = try await glance.metadefPropertyUpdate(
          context, namespaceName: name, propertyID: property.id, propertyDict: values)
      }
      await expectError(code) {
        try await glance.metadefPropertyDelete(context, namespaceName: name, propertyName: "o1")
      }
      await expectError(code) { try await glance.metadefPropertyDeleteNamespaceContent(context, namespaceName: name) }
      await expectError(code) { _ = try await glance.metadefPropertyCount(context, namespaceName: name) }
    }
    #expect(try await glance.metadefPropertyGetAll(.admin, namespaceName: "n1") == [property])
  }

  @Test(arguments: TestDatabase.all)
  func `an update changes a property of the namespace, by its number`(_ kind: TestDatabase) async throws {
    let glance = try await make(kind)
    let made = try await glance.metadefPropertyCreate(
      .admin, namespaceName: "n1", propertyDict: ["name": "o1", "json_schema": ["a": 1]])
    var values = try #require(made.values.objectValue)
    values["name"] = "o2"
    values["namespace_id"] = 2
    let property = try await glance.metadefPropertyUpdate(
      .tenant("t1"), namespaceName: "n1", propertyID: made.id, propertyDict: values)
    #expect(property.name == "o2" && property.namespaceID == 1 && property.jsonSchema == ["a": 1])
    #expect(property.createdAt == made.createdAt && property.updatedAt > made.updatedAt)
    #expect(try await glance.metadefPropertyGet(.admin, namespaceName: "n1", propertyName: "o2") == property)

    let same = try await glance.metadefPropertyUpdate(
      .tenant("t1"), namespaceName: "n1", propertyID: made.id, propertyDict: values)
    #expect(same == property, "what changes nothing is no update")

    await expectError(.metadefPropertyNotFound, "Metadata definition property not found for id=99") {
      _ = try await glance.metadefPropertyUpdate(.admin, namespaceName: "n1", propertyID: 99, propertyDict: [:])
    }
    await expectError(.metadefPropertyNotFound) {
      _ = try await glance.metadefPropertyUpdate(
        .tenant("t2"), namespaceName: "n2", propertyID: made.id, propertyDict: ["name": "stolen"])
    }
    for values in [["name": nil], ["json_schema": nil]] as [[String: GlanceValue]] {
      await expectError(.rpc) {
        _ = try await glance.metadefPropertyUpdate(
          .admin, namespaceName: "n1", propertyID: made.id, propertyDict: values)
      }
    }
    #expect(try await glance.metadefPropertyGetAll(.admin, namespaceName: "n1") == [property])
  }

  @Test(arguments: TestDatabase.all)
  func `properties are deleted by name, or all of a namespace`(_ kind: TestDatabase) async throws {
    let glance = try await make(kind)
    for namespace in ["n1", "n2"] {
      for name in ["a", "b", "c"] {
        _ = try await glance.metadefPropertyCreate(
          .admin, namespaceName: namespace, propertyDict: ["name": .string(name)])
      }
    }
    let property = try await glance.metadefPropertyGet(.admin, namespaceName: "n1", propertyName: "b")
    #expect(try await glance.metadefPropertyDelete(.tenant("t1"), namespaceName: "n1", propertyName: "b") == property)
    await expectError(
      .metadefPropertyNotFound, "The metadata definition property with name=b was not found in namespace=n1."
    ) {
      try await glance.metadefPropertyDelete(.admin, namespaceName: "n1", propertyName: "b")
    }
    #expect(try await glance.metadefPropertyCount(.admin, namespaceName: "n1") == 2)
    #expect(try await glance.metadefPropertyDeleteNamespaceContent(.tenant("t1"), namespaceName: "n1") == 2)
    #expect(try await glance.metadefPropertyDeleteNamespaceContent(.admin, namespaceName: "n1") == 0)
    #expect(try await glance.metadefPropertyCount(.admin, namespaceName: "n1") == 0)
    #expect(try await glance.metadefPropertyCount(.admin, namespaceName: "n2") == 3)
    try await expectClean(glance)
  }

  @Test(arguments: TestDatabase.all)
  func `of callers with the same name one makes the property, and one renames to it`(_ kind: TestDatabase) async throws
  {
    let glance = try await make(kind)
    let made = await race(8) { _ in
      _ = try await glance.metadefPropertyCreate(.admin, namespaceName: "n1", propertyDict: ["name": "same"])
    }
    #expect(made.count { $0 == nil } == 1)
    #expect(made.count { $0 == .metadefDuplicateProperty } == 7, "\(made)")
    var ids: [Int] = []
    for number in 0..<5 {
      ids.append(
        try await glance.metadefPropertyCreate(
          .admin, namespaceName: "n1", propertyDict: ["name": .string("o\(number)")]
        ).id)
    }
    let renamed = await race(5) { [ids] number in
      _ = try await glance.metadefPropertyUpdate(
        .admin, namespaceName: "n1", propertyID: ids[number], propertyDict: ["name": "other"])
    }
    #expect(renamed.count { $0 == nil } == 1)
    #expect(renamed.count { $0 == .metadefDuplicateProperty } == 4, "\(renamed)")
    #expect(try await glance.metadefPropertyCount(.admin, namespaceName: "n1") == 6)
    try await expectClean(glance)
  }

  @Test(arguments: TestDatabase.all)
  func `properties of a namespace cost the same whatever their number`(_ kind: TestDatabase) async throws {
    let (glance, store) = try await kind.makeCounted()
    try await glance.makeNamespace("n1")
    var costs: [[Int]] = []
    for count in [2, 40] {
      for number in 0..<count {
        _ = try await glance.metadefPropertyCreate(
          .admin, namespaceName: "n1", propertyDict: ["name": .string("\(count)-\(number)")])
      }
      var cost: [Int] = []
      store.resetCounts()
      _ = try await glance.metadefPropertyGetAll(.admin, namespaceName: "n1")
      cost.append(store.counts.roundTrips)
      store.resetCounts()
      _ = try await glance.metadefPropertyCount(.admin, namespaceName: "n1")
      cost.append(store.counts.roundTrips)
      store.resetCounts()
      try await glance.metadefPropertyDeleteNamespaceContent(.admin, namespaceName: "n1")
      cost.append(store.counts.roundTrips)
      costs.append(cost)
    }
    #expect(costs[0] == costs[1])
    #expect(costs[0].allSatisfy { $0 <= 3 }, "the namespace, its properties, and the proof or the commit: \(costs)")
  }
}
