// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeGlance
import Testing

@Suite struct MetadefAssociationTests {
  private func make(_ kind: TestDatabase) async throws -> GlanceDatabase {
    let glance = try await kind.make()
    for name in ["n1", "n2"] { try await glance.makeNamespace(name) }
    return glance
  }

  @Test(arguments: TestDatabase.all)
  func `an association makes the resource type that there is not`(_ kind: TestDatabase) async throws {
    let glance = try await make(kind)
    let association = try await glance.metadefResourceTypeAssociationCreate(
      .tenant("t1"), namespaceName: "n1",
      values: ["name": "rt", "properties_target": "image", "prefix": "hw_", "protected": true, "bogus": 1])
    #expect(association.name == "rt" && association.propertiesTarget == "image" && association.prefix == "hw_")
    let keys: Set<String> = ["name", "properties_target", "prefix", "created_at", "updated_at"]
    #expect(Set(try #require(association.values.objectValue).keys) == keys)
    let type = try await glance.metadefResourceTypeGet(.admin, resourceTypeName: "rt")
    #expect(!type.protected)
    try await glance.associate("n2", with: "rt")
    #expect(try await glance.metadefResourceTypeGetAll(.admin) == [type])
    #expect(
      try await glance.metadefResourceTypeAssociationGet(.tenant("t1"), namespaceName: "n1", resourceTypeName: "rt")
        == association)
    try await glance.associate("n1", with: "other")
    let all = try await glance.metadefResourceTypeAssociationGetAllByNamespace(.tenant("t1"), namespaceName: "n1")
    #expect(all.map(\.name) == ["rt", "other"] && all[0] == association)
    try await expectClean(glance)
  }

  @Test(arguments: TestDatabase.all)
  func `an association is made once, of all its values`(_ kind: TestDatabase) async throws {
    let glance = try await make(kind)
    try await glance.associate("n1", with: "rt")
    await expectError(
      .metadefDuplicateResourceTypeAssociation,
      "The metadata definition resource-type association of resource-type=rt to namespace=n1 already exists."
    ) {
      try await glance.associate("n1", with: "rt")
    }
    let values: [String: GlanceValue] = ["name": "new", "properties_target": nil, "prefix": nil]
    for name in values.keys {
      await expectError(.keyError, "'\(name)'") {
        _ = try await glance.metadefResourceTypeAssociationCreate(
          .admin, namespaceName: "n1", values: values.filter { $0.key != name })
      }
    }
    await expectError(.rpc) {
      _ = try await glance.metadefResourceTypeAssociationCreate(
        .admin, namespaceName: "n1", values: values.merging(["name": nil]) { $1 })
    }
    #expect(try await glance.metadefResourceTypeGetAll(.admin).map(\.name) == ["rt"])
  }

  @Test(arguments: TestDatabase.all)
  func `an association is deleted, and the resource type stays`(_ kind: TestDatabase) async throws {
    let glance = try await make(kind)
    let association = try await glance.associate("n1", with: "rt")
    try await glance.associate("n2", with: "rt")
    #expect(
      try await glance.metadefResourceTypeAssociationDelete(.tenant("t1"), namespaceName: "n1", resourceTypeName: "rt")
        == association)
    await expectError(
      .metadefResourceTypeAssociationNotFound,
      "The metadata definition resource-type association of resource-type=rt to namespace=n1, was not found."
    ) {
      try await glance.metadefResourceTypeAssociationDelete(.admin, namespaceName: "n1", resourceTypeName: "rt")
    }
    _ = try await glance.metadefResourceTypeAssociationGet(.admin, namespaceName: "n2", resourceTypeName: "rt")
    #expect(try await glance.metadefResourceTypeGetAll(.admin).count == 1)
    try await expectClean(glance)
  }

  @Test(arguments: TestDatabase.all)
  func `the namespace is looked at first, then the resource type`(_ kind: TestDatabase) async throws {
    let glance = try await make(kind)
    try await glance.associate("n1", with: "rt")
    let cases: [(GlanceContext, String, String, GlanceError.Code)] = [
      (.admin, "n9", "rt", .metadefNamespaceNotFound), (.tenant("t2"), "n1", "rt", .metadefForbidden),
      (.admin, "n1", "zz", .metadefResourceTypeNotFound),
      (.admin, "n2", "rt", .metadefResourceTypeAssociationNotFound),
    ]
    for (context, namespace, type, code) in cases {
      await expectError(code) {
        _ = try await glance.metadefResourceTypeAssociationGet(
          context, namespaceName: namespace, resourceTypeName: type)
      }
      await expectError(code) {
        try await glance.metadefResourceTypeAssociationDelete(context, namespaceName: namespace, resourceTypeName: type)
      }
    }
    for (context, namespace, _, code) in cases.prefix(2) {
      await expectError(code) {
        _ = try await glance.metadefResourceTypeAssociationGetAllByNamespace(context, namespaceName: namespace)
      }
      await expectError(code) {
        _ = try await glance.metadefResourceTypeAssociationCreate(
          context, namespaceName: namespace, values: ["name": "x", "properties_target": nil, "prefix": nil])
      }
    }
    #expect(try await glance.metadefResourceTypeGetAll(.admin).map(\.name) == ["rt"])
  }

  @Test(arguments: TestDatabase.all)
  func `of callers who associate the same one succeeds, and makes one resource type`(_ kind: TestDatabase) async throws
  {
    let glance = try await make(kind)
    let outcomes = await race(8) { number in try await glance.associate(number % 2 == 0 ? "n1" : "n2", with: "same") }
    #expect(outcomes.count { $0 == nil } == 2, "one for each namespace")
    #expect(outcomes.count { $0 == .metadefDuplicateResourceTypeAssociation } == 6, "\(outcomes)")
    #expect(try await glance.metadefResourceTypeGetAll(.admin).count == 1)
    try await expectClean(glance)
  }
}
