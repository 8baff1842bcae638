// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeGlance
import Testing

@Suite struct MetadefTagTests {
  private func make(_ kind: TestDatabase) async throws -> GlanceDatabase {
    let glance = try await kind.make()
    try await glance.makeNamespace("n1", owner: "t1")
    try await glance.makeNamespace("n2", owner: "t2")
    return glance
  }

  @Test(arguments: TestDatabase.all)
  func `a tag is made, read, renamed and deleted`(_ kind: TestDatabase) async throws {
    let glance = try await make(kind)
    let made = try await glance.metadefTagCreate(
      .tenant("t1"), namespaceName: "n1", tagDict: ["name": "a", "namespace_id": 2, "bogus": 1])
    #expect(made.id == 1 && made.namespaceID == 1 && made.name == "a")
    let keys: Set<String> = ["id", "namespace_id", "name", "created_at", "updated_at"]
    #expect(Set(try #require(made.values.objectValue).keys) == keys)
    #expect(try await glance.metadefTagGet(.admin, namespaceName: "n1", name: "a") == made)
    let tag = try await glance.metadefTagUpdate(
      .tenant("t1"), namespaceName: "n1", id: made.id, tagDict: ["name": "A", "created_at": nil])
    #expect(tag.name == "A" && tag.createdAt == made.createdAt && tag.updatedAt > made.updatedAt)
    await expectError(.metadefTagNotFound) {
      _ = try await glance.metadefTagGet(.admin, namespaceName: "n1", name: "a")
    }
    #expect(try await glance.metadefTagDelete(.tenant("t1"), namespaceName: "n1", name: "A") == tag)
    await expectError(.metadefTagNotFound, "The metadata definition tag with name=A was not found in namespace=n1.") {
      try await glance.metadefTagDelete(.admin, namespaceName: "n1", name: "A")
    }
    #expect(try await glance.metadefTagCount(.admin, namespaceName: "n1") == 0)
    try await expectClean(glance)
  }

  @Test(arguments: TestDatabase.all)
  func `names are compared exactly, and used once in a namespace`(_ kind: TestDatabase) async throws {
    let glance = try await make(kind)
    for name in ["a", "A", "\u{E9}", "e\u{301}"] {
      _ = try await glance.metadefTagCreate(.admin, namespaceName: "n1", tagDict: ["name": .string(name)])
    }
    _ = try await glance.metadefTagCreate(.admin, namespaceName: "n2", tagDict: ["name": "a"])
    await expectError(.metadefDuplicateTag) {
      _ = try await glance.metadefTagCreate(.admin, namespaceName: "n1", tagDict: ["name": "a"])
    }
    await expectError(.metadefDuplicateTag) {
      _ = try await glance.metadefTagUpdate(.admin, namespaceName: "n1", id: 1, tagDict: ["name": "A"])
    }
    await expectError(.rpc) { _ = try await glance.metadefTagCreate(.admin, namespaceName: "n1", tagDict: [:]) }
    await expectError(.invalid, "Name can't contain 4 byte unicode characters.") {
      _ = try await glance.metadefTagCreate(.admin, namespaceName: "n1", tagDict: ["name": "\u{1F47D}"])
    }
    #expect(try await glance.metadefTagCount(.admin, namespaceName: "n1") == 4)
    #expect(try await glance.metadefTagDeleteNamespaceContent(.admin, namespaceName: "n1") == 4)
    #expect(try await glance.metadefTagCount(.admin, namespaceName: "n2") == 1)
  }

  @Test(arguments: TestDatabase.all)
  func `every function looks at the namespace first`(_ kind: TestDatabase) async throws {
    let glance = try await make(kind)
    let values: [String: GlanceValue] = ["name": "a"]
    let tag = try await glance.metadefTagCreate(.admin, namespaceName: "n1", tagDict: values)
    let cases: [(GlanceContext, String, GlanceError.Code)] = [
      (.tenant("t2"), "n1", .metadefForbidden), (.admin, "n9", .metadefNamespaceNotFound),
      (.tenant("t2"), "n2", .metadefTagNotFound),
    ]
    for (context, name, code) in cases {
      await expectError(code) { _ = try await glance.metadefTagGet(context, namespaceName: name, name: "a") }
      await expectError(code) {
        _ = try await glance.metadefTagUpdate(context, namespaceName: name, id: tag.id, tagDict: values)
      }
      await expectError(code) { try await glance.metadefTagDelete(context, namespaceName: name, name: "a") }
      await expectError(code) {
        _ = try await glance.metadefTagGetAll(context, namespaceName: name, marker: tag.id, sortKey: "name")
      }
    }
    for (context, name, code) in cases.dropLast() {
      await expectError(code) { _ = try await glance.metadefTagCreate(context, namespaceName: name, tagDict: values) }
      await expectError(code) {
        _ = try await glance.metadefTagCreateTags(context, namespaceName: name, tagList: [.object(values)])
      }
      await expectError(code) { try await glance.metadefTagDeleteNamespaceContent(context, namespaceName: name) }
      await expectError(code) { _ = try await glance.metadefTagCount(context, namespaceName: name) }
      await expectError(code) { _ = try await glance.metadefTagGetAll(context, namespaceName: name, sortKey: "name") }
    }
    #expect(try await glance.metadefTagGet(.admin, namespaceName: "n1", name: "a") == tag)
  }

  @Test(arguments: TestDatabase.all)
  func `of callers with the same name one makes the tag`(_ kind: TestDatabase) async throws {
    let glance = try await make(kind)
    let outcomes = await race(8) { _ in
      _ = try await glance.metadefTagCreate(.admin, namespaceName: "n1", tagDict: ["name": "same"])
    }
    #expect(outcomes.count { $0 == nil } == 1)
    #expect(outcomes.count { $0 == .metadefDuplicateTag } == 7, "\(outcomes)")
    try await expectClean(glance)
  }
}
