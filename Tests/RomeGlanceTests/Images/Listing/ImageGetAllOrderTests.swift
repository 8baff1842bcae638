// SPDX-License-Identifier: Apache-2.0

import RomeGlance
import Testing

/// The order of a listing, and its pages.
@Suite struct ImageGetAllOrderTests {
  private func makeImages(_ kind: TestDatabase) async throws -> GlanceDatabase {
    let glance = try await kind.make()
    let names: [String?] = ["b", "a", nil, "B", "é", "", "a", nil]
    for (place, name) in names.enumerated() {
      let time = GlanceValue.date(GlanceTime(microseconds: Int64(1_000_000 + place / 2 * 5)))
      try await glance.makeImage(
        "i\(place)",
        [
          "name": GlanceValue(name), "created_at": time, "updated_at": time,
          "size": place % 3 == 0 ? nil : GlanceValue(place % 3),
          "visibility": place % 2 == 0 ? "public" : "private", "owner": place % 4 == 1 ? "t1" : "t2",
          "min_ram": GlanceValue(7 - place), "protected": .bool(place > 3),
        ])
    }
    return glance
  }

  @Test(arguments: TestDatabase.all)
  func `the keys, their directions, and what is appended`(_ kind: TestDatabase) async throws {
    let glance = try await makeImages(kind)
    func listed(_ keys: [String], _ directions: [String]) async throws -> [String] {
      try await glance.imageGetAll(.admin, sortKey: keys, sortDir: directions).map(\.id)
    }
    #expect(try await listed([], []) == ["i7", "i6", "i5", "i4", "i3", "i2", "i1", "i0"])
    #expect(try await listed([], ["asc"]) == ["i0", "i1", "i2", "i3", "i4", "i5", "i6", "i7"])
    #expect(try await listed(["name"], ["asc"]) == ["i2", "i7", "i5", "i3", "i1", "i6", "i0", "i4"])
    #expect(try await listed(["name"], ["desc"]) == ["i4", "i0", "i6", "i1", "i3", "i5", "i7", "i2"])
    #expect(try await listed(["name"], []) == ["i4", "i0", "i6", "i1", "i3", "i5", "i7", "i2"])
    #expect(
      try await listed(["size", "name"], ["desc", "asc"]) == ["i2", "i5", "i7", "i1", "i4", "i3", "i6", "i0"])
    #expect(try await listed(["min_ram"], ["asc"]) == ["i7", "i6", "i5", "i4", "i3", "i2", "i1", "i0"])
    #expect(
      try await listed(["name", "min_ram"], ["asc", "desc"]) == ["i2", "i7", "i5", "i3", "i1", "i6", "i0", "i4"])
    #expect(
      try await listed(["protected"], ["asc"]) == ["i0", "i1", "i2", "i3", "i4", "i5", "i6", "i7"])
    #expect(
      try await listed(["visibility", "name"], ["desc", "asc"]) == ["i2", "i6", "i0", "i4", "i7", "i5", "i3", "i1"])
  }

  @Test func `an order that can't be is refused`() async throws {
    let glance = try await TestDatabase.memory.make()
    await expectError(.invalidSortKey) { _ = try await glance.imageGetAll(.admin, sortKey: ["asdf"]) }
    await expectError(.keyError) { _ = try await glance.imageGetAll(.admin, sortDir: ["up"]) }
    await expectError(.rpc) {
      _ = try await glance.imageGetAll(.admin, sortKey: ["name", "size", "id"], sortDir: ["asc", "desc"])
    }
  }

  @Test(arguments: TestDatabase.all)
  func `pages behind markers fit together`(_ kind: TestDatabase) async throws {
    let glance = try await makeImages(kind)
    // Without the image whose name is empty: Glance takes that for the same as none, and so its pages don't fit.
    try await glance.imageDestroy(.admin, imageID: "i5")
    let orders: [([String], [String])] = [
      ([], []), ([], ["asc"]), (["min_ram"], ["desc"]), (["visibility", "protected"], ["asc", "desc"]),
      (["name"], ["asc"]), (["name"], ["desc"]), (["size"], ["asc"]), (["size"], ["desc"]),
      (["size", "name"], ["desc", "asc"]), (["owner", "name"], ["asc", "asc"]),
      (["updated_at", "id"], ["asc", "desc"]),
    ]
    for context in [GlanceContext.admin, .tenant("t1"), .tenant("t2"), .tenant("t3")] {
      for (keys, directions) in orders {
        let filters: [String: GlanceValue] = ["deleted": false]
        let all = try await glance.imageGetAll(context, filters: filters, sortKey: keys, sortDir: directions).map(\.id)
        for size in 1...3 {
          var paged: [String] = []
          while true {
            let page = try await glance.imageGetAll(
              context, filters: filters, marker: paged.last, limit: size, sortKey: keys, sortDir: directions)
            if page.isEmpty { break }
            paged += page.map(\.id)
            if paged.count > 10 { break }
          }
          #expect(paged == all, "\(keys) \(directions), pages of \(size), \(context.owner ?? "admin")")
        }
      }
    }
  }

  @Test(arguments: TestDatabase.all)
  func `behind a marker without a value come those with one, or nothing`(_ kind: TestDatabase) async throws {
    for column in ["name", "disk_format", "container_format"] {
      let glance = try await kind.make()
      try await glance.makeImage("none")
      try await glance.makeImage("a", [column: "a"])
      try await glance.makeImage("b", [column: "b"])
      func behind(_ direction: String) async throws -> [String] {
        try await glance.imageGetAll(.admin, marker: "none", sortKey: [column], sortDir: [direction]).map(\.id)
      }
      #expect(try await behind("asc") == ["a", "b"])
      #expect(try await behind("desc") == [])
    }
  }

  @Test(arguments: TestDatabase.all)
  func `a page counts no value as the empty text, and as zero`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    // As in Glance: the empty name and no name are equal behind a marker, so the time decides between them.
    for (place, name) in [nil, "", "x", nil, ""].enumerated() as EnumeratedSequence<[String?]> {
      let time = GlanceValue.date(GlanceTime(microseconds: Int64(place)))
      try await glance.makeImage(
        "i\(place)", ["name": GlanceValue(name), "created_at": time, "size": place > 2 ? 0 : nil])
    }
    func behind(_ id: String, _ key: String, _ direction: String) async throws -> [String] {
      try await glance.imageGetAll(.admin, marker: id, sortKey: [key], sortDir: [direction]).map(\.id)
    }
    #expect(try await behind("i0", "name", "asc") == ["i3", "i1", "i4", "i2"])
    #expect(try await behind("i1", "name", "asc") == ["i3", "i4", "i2"])
    #expect(try await behind("i3", "name", "asc") == ["i4", "i2"])
    #expect(try await behind("i3", "name", "desc") == ["i1", "i0"])
    #expect(try await behind("i4", "name", "desc") == ["i1", "i3", "i0"])
    #expect(try await behind("i2", "name", "desc") == ["i4", "i1", "i3", "i0"])
    #expect(try await behind("i1", "size", "asc") == ["i2", "i3", "i4"])
    #expect(try await behind("i3", "size", "desc") == ["i2", "i1", "i0"])
  }

  @Test(arguments: TestDatabase.all)
  func `a marker must be there and visible, but not listed`(_ kind: TestDatabase) async throws {
    let glance = try await makeImages(kind)
    await expectError(.imageNotFound) { _ = try await glance.imageGetAll(.admin, marker: "i9") }
    let long = String(repeating: "x", count: 37)
    await expectError(.imageNotFound) { _ = try await glance.imageGetAll(.admin, marker: long) }
    await expectError(.forbidden) { _ = try await glance.imageGetAll(.tenant("t3"), marker: "i1") }
    let page = try await glance.imageGetAll(.admin, filters: ["visibility": "public"], marker: "i3").map(\.id)
    #expect(page == ["i2", "i0"], "the marker is private")

    try await glance.imageDestroy(.admin, imageID: "i2")
    await expectError(.imageNotFound) { _ = try await glance.imageGetAll(.tenant("t2"), marker: "i2") }
    #expect(try await glance.imageGetAll(.admin, filters: ["deleted": false], marker: "i2").map(\.id) == ["i1", "i0"])
    #expect(try await glance.imageGetAll(.tenant("t2"), filters: ["deleted": true], marker: "i2").isEmpty)
    let since = GlanceValue.date(GlanceTime(microseconds: 0))
    let changed = try await glance.imageGetAll(.tenant("t2"), filters: ["changes-since": since], marker: "i2")
    #expect(changed.map(\.id) == ["i0"])
  }

  @Test func `a limit of nothing is nothing, and a negative one is none`() async throws {
    let glance = try await makeImages(.memory)
    #expect(try await glance.imageGetAll(.admin, limit: 0).isEmpty)
    #expect(try await glance.imageGetAll(.admin, limit: 3).map(\.id) == ["i7", "i6", "i5"])
    #expect(try await glance.imageGetAll(.admin, limit: -1).count == 8)
    #expect(try await glance.imageGetAll(.tenant("t2"), limit: 2).map(\.id) == ["i7", "i6"])
  }
}
