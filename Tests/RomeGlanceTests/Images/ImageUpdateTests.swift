// SPDX-License-Identifier: Apache-2.0

import RomeGlance
import Testing

@Suite struct ImageUpdateTests {
  @Test(arguments: TestDatabase.all)
  func `columns that are named change, and the time with them`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    let before = try await glance.makeImage("i1", ["name": "a", "owner": "t1", "size": 5])
    let after = try await glance.imageUpdate(
      .tenant("t1"), imageID: "i1",
      values: [
        "name": "b", "size": nil, "unknown": [1], "created_at": nil, "deleted": true, "min_ram": nil,
        "updated_at": .date(GlanceTime(microseconds: 0)), "status": nil,
      ])
    #expect(after.name == "b" && after.size == nil && after.owner == "t1" && after.status == .active)
    #expect(after.createdAt == before.createdAt && after.updatedAt > before.updatedAt && !after.deleted)
    #expect(try await glance.imageGet(.admin, imageID: "i1") == after)
    try await expectClean(glance)
  }

  @Test(arguments: TestDatabase.all)
  func `properties are set, kept, purged and revived`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    let made = try await glance.makeImage("i1", ["properties": ["a": "1", "b": "2"]])
    let kept = try await glance.imageUpdate(.admin, imageID: "i1", values: ["properties": ["b": "3", "c": "4"]])
    #expect(kept.properties.map(\.name) == ["a", "b", "c"] && kept.properties.map(\.value) == ["1", "3", "4"])
    #expect(kept.updatedAt > made.updatedAt, "also when only properties change")
    let purged = try await glance.imageUpdate(
      .admin, imageID: "i1", values: ["properties": ["c": "5"]], purgeProps: true)
    #expect(purged.properties.map(\.deleted) == [true, true, false])
    #expect(purged.properties[0].deletedAt != nil)
    let revived = try await glance.imageUpdate(.admin, imageID: "i1", values: ["properties": ["a": "6"]])
    #expect(revived.properties.map(\.id) == made.properties.map(\.id) + [kept.properties[2].id])
    #expect(revived.properties.map(\.deleted) == [false, true, false] && revived.properties[0].value == "6")
    let empty = try await glance.imageUpdate(.admin, imageID: "i1", values: [:], purgeProps: true)
    #expect(empty.properties.map(\.deleted) == [true, true, true])
  }

  @Test(arguments: TestDatabase.all)
  func `a list of locations is the new truth, unless it is empty`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    let made = try await glance.makeImage("i1", ["locations": [location("a"), location("b")]])
    for untouched in [[:], ["locations": nil], ["locations": []]] as [[String: GlanceValue]] {
      #expect(try await glance.imageUpdate(.admin, imageID: "i1", values: untouched).locations.count == 2)
    }
    let second = made.locations[1].id
    let changed = try await glance.imageUpdate(
      .admin, imageID: "i1", values: ["locations": [location("b2", id: second), location("c")]])
    #expect(changed.locations.map(\.url) == ["b2", "c"] && changed.locations[0].id == second)
    let all = try await glance.imageGet(.admin, imageID: "i1", forceShowDeleted: true).locations
    #expect(all.map(\.status) == ["deleted", "active", "active"])
    await expectError(.notFound, "No location found with ID 77 from image i1") {
      _ = try await glance.imageUpdate(
        .admin, imageID: "i1", values: ["name": "no", "locations": [location("x"), location("y", id: 77)]])
    }
    #expect(try await glance.imageGet(.admin, imageID: "i1") == changed, "nothing of the update is kept")
    let revived = try await glance.imageUpdate(
      .admin, imageID: "i1", values: ["locations": [location("a", id: made.locations[0].id)]])
    #expect(revived.locations.map(\.id) == [made.locations[0].id])
  }

  @Test(arguments: TestDatabase.all)
  func `from_state must hold, and its message is Glance's`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    try await glance.makeImage("i1", ["status": "queued"])
    await expectError(
      .conflict, "cannot transition from queued to active in update (wanted from_state=saving)"
    ) { _ = try await glance.imageUpdate(.admin, imageID: "i1", values: ["status": "active"], fromState: "saving") }
    await expectError(.conflict, "cannot transition from queued to None in update (wanted from_state=saving)") {
      _ = try await glance.imageUpdate(.admin, imageID: "i1", values: ["name": "n"], fromState: "saving")
    }
    await expectError(.invalid, "Invalid image status 'bad' for image.") {
      _ = try await glance.imageUpdate(.admin, imageID: "i1", values: ["status": "bad"], fromState: "saving")
    }
    let image = try await glance.imageUpdate(
      .admin, imageID: "i1", values: ["status": "saving"], fromState: "queued")
    #expect(image.status == .saving)
  }

  @Test(arguments: TestDatabase.all)
  func `of many callers with the same from_state one succeeds`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    try await glance.makeImage("i1", ["status": "queued"])
    let outcomes = await race(12) { number in
      _ = try await glance.imageUpdate(
        .admin, imageID: "i1", values: ["status": "saving", "properties": ["by": GlanceValue(number)]],
        fromState: "queued")
    }
    #expect(outcomes.count { $0 == nil } == 1 && outcomes.count { $0 == .conflict } == 11)
    try await expectClean(glance)
  }

  @Test(arguments: TestDatabase.all)
  func `updates of different properties at the same time are all kept`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    try await glance.makeImage("i1")
    let outcomes = await race(8) { number in
      _ = try await glance.imageUpdate(.admin, imageID: "i1", values: ["properties": ["p\(number)": "v", "all": "v"]])
    }
    #expect(outcomes.allSatisfy { $0 == nil })
    let names = try await glance.imageGet(.admin, imageID: "i1").properties.map(\.name)
    #expect(Set(names) == Set((0..<8).map { "p\($0)" } + ["all"]) && names.count == 9)
  }

  @Test func `rights come before values, and seeing before changing`() async throws {
    let glance = try await TestDatabase.memory.make()
    try await glance.makeImage("private", ["owner": "t1", "visibility": "private"])
    try await glance.makeImage("shared", ["owner": "t1", "visibility": "shared"])
    try await glance.makeImage("public", ["owner": "t1", "visibility": "public"])
    try await glance.makeImage("community", ["owner": "t1", "visibility": "community"])
    try await glance.share("shared", with: "t2")
    func update(_ id: String, _ context: GlanceContext) async throws {
      _ = try await glance.imageUpdate(context, imageID: id, values: ["status": "bad"])
    }
    await expectError(.imageNotFound) { try await update("i9", .tenant("t2")) }
    await expectError(.forbidden, "Forbidding request, image private not visible") {
      try await update("private", .tenant("t2"))
    }
    await expectError(.forbidden, "You do not own this image") { try await update("shared", .tenant("t2")) }
    for id in ["public", "community"] {
      await expectError(.forbiddenPublicImage, "You do not own this image") { try await update(id, .tenant("t2")) }
    }
    await expectError(.invalid) { try await update("private", .tenant("t1")) }
    await expectError(.invalid, "Param values can't contain 4 byte unicode.") { try await update("\u{1F47D}", .admin) }
  }
}
