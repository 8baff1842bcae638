// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeTesting
import Testing

@testable import RomeGlance

@Suite struct PurgeDeletedRowsTests {
  private static let day: Int64 = 86_400_000_000

  /// A database whose clock says that it is a hundred days after the day 0.
  private func make(_ kind: TestDatabase) async throws -> GlanceDatabase {
    let now = time(100)
    return GlanceDatabase(try await kind.makeStore(), clock: GlanceClock { now })
  }

  private func time(_ day: Int64) -> GlanceTime { GlanceTime(microseconds: 1_577_836_800_000_000 + day * Self.day) }

  private func makeDeletedTasks(_ glance: GlanceDatabase, days: [Int64]) async throws {
    for day in days {
      try await glance.makeTask("k\(day)", ["deleted": true, "deleted_at": .date(time(day)), "input": "x"])
    }
  }

  /// Makes a deleted image with one of everything, deleted at the same time.
  private func makeDeletedImage(_ glance: GlanceDatabase, _ id: String, day: Int64) async throws {
    let time = time(day)
    try await glance.makeImage(id, ["deleted": true, "deleted_at": .date(time)])
    try await RomeSession(glance.store).transaction { session in
      let member = ImageMember(imageID: id, member: "m", createdAt: time, updatedAt: time)
      let property = ImageProperty(imageID: id, name: "p", createdAt: time, updatedAt: time)
      let tag = ImageTag(imageID: id, value: "t", createdAt: time, updatedAt: time)
      let location = ImageLocation(imageID: id, value: "u", createdAt: time, updatedAt: time)
      (member.deleted, property.deleted, tag.deleted, location.deleted) = (true, true, true, true)
      (member.deletedAt, property.deletedAt, tag.deletedAt, location.deletedAt) = (time, time, time, time)
      session.addAll([member, property, tag, location])
    }
  }

  private func taskIDs(_ glance: GlanceDatabase) async throws -> [String] {
    try await glance.taskGetAll(.admin, sortKey: "deleted_at", sortDir: "asc").map(\.id)
  }

  private func imageIDs(_ glance: GlanceDatabase) async throws -> [String] {
    try await RomeSession(glance.store).query(Image.self).order(by: Image.id).all().map(\.id)
  }

  /// How many rows of members, properties, tags and locations there are.
  private func childCounts(_ glance: GlanceDatabase) async throws -> [Int] {
    let session = RomeSession(glance.store)
    return [
      try await session.query(ImageMember.self).count(), try await session.query(ImageProperty.self).count(),
      try await session.query(ImageTag.self).count(), try await session.query(ImageLocation.self).count(),
    ]
  }

  @Test(arguments: TestDatabase.all)
  func `what was deleted first goes first, with its info`(_ kind: TestDatabase) async throws {
    let glance = try await make(kind)
    try await makeDeletedTasks(glance, days: [40, 10, 30, 20, 80])
    try await glance.makeTask("live", ["input": "x"])
    try await glance.purgeDeletedRows(.admin, ageInDays: 30, maxRows: 2)
    #expect(try await taskIDs(glance) == ["live", "k30", "k40", "k80"])
    #expect(try await RomeSession(glance.store).query(ImageTaskInfo.self).count() == 4)
    try await glance.purgeDeletedRows(.tenant("t9"), ageInDays: 30, maxRows: 0)
    #expect(try await taskIDs(glance).count == 4)
    try await glance.purgeDeletedRows(.tenant("t9"), ageInDays: 30, maxRows: 100)
    #expect(try await taskIDs(glance) == ["live", "k80"], "80 is 20 days ago")
    try await glance.purgeDeletedRows(.admin, ageInDays: 20, maxRows: -1)
    #expect(try await taskIDs(glance) == ["live"], "the clock has gone on since")
    #expect(try await glance.taskGet(.admin, taskID: "live").info?.input == "x")
    try await expectClean(glance)
  }

  @Test(arguments: TestDatabase.all)
  func `what belongs to an image that was made deleted goes before the image, within the limit`(
    _ kind: TestDatabase
  ) async throws {
    let glance = try await make(kind)
    for (id, day) in [("old", 10), ("older", 5), ("young", 90)] as [(String, Int64)] {
      try await glance.makeImage(
        id,
        [
          "deleted": true, "deleted_at": .date(time(day)), "properties": ["a": "b"],
          "locations": [location("x"), location("y")],
        ])
    }
    try await glance.makeImage("live", ["properties": ["a": "b"], "locations": [location("x")]])
    #expect(try await childCounts(glance) == [0, 4, 0, 7])
    await expectError(.rpc) { try await glance.purgeDeletedRowsFromImages(.admin, ageInDays: 30, maxRows: 10) }
    try await glance.purgeDeletedRows(.admin, ageInDays: 30, maxRows: 3)
    #expect(try await childCounts(glance) == [0, 2, 0, 4])
    try await glance.purgeDeletedRows(.admin, ageInDays: 30, maxRows: -1)
    #expect(try await childCounts(glance) == [0, 2, 0, 3], "what is left is of the young and the live image")
    try await glance.purgeDeletedRowsFromImages(.admin, ageInDays: 30, maxRows: 10)
    #expect(try await imageIDs(glance) == ["live", "young"])
    try await expectClean(glance)
  }

  @Test(arguments: TestDatabase.all)
  func `the limit counts for each table, and images stay`(_ kind: TestDatabase) async throws {
    let glance = try await make(kind)
    for (number, day) in [10, 20, 30].enumerated() { try await makeDeletedImage(glance, "i\(number)", day: Int64(day)) }
    try await glance.makeImage("live", ["properties": ["a": "b"], "locations": [location("x")]])
    try await glance.purgeDeletedRows(.admin, ageInDays: 30, maxRows: 2)
    #expect(try await childCounts(glance) == [1, 2, 1, 2])
    try await glance.purgeDeletedRows(.admin, ageInDays: 30, maxRows: 100)
    #expect(try await childCounts(glance) == [0, 1, 0, 1])
    #expect(try await imageIDs(glance) == ["i0", "i1", "i2", "live"])
    #expect(try await glance.imageGet(.admin, imageID: "live").properties.count == 1)
    try await expectClean(glance)
  }

  @Test(arguments: TestDatabase.all)
  func `images go when nothing belongs to them any more`(_ kind: TestDatabase) async throws {
    let glance = try await make(kind)
    for (number, day) in [30, 20, 10, 90].enumerated() {
      try await makeDeletedImage(glance, "i\(number)", day: Int64(day))
    }
    try await glance.makeImage("live")
    await expectError(.rpc) { try await glance.purgeDeletedRowsFromImages(.admin, ageInDays: 30, maxRows: 100) }
    #expect(try await imageIDs(glance).count == 5)
    try await glance.purgeDeletedRows(.admin, ageInDays: 30, maxRows: 2)
    await expectError(.rpc) { try await glance.purgeDeletedRowsFromImages(.admin, ageInDays: 30, maxRows: 3) }
    #expect(try await imageIDs(glance).count == 5, "all of them or none")
    try await glance.purgeDeletedRowsFromImages(.admin, ageInDays: 30, maxRows: 1)
    #expect(try await imageIDs(glance) == ["i0", "i1", "i3", "live"])
    try await glance.purgeDeletedRows(.admin, ageInDays: 30, maxRows: 100)
    try await glance.purgeDeletedRowsFromImages(.tenant("t9"), ageInDays: 30, maxRows: 100)
    #expect(try await imageIDs(glance) == ["i3", "live"])
    try await glance.purgeDeletedRowsFromImages(.admin, ageInDays: 30, maxRows: 100)
    try await expectClean(glance)
  }

  @Test(arguments: ["member", "property", "tag", "location"])
  func `each kind of row keeps its image`(_ child: String) async throws {
    let glance = try await make(.memory)
    try await glance.makeImage("i1", ["deleted": true, "deleted_at": .date(time(10))])
    switch child {
    case "member": try await glance.share("i1", with: "t")
    case "property":
      _ = try await glance.imagePropertyCreate(.admin, values: ["image_id": "i1", "name": "a", "value": "b"])
    case "tag": try await glance.imageTagCreate(.admin, imageID: "i1", value: "a")
    default: try await glance.imageLocationAdd(.admin, imageID: "i1", location: location("x"))
    }
    await expectError(.rpc) { try await glance.purgeDeletedRowsFromImages(.admin, ageInDays: 30, maxRows: 100) }
    #expect(try await imageIDs(glance) == ["i1"])
  }

  @Test(arguments: TestDatabase.all)
  func `what is added to an image while it is purged keeps it, or has come too late`(_ kind: TestDatabase) async throws
  {
    let glance = try await make(kind)
    for round in 0..<5 {
      let id = "i\(round)"
      try await glance.makeImage(id, ["deleted": true, "deleted_at": .date(time(10))])
      let outcomes = await race(2) { number in
        if number == 0 {
          try await glance.purgeDeletedRowsFromImages(.admin, ageInDays: 30, maxRows: 100)
        } else {
          try await glance.imageTagCreate(.admin, imageID: id, value: "a")
        }
      }
      #expect(outcomes.allSatisfy { $0 == nil || $0 == .rpc }, "\(outcomes)")
      #expect(try await imageIDs(glance).isEmpty == !outcomes.contains(.rpc))
      try await glance.imageTagDelete(.admin, imageID: id, value: "a")
      try await glance.purgeDeletedRows(.admin, ageInDays: -1, maxRows: 100)
      try await glance.purgeDeletedRowsFromImages(.admin, ageInDays: 30, maxRows: 100)
      #expect(try await imageIDs(glance).isEmpty)
    }
    try await expectClean(glance)
  }

  @Test func `numbers out of range are refused`() async throws {
    let glance = try await make(.memory)
    try await makeDeletedTasks(glance, days: [10])
    let message = "'max_rows' value out of range, must not exceed 2147483647."
    await expectError(.invalid, message) {
      try await glance.purgeDeletedRows(.admin, ageInDays: 30, maxRows: 2_147_483_648)
    }
    await expectError(.invalid, message) {
      try await glance.purgeDeletedRowsFromImages(.admin, ageInDays: 30, maxRows: 2_147_483_648)
    }
    for days in [Int.max, Int.min, 300_000_000] {
      await expectError(.rpc) { try await glance.purgeDeletedRows(.admin, ageInDays: days, maxRows: 1) }
    }
    #expect(try await taskIDs(glance) == ["k10"])
    try await glance.purgeDeletedRows(.admin, ageInDays: 30, maxRows: 2_147_483_647)
    #expect(try await taskIDs(glance).isEmpty)
  }

  @Test(arguments: TestDatabase.all)
  func `many rows go in few transactions, found by an index`(_ kind: TestDatabase) async throws {
    let store = FaultyStore(try await kind.makeStore())
    let now = time(100)
    let glance = GlanceDatabase(store, clock: GlanceClock { now })
    try await RomeSession(store).transaction { session in
      for number in 0..<1100 {
        let tag = ImageTag(imageID: "i\(number)", value: "t", createdAt: time(0), updatedAt: time(0))
        if number >= 80 { (tag.deleted, tag.deletedAt) = (true, time(Int64(number % 60))) }
        session.add(tag)
      }
    }
    try await glance.purgeDeletedRows(.admin, ageInDays: 400, maxRows: 1)
    store.resetCounts()
    try await glance.purgeDeletedRows(.admin, ageInDays: 30, maxRows: -1)
    #expect(try await childCounts(glance) == [0, 0, 80, 0])
    #expect(store.counts[.commit] <= 7, "three for the tags, and proofs that the other tables have nothing")
    try await expectClean(glance)
  }
}
