// SPDX-License-Identifier: Apache-2.0

import RomeNova
import StoreTestSupport
import Testing

@Suite struct QuotaTests {
  @Test(arguments: TestStoreKind.all)
  func `A limit is one of a user where there is one, and of the project otherwise`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    _ = try await nova.quotaCreate(.admin, projectID: "p", resource: "cores", limit: 20)
    _ = try await nova.quotaCreate(.admin, projectID: "p", resource: "cores", limit: 5, userID: "u")
    let ofProject = try await nova.quotaGet(.admin, projectID: "p", resource: "cores")
    guard case .project(let quota) = ofProject else { return #expect(Bool(false), "\(ofProject)") }
    #expect(quota.projectID == "p" && ofProject.resource == "cores" && ofProject.hardLimit == 20)
    let ofUser = try await nova.quotaGet(.admin, projectID: "p", resource: "cores", userID: "u")
    guard case .user(let quota) = ofUser else { return #expect(Bool(false), "\(ofUser)") }
    #expect(quota.userID == "u" && ofUser.resource == "cores" && ofUser.hardLimit == 5)
    #expect(try await nova.quotaGetAll(.admin, projectID: "p").map(\.hardLimit) == [5])
  }

  @Test(arguments: ["fixed_ips", "floating_ips", "networks"])
  func `Addresses and networks are limited for projects only`(_ resource: String) async throws {
    let nova = try await TestStoreKind.memory.nova()
    _ = try await nova.quotaCreate(.admin, projectID: "p", resource: resource, limit: 7, userID: "u")
    try await nova.quotaUpdate(.admin, projectID: "p", resource: resource, limit: 8, userID: "u")
    #expect(try await nova.quotaGetAllByProject(.admin, projectID: "p")[resource] == 8)
    #expect(try await nova.quotaGetAllByProjectAndUser(.admin, projectID: "p", userID: "u").limits.isEmpty)
  }

  @Test(arguments: TestStoreKind.all)
  func `The limits of a project and of a user come by resource`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    for project in ["p", "q"] {
      for (resource, limit) in [("cores", 1), ("ram", -1)] {
        _ = try await nova.quotaCreate(.admin, projectID: project, resource: resource, limit: limit)
        _ = try await nova.quotaCreate(.admin, projectID: project, resource: resource, limit: limit + 10, userID: "u")
      }
    }
    let ofProject = try await nova.quotaGetAllByProject(.admin, projectID: "p")
    #expect(ofProject.owner == .project("p") && ofProject.limits == ["cores": 1, "ram": -1])
    let ofUser = try await nova.quotaGetAllByProjectAndUser(.admin, projectID: "q", userID: "u")
    #expect(ofUser.owner == .user("u", project: "q") && ofUser.limits == ["cores": 11, "ram": 9])
  }

  @Test(arguments: TestStoreKind.all)
  func `A limit is changed for one project and one user`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    for project in ["p", "q"] {
      _ = try await nova.quotaCreate(.admin, projectID: project, resource: "cores", limit: 1)
      _ = try await nova.quotaCreate(.admin, projectID: project, resource: "cores", limit: 1, userID: "u")
    }
    try await nova.quotaUpdate(.admin, projectID: "p", resource: "cores", limit: 42)
    try await nova.quotaUpdate(.admin, projectID: "q", resource: "cores", limit: 43, userID: "u")
    #expect(try await nova.quotaGet(.admin, projectID: "p", resource: "cores").hardLimit == 42)
    #expect(try await nova.quotaGet(.admin, projectID: "q", resource: "cores").hardLimit == 1)
    #expect(try await nova.quotaGet(.admin, projectID: "p", resource: "cores", userID: "u").hardLimit == 1)
    #expect(try await nova.quotaGet(.admin, projectID: "q", resource: "cores", userID: "u").hardLimit == 43)
  }

  @Test(arguments: TestStoreKind.all)
  func `A limit that is not there is neither found nor changed`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    await expectError(.projectQuotaNotFound, ["project_id": "p"]) {
      _ = try await nova.quotaGet(.admin, projectID: "p", resource: "cores")
    }
    await expectError(.projectUserQuotaNotFound, ["project_id": "p", "user_id": "u"]) {
      _ = try await nova.quotaGet(.admin, projectID: "p", resource: "cores", userID: "u")
    }
    await expectError(.projectQuotaNotFound, ["project_id": "p"]) {
      try await nova.quotaUpdate(.admin, projectID: "p", resource: "cores", limit: 1)
    }
    await expectError(.projectUserQuotaNotFound, ["project_id": "p", "user_id": "u"]) {
      try await nova.quotaUpdate(.admin, projectID: "p", resource: "cores", limit: 1, userID: "u")
    }
    await expectError(.forbidden) {
      _ = try await nova.quotaGet(NovaContext(), projectID: "p", resource: "cores")
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `Of many callers who add the same limit, one does`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let ofProject = await successes(of: 8) {
      _ = try await nova.quotaCreate(.admin, projectID: "p", resource: "cores", limit: $0)
    }
    let ofUser = await successes(of: 8) {
      _ = try await nova.quotaCreate(.admin, projectID: "p", resource: "cores", limit: $0, userID: "u")
    }
    #expect(ofProject == 1 && ofUser == 1)
    await expectError(.quotaExists, ["project_id": "p", "resource": "cores"]) {
      _ = try await nova.quotaCreate(.admin, projectID: "p", resource: "cores", limit: 1)
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `A project is destroyed with its users`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    for project in ["p", "q"] {
      _ = try await nova.quotaCreate(.admin, projectID: project, resource: "cores", limit: 9)
      _ = try await nova.quotaCreate(.admin, projectID: project, resource: "cores", limit: 9, userID: "u")
      try await nova.reserve(["cores": 1, "fixed_ips": 1], project: project)
    }
    try await nova.quotaDestroyAllByProject(.admin, projectID: "p")
    #expect(try await nova.quotaGetAllByProject(.admin, projectID: "p").limits.isEmpty)
    #expect(try await nova.quotaGetAllByProjectAndUser(.admin, projectID: "p", userID: "u").limits.isEmpty)
    #expect(try await nova.quotaUsageGetAllByProject(.admin, projectID: "p").amounts.isEmpty)
    #expect(try await nova.liveReservations().allSatisfy { $0.projectID == "q" })
    #expect(try await nova.quotaGetAllByProject(.admin, projectID: "q").limits == ["cores": 9])
    #expect(try await nova.quotaUsageGetAllByProject(.admin, projectID: "q").amounts.count == 2)
    _ = try await nova.quotaCreate(.admin, projectID: "p", resource: "cores", limit: 1)
  }

  @Test(arguments: TestStoreKind.all)
  func `A user is destroyed without what is counted for the project`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    for user in ["u", "v"] {
      _ = try await nova.quotaCreate(.admin, projectID: "p", resource: "cores", limit: 9, userID: user)
      try await nova.reserve(["cores": 1, "fixed_ips": 1], user: user)
    }
    try await nova.quotaDestroyAllByProjectAndUser(.admin, projectID: "p", userID: "u")
    #expect(try await nova.quotaGetAllByProjectAndUser(.admin, projectID: "p", userID: "u").limits.isEmpty)
    #expect(try await nova.quotaGetAllByProjectAndUser(.admin, projectID: "p", userID: "v").limits == ["cores": 9])
    let left = try await nova.quotaUsageGetAllByProjectAndUser(.admin, projectID: "p", userID: "u")
    #expect(left.amounts == ["fixed_ips": QuotaAmount(reserved: 2)])
    #expect(try await nova.liveReservations().allSatisfy { $0.userID == "v" })
  }
}
