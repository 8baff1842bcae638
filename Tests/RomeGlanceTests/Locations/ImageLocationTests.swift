// SPDX-License-Identifier: Apache-2.0

import RomeGlance
import Testing

@Suite struct ImageLocationTests {
  @Test(arguments: TestDatabase.all)
  func `locations are added, changed, deleted and revived`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    try await glance.makeImage("i1")
    try await glance.imageLocationAdd(.admin, imageID: "i1", location: location("a"))
    try await glance.imageLocationAdd(.admin, imageID: "i1", location: location("b", status: "pending_delete"))
    func live() async throws -> [ImageLocationRecord] { try await glance.imageGet(.admin, imageID: "i1").locations }
    let first = try #require(try await live().first)
    #expect(try await live().map(\.url) == ["a"])
    try await glance.imageLocationDelete(.admin, imageID: "i1", locationID: Int64(first.id), status: "pending_delete")
    try await glance.imageLocationDelete(.admin, imageID: "i1", locationID: Int64(first.id), status: "deleted")
    #expect(try await live().isEmpty)
    try await glance.imageLocationUpdate(.admin, imageID: "i1", location: location("c", id: first.id))
    #expect(try await live().map(\.url) == ["c"], "any other status revives")
    try await glance.imageLocationUpdate(
      .admin, imageID: "i1", location: location("d", id: first.id, status: "deleted"))
    let all = try await glance.imageGet(.admin, imageID: "i1", forceShowDeleted: true).locations
    #expect(all.map(\.url) == ["d", "b"] && all.map(\.status) == ["deleted", "pending_delete"])
  }

  @Test func `what is not there is not found, and a status must delete`() async throws {
    let glance = try await TestDatabase.memory.make()
    try await glance.makeImage("i1", ["locations": [location("a")]])
    let message = "No location found with ID 1 from image i2"
    await expectError(.notFound, message) {
      try await glance.imageLocationDelete(.admin, imageID: "i2", locationID: 1, status: "deleted")
    }
    await expectError(.notFound, message) {
      try await glance.imageLocationUpdate(.admin, imageID: "i2", location: location("a", id: 1))
    }
    await expectError(.invalid) {
      try await glance.imageLocationDelete(.admin, imageID: "i1", locationID: 1, status: "active")
    }
    await expectError(.invalid) {
      try await glance.imageLocationUpdate(.admin, imageID: "i1", location: location("a"))
    }
    await expectError(.keyError) { try await glance.imageLocationAdd(.admin, imageID: "i1", location: ["url": "x"]) }
    await expectError(.invalid) {
      try await glance.imageLocationAdd(.admin, imageID: "i1", location: location("\u{1F47D}"))
    }
  }
}
