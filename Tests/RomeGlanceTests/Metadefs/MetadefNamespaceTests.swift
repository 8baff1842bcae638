// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeGlance
import Testing

@Suite struct MetadefNamespaceTests {
  @Test(arguments: TestDatabase.all)
  func `a namespace is made, and read back by its name`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    let time = GlanceTime(microseconds: 0)
    let namespace = try await glance.makeNamespace(
      "n1", owner: "t1",
      ["created_at": .date(time), "updated_at": .date(time), "display_name": "d", "protected": true, "bogus": 1])
    #expect(namespace.id == 1 && namespace.namespace == "n1" && namespace.owner == "t1")
    #expect(namespace.displayName == "d" && namespace.protected == true)
    #expect(namespace.visibility == nil && namespace.description == nil)
    #expect(namespace.createdAt > time && namespace.updatedAt == namespace.createdAt, "times are not the client's")
    #expect(try await glance.metadefNamespaceGet(.tenant("t1"), namespaceName: "n1") == namespace)
    let keys: Set<String> = [
      "id", "namespace", "display_name", "description", "visibility", "protected", "owner", "created_at", "updated_at",
    ]
    #expect(Set(try #require(namespace.values.objectValue).keys) == keys)
    #expect(try await glance.makeNamespace("n2", ["id": 7]).id == 7)
    #expect(try await glance.makeNamespace("n3").id > 7, "a number is not given twice")
    try await expectClean(glance)
  }

  @Test func `a name and an owner are required, and a name is used once`() async throws {
    let glance = try await TestDatabase.memory.make()
    await expectError(.keyError, "'namespace'") { _ = try await glance.metadefNamespaceCreate(.admin, values: [:]) }
    await expectError(.rpc) { _ = try await glance.metadefNamespaceCreate(.admin, values: ["namespace": "n1"]) }
    await expectError(.rpc) { try await glance.makeNamespace("n1", ["owner": nil]) }
    await expectError(.rpc) { try await glance.makeNamespace("n1", ["description": ["a"]]) }
    await expectError(.rpc) { try await glance.makeNamespace("n1", ["id": 4_294_967_296]) }
    await expectError(.invalid, "Namespace can't contain 4 byte unicode characters.") {
      try await glance.makeNamespace("\u{1F47D}")
    }
    try await glance.makeNamespace("n1")
    await expectError(.metadefDuplicateNamespace, "The metadata definition namespace=n1 already exists.") {
      try await glance.makeNamespace("n1", owner: "t2")
    }
    await expectError(.metadefDuplicateNamespace) { try await glance.makeNamespace("n2", ["id": 1]) }
    #expect(GlanceError.Code.metadefDuplicateNamespace.isA(.duplicate))
  }

  @Test(arguments: TestDatabase.all)
  func `a namespace is seen by its owner, by administrators, and by all when it is public`(
    _ kind: TestDatabase
  ) async throws {
    let glance = try await kind.make()
    try await glance.makeNamespace("private")
    try await glance.makeNamespace("public", ["visibility": "public"])
    for context in [GlanceContext.admin, .tenant("t1")] {
      _ = try await glance.metadefNamespaceGet(context, namespaceName: "private")
    }
    for context in [GlanceContext.tenant("t2"), .tenant(nil)] {
      _ = try await glance.metadefNamespaceGet(context, namespaceName: "public")
      await expectError(
        .metadefForbidden, "Forbidding request, metadata definition namespace=private is not visible."
      ) {
        _ = try await glance.metadefNamespaceGet(context, namespaceName: "private")
      }
      await expectError(.metadefForbidden) {
        _ = try await glance.metadefNamespaceUpdate(context, namespaceID: 1, namespaceDict: [:])
      }
      await expectError(.metadefForbidden) {
        _ = try await glance.metadefNamespaceDelete(context, namespaceName: "private")
      }
    }
    await expectError(.metadefNamespaceNotFound, "Metadata definition namespace=n9 was not found.") {
      _ = try await glance.metadefNamespaceGet(.admin, namespaceName: "n9")
    }
    #expect(GlanceError.Code.metadefForbidden.isA(.forbidden))
    #expect(GlanceError.Code.metadefNamespaceNotFound.isA(.notFound))
  }

  @Test(arguments: TestDatabase.all)
  func `an update takes a whole row as it was got`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    let made = try await glance.makeNamespace("n1", ["description": "old"])
    var values = try #require(made.values.objectValue)
    values["display_name"] = "new"
    values["bogus"] = 1
    let namespace = try await glance.metadefNamespaceUpdate(.tenant("t1"), namespaceID: made.id, namespaceDict: values)
    #expect(namespace.id == made.id && namespace.displayName == "new" && namespace.description == "old")
    #expect(namespace.createdAt == made.createdAt && namespace.updatedAt > made.updatedAt)
    #expect(try await glance.metadefNamespaceGet(.admin, namespaceName: "n1") == namespace)

    let same = try await glance.metadefNamespaceUpdate(.admin, namespaceID: made.id, namespaceDict: values)
    #expect(same == namespace, "what changes nothing is no update")

    let moved = try await glance.metadefNamespaceUpdate(
      .admin, namespaceID: made.id, namespaceDict: ["namespace": "n2", "description": nil, "id": 99])
    #expect(moved.namespace == "n2" && moved.description == nil && moved.displayName == "new" && moved.id == made.id)
    await expectError(.metadefNamespaceNotFound) {
      _ = try await glance.metadefNamespaceGet(.admin, namespaceName: "n1")
    }
    try await expectClean(glance)
  }

  @Test(arguments: TestDatabase.all)
  func `an update that can't be made changes nothing`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    try await glance.makeNamespace("n1")
    let other = try await glance.makeNamespace("n2")
    await expectError(
      .metadefDuplicateNamespace,
      "Invalid update. It would result in a duplicate metadata definition namespace with the same name of n1"
    ) {
      _ = try await glance.metadefNamespaceUpdate(
        .admin, namespaceID: other.id, namespaceDict: ["namespace": "n1", "description": "x"])
    }
    await expectError(.metadefNamespaceNotFound, "Metadata definition namespace not found for id=99") {
      _ = try await glance.metadefNamespaceUpdate(.admin, namespaceID: 99, namespaceDict: [:])
    }
    await expectError(.rpc) {
      _ = try await glance.metadefNamespaceUpdate(.admin, namespaceID: other.id, namespaceDict: ["owner": nil])
    }
    await expectError(.invalid) {
      _ = try await glance.metadefNamespaceUpdate(
        .admin, namespaceID: other.id, namespaceDict: ["description": "\u{1F47D}"])
    }
    #expect(try await glance.metadefNamespaceGet(.admin, namespaceName: "n2") == other)
  }

  @Test(arguments: TestDatabase.all)
  func `of callers with the same name one makes the namespace`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    let outcomes = await race(8) { number in try await glance.makeNamespace("same", owner: "t\(number)") }
    #expect(outcomes.count { $0 == nil } == 1)
    #expect(outcomes.count { $0 == .metadefDuplicateNamespace } == 7, "\(outcomes)")
    #expect(try await glance.metadefNamespaceGetAll(.admin, sortKey: "created_at").count == 1)
    try await expectClean(glance)
  }

  @Test(arguments: TestDatabase.all)
  func `of callers who rename to the same name one succeeds`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    for number in 0..<6 { try await glance.makeNamespace("n\(number)") }
    let outcomes = await race(6) { number in
      _ = try await glance.metadefNamespaceUpdate(
        .admin, namespaceID: number + 1, namespaceDict: ["namespace": "same"])
    }
    #expect(outcomes.count { $0 == nil } == 1)
    #expect(outcomes.count { $0 == .metadefDuplicateNamespace } == 5, "\(outcomes)")
    try await expectClean(glance)
  }
}
