// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeGlance
import RomeTesting
import Testing

@Suite struct MetadefObjectTests {
  private func make(_ kind: TestDatabase) async throws -> GlanceDatabase {
    let glance = try await kind.make()
    try await glance.makeNamespace("n1", owner: "t1")
    try await glance.makeNamespace("n2", owner: "t2")
    return glance
  }

  @Test(arguments: TestDatabase.all)
  func `an object is made in its namespace, and read back by its name`(_ kind: TestDatabase) async throws {
    let glance = try await make(kind)
    let schema: GlanceValue = ["type": "object", "list": [1, nil, true], "deep": ["é": "ü"]]
    let object = try await glance.metadefObjectCreate(
      .tenant("t1"), namespaceName: "n1",
      objectDict: [
        "name": "o1", "description": "d", "required": "a,b", "json_schema": schema, "namespace_id": 2, "namespace": "x",
        "created_at": .date(GlanceTime(microseconds: 0)), "bogus": 1,
      ])
    #expect(object.id == 1 && object.namespaceID == 1 && object.name == "o1" && object.description == "d")
    #expect(object.required == "a,b" && object.jsonSchema == schema)
    #expect(object.createdAt.microseconds > 0 && object.updatedAt == object.createdAt)
    #expect(try await glance.metadefObjectGet(.tenant("t1"), namespaceName: "n1", objectName: "o1") == object)
    let keys: Set<String> = [
      "id", "namespace_id", "name", "description", "required", "json_schema", "created_at", "updated_at",
    ]
    #expect(Set(try #require(object.values.objectValue).keys) == keys)
    let plain = try await glance.metadefObjectCreate(
      .admin, namespaceName: "n1", objectDict: ["name": "o2", "json_schema": nil])
    #expect(plain.jsonSchema == [:])
    #expect(try await glance.metadefObjectGetAll(.admin, namespaceName: "n1") == [object, plain])
    try await expectClean(glance)
  }

  @Test(arguments: TestDatabase.all)
  func `a name is used once in a namespace`(_ kind: TestDatabase) async throws {
    let glance = try await make(kind)
    let first = try await glance.metadefObjectCreate(.admin, namespaceName: "n1", objectDict: ["name": "o1"])
    let second = try await glance.metadefObjectCreate(.admin, namespaceName: "n1", objectDict: ["name": "o2"])
    _ = try await glance.metadefObjectCreate(.admin, namespaceName: "n2", objectDict: ["name": "o1"])
    await expectError(
      .metadefDuplicateObject, "A metadata definition object with name=o1 already exists in namespace=n1."
    ) {
      _ = try await glance.metadefObjectCreate(.admin, namespaceName: "n1", objectDict: ["name": "o1"])
    }
    await expectError(.metadefDuplicateObject) {
      _ = try await glance.metadefObjectCreate(
        .admin, namespaceName: "n1", objectDict: ["name": "o3", "id": .int(Int64(first.id))])
    }
    await expectError(.metadefDuplicateObject) {
      _ = try await glance.metadefObjectUpdate(
        .admin, namespaceName: "n1", objectID: second.id, objectDict: ["name": "o1"])
    }
    #expect(try await glance.metadefObjectGetAll(.admin, namespaceName: "n1") == [first, second])
  }

  @Test func `names, types and characters are checked`() async throws {
    let glance = try await make(.memory)
    for values in [[:], ["name": nil], ["name": "o", "required": ["a"]]] as [[String: GlanceValue]] {
      await expectError(.rpc) {
        _ = try await glance.metadefObjectCreate(.admin, namespaceName: "n1", objectDict: values)
      }
    }
    await expectError(.invalid, "Type can't contain 4 byte unicode characters.") {
      _ = try await glance.metadefObjectCreate(
        .admin, namespaceName: "n1", objectDict: ["name": "o", "json_schema": ["type": "\u{1F47D}"]])
    }
    await expectError(.invalid, "Param values can't contain 4 byte unicode.") {
      _ = try await glance.metadefObjectCreate(.admin, namespaceName: "\u{1F47D}", objectDict: ["name": "o"])
    }
    #expect(try await glance.metadefObjectCount(.admin, namespaceName: "n1") == 0)
  }

  @Test(arguments: TestDatabase.all)
  func `every function looks at the namespace first`(_ kind: TestDatabase) async throws {
    let glance = try await make(kind)
    let values: [String: GlanceValue] = ["name": "o1"]
    let object = try await glance.metadefObjectCreate(.admin, namespaceName: "n1", objectDict: values)
    let cases: [(GlanceContext, String, GlanceError.Code)] = [
      (.tenant("t2"), "n1", .metadefForbidden), (.admin, "n9", .metadefNamespaceNotFound),
    ]
    for (context, name, code) in cases {
      for values in [values, [:]] {
        await expectError(code) {
          _ = try await glance.metadefObjectCreate(context, namespaceName: name, objectDict: values)
        }
      }
      await expectError(code) { _ = try await glance.metadefObjectGet(context, namespaceName: name, objectName: "o1") }
      await expectError(code) { _ = try await glance.metadefObjectGetAll(context, namespaceName: name) }
      await expectError(code) {
        _ = try await glance.metadefObjectUpdate(
          context, namespaceName: name, objectID: object.id, objectDict: values)
      }
      await expectError(code) { try await glance.metadefObjectDelete(context, namespaceName: name, objectName: "o1") }
      await expectError(code) { try await glance.metadefObjectDeleteNamespaceContent(context, namespaceName: name) }
      await expectError(code) { _ = try await glance.metadefObjectCount(context, namespaceName: name) }
    }
    #expect(try await glance.metadefObjectGetAll(.admin, namespaceName: "n1") == [object])
  }

  @Test(arguments: TestDatabase.all)
  func `an update changes an object of the namespace, by its number`(_ kind: TestDatabase) async throws {
    let glance = try await make(kind)
    let made = try await glance.metadefObjectCreate(
      .admin, namespaceName: "n1", objectDict: ["name": "o1", "description": "d", "json_schema": ["a": 1]])
    var values = try #require(made.values.objectValue)
    values["name"] = "o2"
    values["namespace_id"] = 2
    let object = try await glance.metadefObjectUpdate(
      .tenant("t1"), namespaceName: "n1", objectID: made.id, objectDict: values)
    #expect(
      object.name == "o2" && object.namespaceID == 1 && object.description == "d" && object.jsonSchema == ["a": 1])
    #expect(object.createdAt == made.createdAt && object.updatedAt > made.updatedAt)
    #expect(try await glance.metadefObjectGet(.admin, namespaceName: "n1", objectName: "o2") == object)

    let same = try await glance.metadefObjectUpdate(
      .tenant("t1"), namespaceName: "n1", objectID: made.id, objectDict: values)
    #expect(same == object, "what changes nothing is no update")

    await expectError(.metadefObjectNotFound, "Metadata definition object not found for id=99") {
      _ = try await glance.metadefObjectUpdate(.admin, namespaceName: "n1", objectID: 99, objectDict: [:])
    }
    await expectError(.metadefObjectNotFound) {
      _ = try await glance.metadefObjectUpdate(
        .tenant("t2"), namespaceName: "n2", objectID: made.id, objectDict: ["name": "stolen"])
    }
    for values in [["name": nil], ["json_schema": nil]] as [[String: GlanceValue]] {
      await expectError(.rpc) {
        _ = try await glance.metadefObjectUpdate(.admin, namespaceName: "n1", objectID: made.id, objectDict: values)
      }
    }
    #expect(try await glance.metadefObjectGetAll(.admin, namespaceName: "n1") == [object])
  }

  @Test(arguments: TestDatabase.all)
  func `objects are deleted by name, or all of a namespace`(_ kind: TestDatabase) async throws {
    let glance = try await make(kind)
    for namespace in ["n1", "n2"] {
      for name in ["a", "b", "c"] {
        _ = try await glance.metadefObjectCreate(
          .admin, namespaceName: namespace, objectDict: ["name": .string(name)])
      }
    }
    let object = try await glance.metadefObjectGet(.admin, namespaceName: "n1", objectName: "b")
    #expect(try await glance.metadefObjectDelete(.tenant("t1"), namespaceName: "n1", objectName: "b") == object)
    await expectError(
      .metadefObjectNotFound, "The metadata definition object with name=b was not found in namespace=n1."
    ) {
      try await glance.metadefObjectDelete(.admin, namespaceName: "n1", objectName: "b")
    }
    #expect(try await glance.metadefObjectCount(.admin, namespaceName: "n1") == 2)
    #expect(try await glance.metadefObjectDeleteNamespaceContent(.tenant("t1"), namespaceName: "n1") == 2)
    #expect(try await glance.metadefObjectDeleteNamespaceContent(.admin, namespaceName: "n1") == 0)
    #expect(try await glance.metadefObjectCount(.admin, namespaceName: "n1") == 0)
    #expect(try await glance.metadefObjectCount(.admin, namespaceName: "n2") == 3)
    try await expectClean(glance)
  }

  @Test(arguments: TestDatabase.all)
  func `of callers with the same name one makes the object, and one renames to it`(_ kind: TestDatabase) async throws {
    let glance = try await make(kind)
    let made = await race(8) { _ in
      _ = try await glance.metadefObjectCreate(.admin, namespaceName: "n1", objectDict: ["name": "same"])
    }
    #expect(made.count { $0 == nil } == 1)
    #expect(made.count { $0 == .metadefDuplicateObject } == 7, "\(made)")
    var ids: [Int] = []
    for number in 0..<5 {
      ids.append(
        try await glance.metadefObjectCreate(
          .admin, namespaceName: "n1", objectDict: ["name": .string("o\(number)")]
        ).id)
    }
    let renamed = await race(5) { [ids] number in
      _ = try await glance.metadefObjectUpdate(
        .admin, namespaceName: "n1", objectID: ids[number], objectDict: ["name": "other"])
    }
    #expect(renamed.count { $0 == nil } == 1)
    #expect(renamed.count { $0 == .metadefDuplicateObject } == 4, "\(renamed)")
    #expect(try await glance.metadefObjectCount(.admin, namespaceName: "n1") == 6)
    try await expectClean(glance)
  }

  @Test(arguments: TestDatabase.all)
  func `objects of a namespace cost the same whatever their number`(_ kind: TestDatabase) async throws {
    let (glance, store) = try await kind.makeCounted()
    try await glance.makeNamespace("n1")
    var costs: [[Int]] = []
    for count in [2, 40] {
      for number in 0..<count {
        _ = try await glance.metadefObjectCreate(
          .admin, namespaceName: "n1", objectDict: ["name": .string("\(count)-\(number)")])
      }
      var cost: [Int] = []
      store.resetCounts()
      _ = try await glance.metadefObjectGetAll(.admin, namespaceName: "n1")
      cost.append(store.counts.roundTrips)
      store.resetCounts()
      _ = try await glance.metadefObjectCount(.admin, namespaceName: "n1")
      cost.append(store.counts.roundTrips)
      store.resetCounts()
      try await glance.metadefObjectDeleteNamespaceContent(.admin, namespaceName: "n1")
      cost.append(store.counts.roundTrips)
      costs.append(cost)
    }
    #expect(costs[0] == costs[1])
    #expect(costs[0].allSatisfy { $0 <= 3 }, "the namespace, its objects, and the proof or the commit: \(costs)")
  }
}
