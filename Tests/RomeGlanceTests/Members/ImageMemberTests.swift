// SPDX-License-Identifier: Apache-2.0

import RomeGlance
import Testing

@Suite struct ImageMemberTests {
  @Test(arguments: TestDatabase.all)
  func `a membership is made with defaults, and has Glance's keys`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    let member = try await glance.imageMemberCreate(
      .admin, values: ["image_id": "i1", "member": "t1", "deleted": true, "created_at": nil, "x": 1])
    #expect(member.status == "pending" && !member.canShare && !member.deleted)
    #expect(
      Set(try #require(member.values.objectValue).keys)
        == ["id", "image_id", "member", "can_share", "status", "created_at", "updated_at", "deleted"])
    let twin = try await glance.imageMemberCreate(.admin, values: ["image_id": "i1", "member": "t1"])
    #expect(twin.id > member.id, "a live twin is no obstacle")
    await expectError(.rpc) { _ = try await glance.imageMemberCreate(.admin, values: ["image_id": "i1"]) }
    await expectError(.invalid) {
      _ = try await glance.imageMemberCreate(.admin, values: ["image_id": "i1", "member": "\u{1F47D}"])
    }
  }

  @Test(arguments: TestDatabase.all)
  func `an update sets what is given, revives, and forbids sharing`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    let made = try await glance.imageMemberCreate(
      .admin, values: ["image_id": "i1", "member": "t1", "can_share": true])
    try await glance.imageMemberDelete(.admin, memberID: Int64(made.id))
    try await glance.imageMemberDelete(.admin, memberID: Int64(made.id))
    #expect(try await glance.imageMemberFind(.admin, imageID: "i1").isEmpty)
    let updated = try await glance.imageMemberUpdate(
      .admin, memberID: Int64(made.id), values: ["status": "accepted"])
    #expect(updated.status == "accepted" && !updated.deleted && !updated.canShare && updated.member == "t1")
    #expect(updated.updatedAt > updated.createdAt && updated.createdAt == made.createdAt)
    #expect(try await glance.imageMemberFind(.admin, imageID: "i1") == [updated])
    await expectError(.rpc) { _ = try await glance.imageMemberUpdate(.admin, memberID: 99, values: [:]) }
    await expectError(.rpc) { try await glance.imageMemberDelete(.admin, memberID: 99) }
  }

  @Test(arguments: TestDatabase.all)
  func `a caller finds memberships of its images and its own`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    try await glance.makeImage("a", ["owner": "t1"])
    try await glance.makeImage("b", ["owner": "t2"])
    try await glance.makeImage("nobody's")
    let a2 = try await glance.share("a", with: "t2").id
    let a3 = try await glance.share("a", with: "t3", status: "pending").id
    let b1 = try await glance.share("b", with: "t1").id
    let b3 = try await glance.share("b", with: "t3").id
    let nobody = try await glance.share("nobody's", with: "t3").id
    let dangling = try await glance.share("missing", with: "t1").id
    func found(
      _ context: GlanceContext, image: String? = nil, member: String? = nil, status: String? = nil
    ) async throws -> [Int] {
      try await glance.imageMemberFind(context, imageID: image, member: member, status: status).map(\.id)
    }
    #expect(try await found(.admin) == [a2, a3, b1, b3, nobody, dangling])
    #expect(try await found(.tenant("t1")) == [a2, a3, b1])
    #expect(try await found(.tenant("t3")) == [a3, b3, nobody])
    #expect(try await found(.tenant(nil)) == [nobody])
    #expect(try await found(.tenant("t1"), image: "a", status: "pending") == [a3])
    #expect(try await found(.tenant("t1"), member: "t2") == [a2])
    #expect(try await found(.tenant("t3"), image: "b") == [b3])
    #expect(try await found(.admin, image: "a", member: "t3") == [a3])
  }

  @Test func `memberships of an image are counted for anyone`() async throws {
    let glance = try await TestDatabase.memory.make()
    let first = try await glance.share("i1", with: "t1")
    try await glance.share("i1", with: "t2")
    try await glance.imageMemberDelete(.admin, memberID: Int64(first.id))
    #expect(try await glance.imageMemberCount(.tenant("x"), imageID: "i1") == 1)
    for id in [nil, ""] {
      await expectError(.invalid, "Image id is required.") {
        _ = try await glance.imageMemberCount(.admin, imageID: id)
      }
    }
  }
}
