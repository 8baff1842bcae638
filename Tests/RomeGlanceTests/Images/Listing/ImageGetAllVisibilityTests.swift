// SPDX-License-Identifier: Apache-2.0

import RomeGlance
import Testing

/// Who lists which images.
@Suite struct ImageGetAllVisibilityTests {
  /// Images of two tenants and of nobody, one of each visibility; those of t1 that are shared have t2 as a member.
  private func makeImages(_ kind: TestDatabase) async throws -> GlanceDatabase {
    let glance = try await kind.make()
    for owner in ["t1", "t2", nil] {
      for visibility in ["private", "public", "shared", "community"] {
        try await glance.makeImage(
          "\(owner ?? "no").\(visibility)", ["visibility": .string(visibility), "owner": GlanceValue(owner)])
      }
    }
    try await glance.makeImage("t1.pending", ["visibility": "shared", "owner": "t1"])
    try await glance.makeImage("t1.left", ["visibility": "shared", "owner": "t1"])
    try await glance.share("t1.shared", with: "t2")
    try await glance.share("t1.shared", with: "t2")
    try await glance.share("t1.private", with: "t2")
    try await glance.share("t1.pending", with: "t2", status: "pending")
    let left = try await glance.share("t1.left", with: "t2")
    try await glance.imageMemberDelete(.admin, memberID: Int64(left.id))
    return glance
  }

  private func listed(
    _ glance: GlanceDatabase, _ context: GlanceContext, _ visibility: GlanceValue? = nil, status: String = "accepted",
    isPublic: Bool? = nil, asUser: Bool = false
  ) async throws -> Set<String> {
    let images = try await glance.imageGetAll(
      context, filters: visibility.map { ["visibility": $0] } ?? [:], memberStatus: status, isPublic: isPublic,
      adminAsUser: asUser)
    #expect(Set(images.map(\.id)).count == images.count, "each image once")
    return Set(images.map(\.id))
  }

  @Test(arguments: TestDatabase.all)
  func `a regular caller lists public images, its own and those shared with it`(_ kind: TestDatabase) async throws {
    let glance = try await makeImages(kind)
    let open: Set<String> = ["t1.public", "t2.public", "no.public"]
    let own: Set<String> = ["t2.private", "t2.shared", "t2.community"]
    let community: Set<String> = ["t1.community", "t2.community", "no.community"]
    let caller = GlanceContext.tenant("t2")
    #expect(try await listed(glance, caller) == open.union(own).union(["t1.shared"]))
    #expect(try await listed(glance, caller, status: "pending") == open.union(own).union(["t1.pending"]))
    #expect(try await listed(glance, caller, status: "all") == open.union(own).union(["t1.shared", "t1.pending"]))
    #expect(try await listed(glance, caller, "all") == open.union(own).union(community).union(["t1.shared"]))
    #expect(try await listed(glance, caller, "community") == community)
    #expect(try await listed(glance, caller, "public") == open)
    #expect(try await listed(glance, caller, "private") == ["t2.private"])
    #expect(try await listed(glance, caller, "shared") == ["t1.shared", "t2.shared"])
    #expect(try await listed(glance, caller, isPublic: true) == open)
    #expect(try await listed(glance, caller, isPublic: false) == own.union(["t1.shared"]))
    #expect(try await listed(glance, .tenant("t3")) == open)
    #expect(try await listed(glance, .tenant(nil)) == open, "who has no tenant owns nothing")
    #expect(try await listed(glance, .tenant(nil), "all") == open.union(community))
  }

  @Test(arguments: TestDatabase.all)
  func `an administrator lists all but community images of others`(_ kind: TestDatabase) async throws {
    let glance = try await makeImages(kind)
    let all = Set(try await listed(glance, .admin, "all"))
    #expect(all.count == 14)
    let community: Set<String> = ["t1.community", "t2.community", "no.community"]
    #expect(try await listed(glance, .admin) == all.subtracting(community))
    let owning = GlanceContext(owner: "t1", isAdmin: true)
    #expect(try await listed(glance, owning) == all.subtracting(["t2.community", "no.community"]))
    #expect(try await listed(glance, owning, "community") == community)
    #expect(try await listed(glance, owning, "private") == ["t1.private", "t2.private", "no.private"])
    #expect(try await listed(glance, owning, asUser: true) == listed(glance, .tenant("t1")))
  }

  @Test(arguments: TestDatabase.all)
  func `deleted images are listed by who would list them alive`(_ kind: TestDatabase) async throws {
    let glance = try await makeImages(kind)
    let before = try await listed(glance, .tenant("t2"))
    for id in ["t2.private", "t1.public"] { try await glance.imageDestroy(.admin, imageID: id) }
    #expect(try await listed(glance, .tenant("t2")) == before)
    let alive = try await glance.imageGetAll(.tenant("t2"), filters: ["deleted": false]).map(\.id)
    #expect(Set(alive) == before.subtracting(["t2.private", "t1.public"]))
    let dead = try await glance.imageGetAll(.tenant("t2"), filters: ["deleted": true]).map(\.id)
    #expect(Set(dead) == ["t2.private", "t1.public"])
  }
}
