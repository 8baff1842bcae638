// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeGlance
import Testing

@Suite struct MetadefNamespaceDeleteTests {
  @Test(arguments: TestDatabase.all)
  func `a namespace goes with all that is in it, but no resource type`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    for name in ["n1", "n2"] {
      try await glance.makeNamespace(name)
      for number in 0..<3 {
        let values: [String: GlanceValue] = ["name": .string("x\(number)")]
        _ = try await glance.metadefObjectCreate(.admin, namespaceName: name, objectDict: values)
        _ = try await glance.metadefPropertyCreate(.admin, namespaceName: name, propertyDict: values)
        _ = try await glance.metadefTagCreate(.admin, namespaceName: name, tagDict: values)
      }
      try await glance.associate(name, with: "rt")
    }
    let namespace = try await glance.metadefNamespaceGet(.admin, namespaceName: "n1")
    #expect(try await glance.metadefNamespaceDelete(.tenant("t1"), namespaceName: "n1") == namespace)
    await expectError(.metadefNamespaceNotFound) {
      _ = try await glance.metadefNamespaceDelete(.admin, namespaceName: "n1")
    }
    #expect(try await glance.metadefResourceTypeGetAll(.admin).map(\.name) == ["rt"])

    try await glance.makeNamespace("n1", ["id": .int(Int64(namespace.id))])
    for (name, count) in [("n1", 0), ("n2", 3)] {
      #expect(try await glance.metadefObjectCount(.admin, namespaceName: name) == count)
      #expect(try await glance.metadefPropertyCount(.admin, namespaceName: name) == count)
      #expect(try await glance.metadefTagCount(.admin, namespaceName: name) == count)
      #expect(
        try await glance.metadefResourceTypeAssociationGetAllByNamespace(.admin, namespaceName: name).count
          == count / 3)
    }
    try await expectClean(glance)
  }

  @Test(arguments: TestDatabase.all)
  func `what is added to a namespace while it is deleted goes with it, or is refused`(_ kind: TestDatabase) async throws
  {
    let glance = try await kind.make()
    for round in 0..<5 {
      try await glance.makeNamespace("n")
      let outcomes = await race(9) { number in
        let values: [String: GlanceValue] = ["name": .string("x\(number)")]
        switch number {
        case 4: try await glance.metadefNamespaceDelete(.admin, namespaceName: "n")
        case 0..<3: _ = try await glance.metadefObjectCreate(.admin, namespaceName: "n", objectDict: values)
        case 5, 6: _ = try await glance.metadefTagCreateTags(.admin, namespaceName: "n", tagList: [.object(values)])
        case 7: try await glance.associate("n", with: "rt")
        default: _ = try await glance.metadefPropertyCreate(.admin, namespaceName: "n", propertyDict: values)
        }
      }
      #expect(outcomes.count { $0 == nil } >= 1)
      #expect(outcomes.allSatisfy { $0 == nil || $0 == .metadefNamespaceNotFound }, "round \(round): \(outcomes)")
      await expectError(.metadefNamespaceNotFound) {
        _ = try await glance.metadefNamespaceGet(.admin, namespaceName: "n")
      }
      let session = RomeSession(glance.store)
      #expect(try await session.query(MetadefObject.self).count() == 0)
      #expect(try await session.query(MetadefProperty.self).count() == 0)
      #expect(try await session.query(MetadefTag.self).count() == 0)
      #expect(try await session.query(MetadefAssociation.self).count() == 0)
    }
    try await expectClean(glance)
  }

  @Test(arguments: TestDatabase.all)
  func `of callers who delete a namespace one gets it`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    try await glance.makeNamespace("n")
    _ = try await glance.metadefObjectCreate(.admin, namespaceName: "n", objectDict: ["name": "o"])
    let outcomes = await race(5) { _ in try await glance.metadefNamespaceDelete(.admin, namespaceName: "n") }
    #expect(outcomes.count { $0 == nil } == 1)
    #expect(outcomes.count { $0 == .metadefNamespaceNotFound } == 4, "\(outcomes)")
  }
}
