// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeTesting
import Testing

@testable import RomeGlance

@Suite struct TaskGetAllTests {
  /// Four tasks in the order of their ids; the second and the third have expired.
  private func make(_ kind: TestDatabase) async throws -> GlanceDatabase {
    let glance = try await kind.make()
    for (number, owner, expires) in [(0, "t1", nil), (1, "t1", 1), (2, "t2", 2), (3, "t2", nil)]
      as [(Int, String, Int64?)]
    {
      try await glance.makeTask(
        "k\(number)", owner: owner,
        ["created_at": .date(time(number)), "expires_at": GlanceValue(expires.map { GlanceTime(microseconds: $0) })])
    }
    return glance
  }

  private func time(_ number: Int) -> GlanceTime { GlanceTime(microseconds: 1_600_000_000_000_000 + Int64(number) * 5) }

  private func expectIDs(
    _ expected: [String], _ tasks: [TaskRecord], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(tasks.map(\.id) == expected, sourceLocation: sourceLocation)
  }

  @Test(arguments: TestDatabase.all)
  func `a tenant gets its own tasks, and everybody else all of them`(_ kind: TestDatabase) async throws {
    let glance = try await make(kind)
    expectIDs(["k3", "k2", "k1", "k0"], try await glance.taskGetAll(.admin))
    expectIDs(["k3", "k2", "k1", "k0"], try await glance.taskGetAll(.tenant(nil)))
    expectIDs(["k3", "k2", "k1", "k0"], try await glance.taskGetAll(.tenant("t1"), adminAsUser: true))
    expectIDs(["k3", "k2", "k1", "k0"], try await glance.taskGetAll(GlanceContext(owner: "t1", isAdmin: true)))
    expectIDs(["k1", "k0"], try await glance.taskGetAll(.tenant("t1")))
    expectIDs([], try await glance.taskGetAll(.tenant("t3")))
  }

  @Test(arguments: TestDatabase.all)
  func `a listing first deletes what has expired of the caller's tenant`(_ kind: TestDatabase) async throws {
    let glance = try await make(kind)
    _ = try await glance.taskGetAll(.admin)
    #expect(try await !glance.taskGet(.admin, taskID: "k1").deleted, "an administrator without a tenant has none")
    let listed = try await glance.taskGetAll(.tenant("t1"))
    let expired = try #require(listed.first)
    #expect(expired.id == "k1" && expired.deleted && expired.deletedAt != nil)
    #expect(try await !glance.taskGet(.admin, taskID: "k0").deleted)
    #expect(try await !glance.taskGet(.admin, taskID: "k2").deleted)
    _ = try await glance.taskGetAll(GlanceContext(owner: "t2", isAdmin: true))
    #expect(try await glance.taskGet(.admin, taskID: "k2").deleted)
    #expect(try await glance.taskGetAll(.tenant("t1")) == listed, "it is deleted once")
    try await expectClean(glance)
  }

  @Test(arguments: TestDatabase.all)
  func `many listings at once delete an expired task once`(_ kind: TestDatabase) async throws {
    let glance = try await make(kind)
    let outcomes = await race(6) { _ in
      let tasks = try await glance.taskGetAll(.tenant("t1"))
      #expect(tasks.map(\.deleted) == [true, false])
    }
    #expect(outcomes.allSatisfy { $0 == nil }, "\(outcomes)")
    try await expectClean(glance)
  }

  @Test(arguments: TestDatabase.all)
  func `filters compare columns, and ignore nulls and unknown names`(_ kind: TestDatabase) async throws {
    let glance = try await make(kind)
    _ = try await glance.taskGetAll(.tenant("t1"))
    let cases: [([String: GlanceValue], [String])] = [
      (["deleted": false], ["k3", "k2", "k0"]), (["deleted": 0], ["k3", "k2", "k0"]), (["deleted": true], ["k1"]),
      (["owner": "t1", "status": nil], ["k1", "k0"]), (["status": "other"], []), (["id": "k2"], ["k2"]),
      (["bogus": "x", "input": "y"], ["k3", "k2", "k1", "k0"]), (["type": 5], []), (["deleted": "x"], []),
      (["expires_at": .date(GlanceTime(microseconds: 2))], ["k2"]),
      (["created_at": .date(time(3)), "status": "pending"], ["k3"]),
    ]
    for (filters, expected) in cases {
      #expect(try await glance.taskGetAll(.admin, filters: filters).map(\.id) == expected, "\(filters)")
    }
    expectIDs([], try await glance.taskGetAll(.tenant("t2"), filters: ["owner": "t1"]))
    await expectError(.rpc) { _ = try await glance.taskGetAll(.admin, filters: ["type": ["import"]]) }
    await expectError(.rpc) { _ = try await glance.taskGetAll(.admin, filters: ["created_at": "2020-01-01"]) }
  }

  @Test(arguments: TestDatabase.all)
  func `pages of any key fit together in both directions`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    for number in 0..<12 {
      let id = "k\((number * 5) % 12)"
      let expires = number % 3 == 0 ? nil : GlanceTime(microseconds: 9_000_000_000_000_000 + Int64(number % 4))
      try await glance.makeTask(
        id, owner: "t\(number % 2)",
        [
          "created_at": .date(time(number / 3)), "expires_at": GlanceValue(expires),
          "status": .string("s\(number % 5)"), "deleted": .bool(number % 4 == 0),
        ])
    }
    for key in ImageTask.columnNames {
      for direction in ["asc", "desc"] {
        let whole = try await glance.taskGetAll(.admin, sortKey: key, sortDir: direction).map(\.id)
        #expect(Set(whole).count == 12)
        var pages: [String] = []
        var marker: String?
        while true {
          let page = try await glance.taskGetAll(.admin, marker: marker, limit: 5, sortKey: key, sortDir: direction)
          pages += page.map(\.id)
          #expect(page.count <= 5)
          guard let last = page.last else { break }
          marker = last.id
        }
        #expect(pages == whole, "\(key) \(direction)")
      }
      let ascending = try await glance.taskGetAll(.admin, sortKey: key, sortDir: "asc").map(\.id)
      #expect(try await glance.taskGetAll(.admin, sortKey: key).map(\.id) == ascending.reversed(), "\(key)")
    }
    let ascending = try await glance.taskGetAll(.admin, sortKey: "expires_at", sortDir: nil)
    #expect(ascending.prefix(4).allSatisfy { $0.expiresAt == nil }, "nulls are the smallest values")
    #expect(ascending.dropFirst(4).allSatisfy { $0.expiresAt != nil })
  }

  @Test func `a sort by the id sorts by the time of creation first`() async throws {
    let glance = try await TestDatabase.memory.make()
    for (id, number) in [("b", 0), ("a", 1), ("c", 1)] {
      try await glance.makeTask(id, ["created_at": .date(time(number))])
    }
    expectIDs(["b", "a", "c"], try await glance.taskGetAll(.admin, sortKey: "id", sortDir: "asc"))
    expectIDs(["c"], try await glance.taskGetAll(.admin, marker: "a", sortKey: "id", sortDir: "asc"))
  }

  @Test(arguments: TestDatabase.all)
  func `a marker must be seen by the caller, but need not be listed`(_ kind: TestDatabase) async throws {
    let glance = try await make(kind)
    _ = try await glance.taskGetAll(.tenant("t1"))
    await expectError(.taskNotFound) { _ = try await glance.taskGetAll(.admin, marker: "k9") }
    await expectError(.taskNotFound) { _ = try await glance.taskGetAll(.tenant("t1"), marker: "k1") }
    await expectError(.forbidden) { _ = try await glance.taskGetAll(.tenant("t1"), marker: "k3") }
    expectIDs([], try await glance.taskGetAll(.tenant("t1"), filters: ["deleted": true], marker: "k1"))
    expectIDs(["k0"], try await glance.taskGetAll(.admin, filters: ["deleted": false, "owner": "t1"], marker: "k1"))
  }

  @Test func `limits, keys and directions are those of Glance`() async throws {
    let glance = try await make(.memory)
    expectIDs([], try await glance.taskGetAll(.admin, limit: 0))
    expectIDs(["k3"], try await glance.taskGetAll(.admin, limit: 1))
    #expect(try await glance.taskGetAll(.admin, limit: -1).count == 4)
    for key in ["bogus", "", "input"] {
      await expectError(.invalidSortKey) { _ = try await glance.taskGetAll(.admin, sortKey: key) }
    }
    await expectError(.keyError, "'up'") { _ = try await glance.taskGetAll(.admin, sortDir: "up") }
  }

  @Test(arguments: TestDatabase.all)
  func `listings of a page are ranges of an index`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    for number in 0..<60 {
      try await glance.makeTask(
        "k\(number)", owner: "t\(number % 2)",
        [
          "created_at": .date(time(number)), "status": .string("s\(number % 2)"),
          "deleted": .bool(number % 3 == 0),
        ])
    }
    let cases: [(GlanceContext, [String: GlanceValue], String)] = [
      (.tenant("t1"), [:], "created_at"), (.tenant("t1"), ["deleted": false], "created_at"),
      (.admin, [:], "created_at"), (.admin, ["deleted": false], "created_at"), (.admin, ["status": "s1"], "created_at"),
      (.admin, ["type": "import"], "created_at"), (.admin, [:], "status"), (.admin, [:], "type"),
      (.admin, [:], "owner"), (.admin, [:], "updated_at"),
    ]
    for (context, filters, key) in cases {
      for direction in ["asc", "desc"] {
        let listing = try TaskListing(
          context, filters: filters, limit: 5, sortKey: key, sortDir: direction, adminAsUser: false)
        let session = RomeSession(glance.store)
        let first = try #require(listing.query(session, after: nil))
        let last = try #require(try await first.all().last)
        for query in [first, try #require(listing.query(session, after: last))] {
          let plan = try await query.explain()
          #expect(!plan.hasFullScan && plan.resultCount == 5, "\(key) \(filters)\n\(plan)")
          #expect(plan.statistics.keysRead <= 12, "\(key) \(filters)\n\(plan)")
          #expect(plan.statistics.roundTrips <= 2, "\(key) \(filters)\n\(plan)")
        }
      }
    }
  }

  @Test(arguments: TestDatabase.all)
  func `a page costs the same among few tasks and among many`(_ kind: TestDatabase) async throws {
    let (glance, store) = try await kind.makeCounted()
    var costs: [Int] = []
    for count in [10, 60] {
      for number in 0..<count { try await glance.makeTask("\(count)-\(number)") }
      let marker = try #require(try await glance.taskGetAll(.tenant("t1"), limit: 3).last).id
      store.resetCounts()
      #expect(try await glance.taskGetAll(.tenant("t1"), marker: marker, limit: 5).count == 5)
      costs.append(store.counts.roundTrips)
    }
    #expect(costs[0] == costs[1])
    #expect(costs[0] <= 4, "the look for expired tasks, the marker, and the page")
  }
}
