// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeTesting
import Testing

@testable import RomeGlance

@Suite struct MetadefNamespaceGetAllTests {
  /// Namespaces of two tenants, every third one public.
  private func make(_ glance: GlanceDatabase, count: Int) async throws {
    for number in 0..<count {
      try await glance.makeNamespace(
        "n\(number)", owner: "t\(number % 2)",
        ["visibility": number % 3 == 0 ? "public" : number % 3 == 1 ? "private" : nil])
    }
  }

  private func names(_ numbers: some Sequence<Int>) -> [String] { numbers.map { "n\($0)" } }

  @Test(arguments: TestDatabase.all)
  func `a caller gets public namespaces and its own, administrators all`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    try await make(glance, count: 12)
    let cases: [(GlanceContext, [Int])] = [
      (.admin, Array(0..<12)), (.tenant("t1"), [0, 1, 3, 5, 6, 7, 9, 11]), (.tenant("t0"), [0, 2, 3, 4, 6, 8, 9, 10]),
      (.tenant("t9"), [0, 3, 6, 9]), (.tenant(nil), [0, 3, 6, 9]),
      (GlanceContext(owner: "t1", isAdmin: true), Array(0..<12)),
    ]
    for (context, expected) in cases {
      let ascending = try await glance.metadefNamespaceGetAll(context, sortKey: "created_at")
      #expect(ascending.map(\.namespace) == names(expected))
      let descending = try await glance.metadefNamespaceGetAll(context, sortKey: "created_at", sortDir: "desc")
      #expect(descending == ascending.reversed())
    }
  }

  @Test(arguments: TestDatabase.all)
  func `the visibility is a filter, and unknown filters are none`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    try await make(glance, count: 12)
    let cases: [(GlanceContext, GlanceValue, [Int])] = [
      (.admin, "public", [0, 3, 6, 9]), (.admin, "private", [1, 4, 7, 10]), (.admin, "other", []), (.admin, 5, []),
      (.admin, nil, Array(0..<12)), (.tenant("t1"), "public", [0, 3, 6, 9]), (.tenant("t1"), "private", [1, 7]),
      (.tenant(nil), "private", []), (.tenant(nil), "public", [0, 3, 6, 9]),
    ]
    for (context, visibility, expected) in cases {
      let found = try await glance.metadefNamespaceGetAll(
        context, sortKey: "created_at", filters: ["visibility": visibility, "owner": "t0", "bogus": nil])
      #expect(found.map(\.namespace) == names(expected), "\(context) \(visibility)")
    }
    await expectError(.rpc) {
      _ = try await glance.metadefNamespaceGetAll(.admin, sortKey: "id", filters: ["visibility": ["public"]])
    }
  }

  @Test(arguments: TestDatabase.all)
  func `resource types are a filter for what is associated with one of them`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    try await make(glance, count: 12)
    for (number, type) in [(1, "a"), (2, "a"), (2, "b"), (6, "b"), (7, "c")] {
      try await glance.associate("n\(number)", with: type)
    }
    let cases: [(GlanceContext, String, [Int])] = [
      (.admin, "a", [1, 2]), (.admin, "a,b", [1, 2, 6]), (.admin, "a, b", [1, 2]), (.admin, "z", []), (.admin, "", []),
      (.tenant("t1"), "a,b", [1, 6]), (.tenant("t1"), "c", [7]), (.tenant("t9"), "a,b,c", [6]), (.tenant(nil), "a", []),
    ]
    for (context, types, expected) in cases {
      let found = try await glance.metadefNamespaceGetAll(
        context, sortKey: "created_at", filters: ["resource_types": .string(types)])
      #expect(found.map(\.namespace) == names(expected), "\(context) \(types)")
    }
    let page = try await glance.metadefNamespaceGetAll(
      .admin, marker: 2, limit: 1, sortKey: "created_at", filters: ["resource_types": "a,b"])
    #expect(page.map(\.namespace) == ["n2"])
    let none = try await glance.metadefNamespaceGetAll(
      .admin, marker: 999, sortKey: "created_at", filters: ["resource_types": "z"])
    #expect(none.isEmpty, "the marker is not looked at")
    for value in [nil, ["a"]] as [GlanceValue] {
      await expectError(.attributeError) {
        _ = try await glance.metadefNamespaceGetAll(.admin, sortKey: "id", filters: ["resource_types": value])
      }
    }
  }

  @Test(arguments: TestDatabase.all)
  func `pages fit together in both directions, by any key`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    for number in 0..<14 {
      try await glance.makeNamespace(
        "n\((number * 5) % 14)", owner: "t\(number % 2)",
        [
          "visibility": number % 3 == 0 ? "public" : "private", "protected": .bool(number % 2 == 0),
          "display_name": .string("d\(number % 4)"), "description": "same",
        ])
    }
    for context in [GlanceContext.admin, .tenant("t1"), .tenant("t9")] {
      for key in MetadefNamespace.columnNames {
        for direction in ["asc", "desc"] {
          let whole = try await glance.metadefNamespaceGetAll(context, sortKey: key, sortDir: direction)
          #expect(Set(whole.map(\.id)).count == whole.count && whole.count >= 5)
          var pages: [MetadefNamespaceRecord] = []
          while true {
            let page = try await glance.metadefNamespaceGetAll(
              context, marker: pages.last?.id, limit: 3, sortKey: key, sortDir: direction)
            #expect(page.count <= 3)
            if page.isEmpty { break }
            pages += page
          }
          #expect(pages == whole, "\(context) \(key) \(direction)")
        }
        let ascending = try await glance.metadefNamespaceGetAll(context, sortKey: key)
        let descending = try await glance.metadefNamespaceGetAll(context, sortKey: key, sortDir: "desc")
        #expect(descending == ascending.reversed(), "\(context) \(key)")
      }
    }
  }

  @Test func `nulls are the smallest values, and those of a marker are left out of the comparison`() async throws {
    let glance = try await TestDatabase.memory.make()
    for (name, display) in [("a", "x"), ("b", nil), ("c", "w"), ("d", nil)] as [(String, String?)] {
      try await glance.makeNamespace(name, ["display_name": GlanceValue(display)])
    }
    func page(_ direction: String, after marker: Int? = nil) async throws -> [String] {
      try await glance.metadefNamespaceGetAll(.admin, marker: marker, sortKey: "display_name", sortDir: direction)
        .map(\.namespace)
    }
    #expect(try await page("asc") == ["b", "d", "c", "a"])
    #expect(try await page("desc") == ["a", "c", "d", "b"])
    #expect(try await page("asc", after: 2) == ["d", "c"], "those that were made after b")
    #expect(try await page("desc", after: 2) == ["a"], "those that were made before b")
    #expect(try await page("asc", after: 3) == ["a"])
    #expect(try await page("desc", after: 3) == ["d", "b"])
  }

  @Test func `a key is required, and markers and directions are checked`() async throws {
    let glance = try await TestDatabase.memory.make()
    try await make(glance, count: 4)
    await expectError(.rpc, "Sort key supplied is invalid: None") {
      _ = try await glance.metadefNamespaceGetAll(.admin)
    }
    await expectError(.rpc) { _ = try await glance.metadefNamespaceGetAll(.admin, sortKey: "objects") }
    await expectError(.valueError) {
      _ = try await glance.metadefNamespaceGetAll(.admin, sortKey: "id", sortDir: "up")
    }
    await expectError(.metadefNamespaceNotFound, "Metadata definition namespace not found for id=9") {
      _ = try await glance.metadefNamespaceGetAll(.admin, marker: 9, sortKey: "id")
    }
    await expectError(.metadefForbidden) {
      _ = try await glance.metadefNamespaceGetAll(.tenant("t9"), marker: 2, sortKey: "id")
    }
    #expect(try await glance.metadefNamespaceGetAll(.admin, limit: 0, sortKey: "id").isEmpty)
    #expect(try await glance.metadefNamespaceGetAll(.admin, limit: -1, sortKey: "id").count == 4)
    let unlisted = try await glance.metadefNamespaceGetAll(
      .tenant("t0"), marker: 1, sortKey: "id", filters: ["visibility": "private"])
    #expect(unlisted.isEmpty, "the marker need not be listed")
  }

  @Test(arguments: TestDatabase.all)
  func `listings of a page are ranges of an index`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    try await make(glance, count: 60)
    let cases: [(GlanceContext, [String: GlanceValue])] = [
      (.admin, [:]), (.admin, ["visibility": "public"]), (.tenant("t1"), [:]),
      (.tenant("t1"), ["visibility": "public"]),
      (.tenant(nil), [:]),
    ]
    for (context, filters) in cases {
      for (key, direction) in [
        ("created_at", "asc"), ("created_at", "desc"), ("namespace", "asc"), ("namespace", "desc"),
      ] {
        let listing = try MetadefNamespaceListing(
          context, filters: filters, limit: 4, sortKey: key, sortDir: direction)
        let session = RomeSession(glance.store)
        let sides = try #require(try await listing.sides(session))
        let last = try #require(try await listing.namespaces(sides, session, after: nil).last)
        for marker in [nil, last] {
          for query in listing.queries(sides, session, after: marker) {
            let plan = try await query.explain()
            #expect(!plan.hasFullScan && plan.resultCount == 4, "\(filters)\n\(plan)")
            #expect(plan.statistics.keysRead <= 10, "\(filters)\n\(plan)")
          }
        }
      }
    }
  }

  @Test(arguments: TestDatabase.all)
  func `a listing by resource types reads what is associated with them`(_ kind: TestDatabase) async throws {
    let (glance, store) = try await kind.makeCounted()
    try await make(glance, count: 60)
    for number in 0..<12 { try await glance.associate("n\(number * 5)", with: "rt\(number % 2)") }
    for context in [GlanceContext.admin, .tenant("t1"), .tenant(nil)] {
      let listing = try MetadefNamespaceListing(
        context, filters: ["resource_types": "rt0,rt1"], limit: 3, sortKey: "created_at", sortDir: "asc")
      let session = RomeSession(glance.store)
      let sides = try #require(try await listing.sides(session))
      let last = try await listing.namespaces(sides, session, after: nil).last
      for marker in [nil, last] {
        for query in listing.queries(sides, session, after: marker) {
          let plan = try await query.explain()
          #expect(!plan.hasFullScan && plan.statistics.keysRead <= 24, "\(plan)")
        }
      }
      store.resetCounts()
      let page = try await glance.metadefNamespaceGetAll(
        context, limit: 3, sortKey: "created_at", filters: ["resource_types": "rt0,rt1"])
      #expect(page.count == 3)
      #expect(store.counts.roundTrips <= 4, "the types, the associations, and both sides: \(store.counts)")
    }
  }

  @Test(arguments: TestDatabase.all)
  func `a page costs the same among few namespaces and among many`(_ kind: TestDatabase) async throws {
    let (glance, store) = try await kind.makeCounted()
    var costs: [Int] = []
    for count in [12, 48] {
      for number in 0..<count {
        try await glance.makeNamespace(
          "\(count)-\(number)", owner: "t\(number % 2)", ["visibility": number % 3 == 0 ? "public" : nil])
      }
      store.resetCounts()
      #expect(try await glance.metadefNamespaceGetAll(.tenant("t1"), limit: 5, sortKey: "created_at").count == 5)
      costs.append(store.counts.roundTrips)
    }
    #expect(costs[0] == costs[1])
    #expect(costs[0] <= 2, "the public ones, and the own ones")
  }
}
