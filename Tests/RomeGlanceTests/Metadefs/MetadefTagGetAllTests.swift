// SPDX-License-Identifier: Apache-2.0

import Rome
import Testing

@testable import RomeGlance

@Suite struct MetadefTagGetAllTests {
  private func make(_ glance: GlanceDatabase, _ count: Int) async throws {
    for name in ["n1", "n2"] {
      try await glance.makeNamespace(name)
      let list = (0..<count).map { ["name": .string("tag\(($0 * 7) % count)")] as GlanceValue }
      _ = try await glance.metadefTagCreateTags(.admin, namespaceName: name, tagList: list)
    }
  }

  @Test(arguments: TestDatabase.all)
  func `pages fit together in both directions, by any key`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    try await make(glance, 11)
    for key in MetadefTag.columnNames {
      for direction in ["asc", "desc"] {
        let whole = try await glance.metadefTagGetAll(
          .tenant("t1"), namespaceName: "n1", sortKey: key, sortDir: direction)
        #expect(whole.count == 11 && whole.allSatisfy { $0.namespaceID == 1 })
        var pages: [MetadefTagRecord] = []
        while true {
          let page = try await glance.metadefTagGetAll(
            .tenant("t1"), namespaceName: "n1", marker: pages.last?.id, limit: 4, sortKey: key, sortDir: direction)
          #expect(page.count <= 4)
          if page.isEmpty { break }
          pages += page
        }
        #expect(pages == whole, "\(key) \(direction)")
      }
    }
    let names = try await glance.metadefTagGetAll(.admin, namespaceName: "n1", sortKey: "name").map(\.name)
    #expect(names == names.sorted())
  }

  @Test func `filters are ignored, and the rest is checked`() async throws {
    let glance = try await TestDatabase.memory.make()
    try await make(glance, 3)
    func page(
      _ marker: Int? = nil, limit: Int? = nil, key: String? = "name", direction: String? = nil
    ) async throws -> Int {
      try await glance.metadefTagGetAll(
        .admin, namespaceName: "n1", filters: ["name": "tag0"], marker: marker, limit: limit, sortKey: key,
        sortDir: direction
      ).count
    }
    #expect(try await page() == 3)
    #expect(try await page(limit: 0) == 0)
    #expect(try await page(limit: -1) == 3)
    await expectError(.rpc, "Sort key supplied is invalid: None") { _ = try await page(key: nil) }
    await expectError(.rpc, "Sort key supplied is invalid: bogus") { _ = try await page(key: "bogus") }
    await expectError(.valueError) { _ = try await page(direction: "up") }
    await expectError(.metadefTagNotFound, "Metadata definition tag not found for id=99") { _ = try await page(99) }
  }

  @Test(arguments: TestDatabase.all)
  func `pages are ranges of an index`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    try await make(glance, 60)
    let session = RomeSession(glance.store)
    let namespace = try await session.namespace("n1", for: .admin)
    for key in ["created_at", "id", "name"] {
      for direction in ["asc", "desc"] {
        let order = try ListingOrder(metadefKey: key, direction: direction, of: MetadefTag.self)
        let first = session.tags(of: namespace, order: order, limit: 5, after: nil)
        let last = try #require(try await first.all().last)
        for query in [first, session.tags(of: namespace, order: order, limit: 5, after: last)] {
          let plan = try await query.explain()
          #expect(!plan.hasFullScan && plan.resultCount == 5, "\(key) \(direction)\n\(plan)")
          #expect(plan.statistics.keysRead <= 12, "\(key) \(direction)\n\(plan)")
        }
      }
    }
  }
}
