// SPDX-License-Identifier: Apache-2.0

import RomeGlance
import Testing

@Suite struct UserGetStorageUsageTests {
  @Test(arguments: TestDatabase.all)
  func `sizes count for each location that is not deleted`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    let two: GlanceValue = [location("a"), location("b")]
    try await glance.makeImage("a", ["owner": "t1", "size": 100, "locations": two])
    try await glance.makeImage(
      "b", ["owner": "t1", "size": 10, "locations": [location("c"), location("d", status: "pending_delete")]])
    try await glance.makeImage("c", ["owner": "t1", "size": 1, "locations": [location("e", status: "deleted")]])
    try await glance.makeImage("empty", ["owner": "t1", "size": 1000])
    try await glance.makeImage("unsized", ["owner": "t1", "locations": two])
    try await glance.makeImage("killed", ["owner": "t1", "size": 1000, "locations": two, "status": "killed"])
    try await glance.makeImage("other", ["owner": "t2", "size": 1000, "locations": two])
    #expect(try await glance.userGetStorageUsage(.admin, ownerID: "t1") == 220)
    #expect(try await glance.userGetStorageUsage(.admin, ownerID: "t1", imageID: "a") == 20)
    try await glance.imageDestroy(.admin, imageID: "a")
    #expect(try await glance.userGetStorageUsage(.admin, ownerID: "t1") == 20)
    #expect(try await glance.userGetStorageUsage(.admin, ownerID: "nobody") == 0)
    await expectError(.imageNotFound) {
      let long = String(repeating: "x", count: 37)
      _ = try await glance.userGetStorageUsage(.admin, ownerID: "t1", imageID: long)
    }
  }
}
