// SPDX-License-Identifier: Apache-2.0

import RomeGlance
import RomeTesting
import Testing

@Suite struct ImageGetTests {
  @Test(arguments: TestDatabase.all)
  func `a caller sees by the first rule that holds`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    try await glance.makeImage("private", ["visibility": "private", "owner": "t1"])
    try await glance.makeImage("public", ["visibility": "public", "owner": "t1"])
    try await glance.makeImage("community", ["visibility": "community", "owner": "t1"])
    try await glance.makeImage("shared", ["visibility": "shared", "owner": "t1"])
    try await glance.makeImage("nobody's", ["visibility": "private"])
    func seen(_ context: GlanceContext) async -> Set<String> {
      var seen: Set<String> = []
      for id in ["private", "public", "community", "shared", "nobody's"] {
        if (try? await glance.imageGet(context, imageID: id)) != nil { seen.insert(id) }
      }
      return seen
    }
    let all: Set<String> = ["private", "public", "community", "shared", "nobody's"]
    let open: Set<String> = ["public", "community", "nobody's"]
    #expect(await seen(.admin) == all)
    #expect(await seen(.tenant("t1")) == all)
    #expect(await seen(.tenant("t2")) == open)
    #expect(await seen(.tenant(nil)) == open)
    let member = try await glance.share("shared", with: "t2", status: "rejected")
    try await glance.share("private", with: "t2")
    #expect(await seen(.tenant("t2")) == open.union(["shared"]), "a membership of any status, of a shared image only")
    try await glance.imageMemberDelete(.admin, memberID: Int64(member.id))
    #expect(await seen(.tenant("t2")) == open)
    await expectError(.forbidden, "Forbidding request, image private not visible") {
      _ = try await glance.imageGet(.tenant("t2"), imageID: "private")
    }
  }

  @Test(arguments: TestDatabase.all)
  func `a deleted image is there for administrators and for who asks`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    try await glance.makeImage(
      "i1", ["owner": "t1", "properties": ["a": "b"], "locations": [location("file:///a")]])
    try await glance.imageDestroy(.tenant("t1"), imageID: "i1")
    await expectError(.imageNotFound, "No image found with ID i1") {
      _ = try await glance.imageGet(.tenant("t1"), imageID: "i1")
    }
    let forced = try await glance.imageGet(.tenant("t1"), imageID: "i1", forceShowDeleted: true)
    #expect(forced.deleted && forced.locations.map(\.status) == ["deleted"])
    let image = try await glance.imageGet(.admin, imageID: "i1")
    #expect(image.deleted && image.locations.isEmpty && image.properties.map(\.deleted) == [true])
  }

  @Test func `an image that there is not is not found, whatever its id`() async throws {
    let glance = try await TestDatabase.memory.make()
    for id in ["i9", "", String(repeating: "x", count: 37), String(repeating: "é", count: 36)] {
      await expectError(.imageNotFound, "No image found with ID \(id)") {
        _ = try await glance.imageGet(.admin, imageID: id)
      }
    }
  }

  @Test func `locations of a deactivated image are for administrators`() async throws {
    let glance = try await TestDatabase.memory.make()
    try await glance.makeImage("i1", ["owner": "t1", "locations": [location("file:///a")], "status": "deactivated"])
    #expect(try await glance.imageGet(.tenant("t1"), imageID: "i1").locations.isEmpty)
    #expect(try await glance.imageGet(.admin, imageID: "i1").locations.count == 1)
  }

  @Test(arguments: TestDatabase.all)
  func `getting an image costs the same whatever it holds`(_ kind: TestDatabase) async throws {
    let (glance, store) = try await kind.makeCounted()
    for (id, count) in [("small", 1), ("large", 40)] {
      var properties: [String: GlanceValue] = [:]
      for number in 0..<count { properties["p\(number)"] = "v" }
      try await glance.makeImage(
        id, ["properties": .object(properties), "locations": .array((0..<count).map { location("\($0)") })])
    }
    _ = try await glance.imageGet(.admin, imageID: "small")
    store.resetCounts()
    _ = try await glance.imageGet(.admin, imageID: "small")
    let small = store.counts.roundTrips
    store.resetCounts()
    #expect(try await glance.imageGet(.admin, imageID: "large").properties.count == 40)
    #expect(store.counts.roundTrips == small)
    #expect(small <= 4, "the image, its properties, its locations, and the proof where there are no snapshots")
  }

  @Test(arguments: TestDatabase.all)
  func `an image fits its children while it is changed`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    try await glance.makeImage("i1", ["name": "0", "properties": ["n": "0"], "locations": [location("0")]])
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for number in 1...40 {
          _ = try await glance.imageUpdate(
            .admin, imageID: "i1",
            values: [
              "name": .string("\(number)"), "properties": ["n": .string("\(number)")],
              "locations": [location("\(number)")],
            ])
        }
      }
      group.addTask {
        for _ in 1...40 {
          let image = try await glance.imageGet(.admin, imageID: "i1")
          #expect(image.properties.map(\.value) == [image.name])
          #expect(image.locations.map(\.url) == [image.name])
        }
      }
      try await group.waitForAll()
    }
  }
}
