// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeGlance
import Testing

@Suite struct MetadefResourceTypeTests {
  @Test(arguments: TestDatabase.all)
  func `a resource type is made and read by everybody`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    #expect(try await glance.metadefResourceTypeGetAll(.tenant(nil)).isEmpty)
    let type = try await glance.metadefResourceTypeCreate(
      .tenant("t1"), values: ["name": "OS::Nova::Flavor", "protected": true, "bogus": 1, "created_at": nil])
    #expect(type.id == 1 && type.name == "OS::Nova::Flavor" && type.protected)
    let keys: Set<String> = ["id", "name", "protected", "created_at", "updated_at"]
    #expect(Set(try #require(type.values.objectValue).keys) == keys)
    let plain = try await glance.metadefResourceTypeCreate(.admin, values: ["name": "a", "protected": nil])
    #expect(!plain.protected)
    #expect(try await glance.metadefResourceTypeGet(.tenant(nil), resourceTypeName: "OS::Nova::Flavor") == type)
    #expect(try await glance.metadefResourceTypeGetAll(.tenant("t9")) == [type, plain])
    await expectError(.metadefResourceTypeNotFound, "The metadata definition resource-type with name=z, was not found.")
    {
      _ = try await glance.metadefResourceTypeGet(.admin, resourceTypeName: "z")
    }
    await expectError(
      .metadefDuplicateResourceType, "A metadata definition resource-type with name=a already exists."
    ) {
      _ = try await glance.metadefResourceTypeCreate(.admin, values: ["name": "a"])
    }
    for values in [[:], ["name": nil]] as [[String: GlanceValue]] {
      await expectError(.rpc) { _ = try await glance.metadefResourceTypeCreate(.admin, values: values) }
    }
  }

  @Test(arguments: TestDatabase.all)
  func `a resource type is deleted when it is neither protected nor in use`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    try await glance.makeNamespace("n1")
    _ = try await glance.metadefResourceTypeCreate(.admin, values: ["name": "system", "protected": true])
    try await glance.associate("n1", with: "used")
    await expectError(.protectedMetadefResourceTypeSystemDelete) {
      try await glance.metadefResourceTypeDelete(.admin, resourceTypeName: "system")
    }
    await expectError(.metadefIntegrityError) {
      try await glance.metadefResourceTypeDelete(.admin, resourceTypeName: "used")
    }
    await expectError(.metadefResourceTypeNotFound) {
      try await glance.metadefResourceTypeDelete(.admin, resourceTypeName: "z")
    }
    try await glance.metadefResourceTypeAssociationDelete(.admin, namespaceName: "n1", resourceTypeName: "used")
    let type = try await glance.metadefResourceTypeGet(.admin, resourceTypeName: "used")
    #expect(try await glance.metadefResourceTypeDelete(.admin, resourceTypeName: "used") == type)
    #expect(try await glance.metadefResourceTypeGetAll(.admin).map(\.name) == ["system"])
    #expect(GlanceError.Code.metadefIntegrityError.isA(.forbidden))
    try await expectClean(glance)
  }

  @Test(arguments: TestDatabase.all)
  func `of callers with the same name one makes the resource type`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    let outcomes = await race(8) { _ in
      _ = try await glance.metadefResourceTypeCreate(.admin, values: ["name": "same"])
    }
    #expect(outcomes.count { $0 == nil } == 1)
    #expect(outcomes.count { $0 == .metadefDuplicateResourceType } == 7, "\(outcomes)")
  }

  @Test(arguments: TestDatabase.all)
  func `a resource type that is associated while it is deleted stays whole, or comes back`(
    _ kind: TestDatabase
  ) async throws {
    let glance = try await kind.make()
    try await glance.makeNamespace("n1")
    for round in 0..<5 {
      let name = "rt\(round)"
      _ = try await glance.metadefResourceTypeCreate(.admin, values: ["name": .string(name)])
      let outcomes = await race(2) { number in
        if number == 0 {
          try await glance.metadefResourceTypeDelete(.admin, resourceTypeName: name)
        } else {
          try await glance.associate("n1", with: name)
        }
      }
      #expect(outcomes.allSatisfy { $0 == nil || $0 == .metadefIntegrityError }, "\(outcomes)")
      _ = try await glance.metadefResourceTypeGet(.admin, resourceTypeName: name)
      _ = try await glance.metadefResourceTypeAssociationGet(.admin, namespaceName: "n1", resourceTypeName: name)
    }
    try await expectClean(glance)
  }
}
