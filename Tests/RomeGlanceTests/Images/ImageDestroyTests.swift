// SPDX-License-Identifier: Apache-2.0

import RomeGlance
import Testing

@Suite struct ImageDestroyTests {
  @Test(arguments: TestDatabase.all)
  func `an image goes with all of its children and nobody else's`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    for id in ["i1", "i2"] {
      try await glance.makeImage(id, ["properties": ["a": "b"], "locations": [location("file:///a")]])
      try await glance.imageTagCreate(.admin, imageID: id, value: "t")
      try await glance.share(id, with: "m")
      try await glance.share(id, with: "m")
    }
    let image = try await glance.imageDestroy(.admin, imageID: "i1")
    #expect(image.deleted && image.status == .active && image.locations.isEmpty)
    #expect(image.properties.map(\.deletedAt) == [image.deletedAt])
    let shown = try await glance.imageGet(.admin, imageID: "i1", forceShowDeleted: true)
    #expect(shown.locations.map(\.status) == ["deleted"])
    #expect(try await glance.imageTagGetAll(.admin, imageID: "i1").isEmpty)
    #expect(try await glance.imageMemberFind(.admin, imageID: "i1").isEmpty)
    #expect(try await glance.imageMemberFind(.admin, imageID: "i1", includeDeleted: true).count == 2)

    let other = try await glance.imageGet(.admin, imageID: "i2")
    #expect(!other.deleted && other.locations.count == 1 && other.properties.map(\.deleted) == [false])
    #expect(try await glance.imageTagGetAll(.admin, imageID: "i2") == ["t"])
    #expect(try await glance.imageMemberCount(.admin, imageID: "i2") == 2)
    try await expectClean(glance)
  }

  @Test func `who may not change an image may not destroy it, protected or not`() async throws {
    let glance = try await TestDatabase.memory.make()
    try await glance.makeImage("i1", ["owner": "t1", "visibility": "public", "protected": true])
    await expectError(.forbiddenPublicImage) { try await glance.imageDestroy(.tenant("t2"), imageID: "i1") }
    try await glance.imageDestroy(.tenant("t1"), imageID: "i1")
    await expectError(.imageNotFound) { try await glance.imageDestroy(.tenant("t1"), imageID: "i1") }
    let again = try await glance.imageDestroy(.admin, imageID: "i1")
    #expect(again.deleted)
  }

  @Test(arguments: TestDatabase.all)
  func `restoring needs the status pending_delete`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    try await glance.makeImage("i1")
    await expectError(
      .conflict, "cannot restore the image from active to active (wanted from_state=pending_delete)"
    ) { try await glance.imageRestore(.admin, imageID: "i1") }
    _ = try await glance.imageUpdate(.admin, imageID: "i1", values: ["status": "pending_delete"])
    try await glance.imageDestroy(.admin, imageID: "i1")
    try await glance.imageRestore(.admin, imageID: "i1")
    let image = try await glance.imageGet(.tenant(nil), imageID: "i1")
    #expect(image.status == .active && !image.deleted)
  }

  @Test func `a described image is judged by the same rules`() async throws {
    let glance = try await TestDatabase.memory.make()
    try await glance.share("i1", with: "t2", status: "pending")
    let image: [String: GlanceValue] = ["id": "i1", "owner": "t1", "visibility": "shared"]
    #expect(try await glance.isImageVisible(.tenant("t2"), image: image))
    #expect(try await !glance.isImageVisible(.tenant("t2"), image: image, status: "accepted"))
    #expect(try await !glance.isImageVisible(.tenant("t3"), image: image))
    #expect(try glance.isImageMutable(.tenant("t1"), image: image))
    #expect(try !glance.isImageMutable(.tenant("t2"), image: image))
    #expect(try !glance.isImageMutable(.tenant(nil), image: image.merging(["owner": nil]) { $1 }))
    await expectError(.keyError) { _ = try glance.isImageMutable(.admin, image: ["id": "i1", "owner": nil]) }
  }
}
