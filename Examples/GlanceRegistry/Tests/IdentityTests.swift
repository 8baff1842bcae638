// SPDX-License-Identifier: Apache-2.0

import HTTPService
import RomeGlance
import Testing

@testable import GlanceRegistryKit

@Suite struct IdentityTests {
  private func context(_ flavor: IdentityFlavor, _ headers: [String: String]) throws -> GlanceContext {
    try flavor.context { headers[$0] }
  }

  @Test func `trusted headers say who asks, the newer names before the older`() throws {
    #expect(try context(.trustedAuth, ["X-Identity-Status": "Confirmed"]) == GlanceContext())
    var headers = ["X-Identity-Status": "Confirmed", "X-User": "old", "X-Tenant": "a", "X-Roles": "Member, ADMIN"]
    let admin = try context(.trustedAuth, headers)
    #expect(admin == GlanceContext(user: "old", owner: "a", roles: ["member", "admin"]) && admin.isAdmin)
    headers["X-Tenant-Id"] = "b"
    #expect(try context(.trustedAuth, headers).owner == "b")
    headers["X-Project-Id"] = "c"
    headers["X-User-Id"] = "new"
    headers["X-Roles"] = "administrator,member"
    let member = try context(.trustedAuth, headers)
    #expect(member.owner == "c" && member.user == "new" && !member.isAdmin)
  }

  @Test func `an identity that is not confirmed is refused`() {
    for status in [nil, "", "confirmed", "Invalid", "Confirmed "] {
      let headers = ["X-Identity-Status": status, "X-Roles": "admin"].compactMapValues { $0 }
      #expect(throws: HTTPRefusal.self) { try context(.trustedAuth, headers) }
    }
  }

  @Test func `without authentication everybody is an administrator without a tenant`() throws {
    #expect(try context(.unauthenticated, ["X-Tenant-Id": "t", "X-Roles": "member"]) == .admin)
  }

  @Test func `a fake token says all, and without one headers do`() throws {
    let user = try context(.fakeAuth, ["X-Auth-Token": "u:t:member", "X-Roles": "admin"])
    #expect(user == GlanceContext(user: "u", owner: "t", roles: ["member"]) && !user.isAdmin)
    let admin = try context(.fakeAuth, ["X-Auth-Token": "u:NONE:admin"])
    #expect(admin.owner == nil && admin.isAdmin)
    #expect(try context(.fakeAuth, ["X-Identity-Status": "Confirmed", "X-Tenant": "t"]).owner == "t")
    #expect(throws: HTTPRefusal.self) { try context(.fakeAuth, [:]) }
    #expect(throws: HTTPRefusal.self) { try context(.fakeAuth, ["X-Auth-Token": "u:t"]) }
    #expect(throws: HTTPRefusal.self) { try context(.fakeAuth, ["X-Auth-Token": "a:b:c:d"]) }
  }
}
