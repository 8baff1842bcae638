// SPDX-License-Identifier: Apache-2.0

import Foundation
import RomeNova
import StoreTestSupport
import Testing

@Suite struct QuotaUsageTests {
  @Test(arguments: TestStoreKind.all)
  func `The usages of a project are those of its users added up`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    for user in ["u", "v"] {
      try await nova.reserve(["cores": 2, "fixed_ips": 1], counted: ["cores": 3, "fixed_ips": 4], user: user)
    }
    let ofProject = try await nova.quotaUsageGetAllByProject(.admin, projectID: "p")
    #expect(ofProject.projectID == "p" && ofProject.userID == nil)
    #expect(
      ofProject.amounts == [
        "cores": QuotaAmount(inUse: 6, reserved: 4), "fixed_ips": QuotaAmount(inUse: 4, reserved: 2),
      ])
    let ofUser = try await nova.quotaUsageGetAllByProjectAndUser(.admin, projectID: "p", userID: "v")
    #expect(ofUser.userID == "v" && ofUser["cores"] == QuotaAmount(inUse: 3, reserved: 2))
    #expect(ofUser["fixed_ips"]?.total == 6)
    #expect(try await nova.quotaUsageGetAllByProject(.admin, projectID: "q").amounts.isEmpty)
  }

  @Test(arguments: TestStoreKind.all)
  func `A usage is that of the user, or of the project where that is what is counted`(
    _ kind: TestStoreKind
  ) async throws {
    let nova = try await kind.nova()
    try await nova.reserve(["cores": 1, "fixed_ips": 2], user: "u")
    try await nova.reserve(["cores": 3], user: "v")
    let cores = try await nova.quotaUsageGet(.admin, projectID: "p", resource: "cores", userID: "v")
    #expect(cores.userID == "v" && cores.reserved == 3)
    #expect(QuotaUsage.properties(of: cores, NovaOptions()) == ["total": 3])
    let addresses = try await nova.quotaUsageGet(.admin, projectID: "p", resource: "fixed_ips", userID: "v")
    #expect(addresses.userID == nil && addresses.reserved == 2)
    #expect(try await nova.quotaUsageGet(.admin, projectID: "p", resource: "cores").userID == "u")
    await expectError(.quotaUsageNotFound, ["project_id": "p"]) {
      _ = try await nova.quotaUsageGet(.admin, projectID: "p", resource: "cores", userID: "w")
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `A usage is set for the user, and for the project where that is what is counted`(
    _ kind: TestStoreKind
  ) async throws {
    let nova = try await kind.nova()
    try await nova.reserve(["cores": 1, "fixed_ips": 2], user: "u")
    try await nova.reserve(["cores": 1], user: "v")
    for resource in ["cores", "fixed_ips"] {
      try await nova.quotaUsageUpdate(
        .admin, projectID: "p", userID: "u", resource: resource,
        values: NovaValues {
          $0.inUse = 42
          $0.untilRefresh = 7
          $0.projectID = "elsewhere"
        })
    }
    let cores = try await nova.quotaUsageGet(.admin, projectID: "p", resource: "cores", userID: "u")
    #expect(cores.inUse == 42 && cores.reserved == 1 && cores.untilRefresh == 7)
    #expect(try await nova.quotaUsageGet(.admin, projectID: "p", resource: "cores", userID: "v").inUse == 0)
    #expect(try await nova.amount(of: "fixed_ips") == QuotaAmount(inUse: 42, reserved: 2))
    await expectError(.quotaUsageNotFound, ["project_id": "p"]) {
      try await nova.quotaUsageUpdate(
        .admin, projectID: "p", userID: "u", resource: "ram", values: NovaValues { $0.inUse = 1 })
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `A refresh makes and counts the usages that it is asked for`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let resources: [String: QuotaCounter] = [
      "cores": .counted(["cores": 5, "ram": 6]), "fixed_ips": .counted(["fixed_ips": 7]), "disk": .uncounted,
    ]
    for _ in 0..<2 {
      try await nova.quotaUsageRefresh(
        .user("u", of: "p"), resources: resources, names: ["cores", "fixed_ips"], untilRefresh: 3)
    }
    let cores = try await nova.quotaUsageGet(.admin, projectID: "p", resource: "cores", userID: "u")
    #expect(cores.inUse == 5 && cores.reserved == 0 && cores.untilRefresh == 3)
    let amounts = try await nova.quotaUsageGetAllByProject(.admin, projectID: "p").amounts
    #expect(amounts.mapValues(\.inUse) == ["cores": 5, "ram": 6, "fixed_ips": 7])
    #expect(try await nova.quotaUsageGet(.admin, projectID: "p", resource: "fixed_ips").userID == nil)
    await expectError(.keyError) {
      try await nova.quotaUsageRefresh(.admin, resources: resources, names: ["disk"], projectID: "p")
    }
    #expect(try await nova.amount(of: "disk") == nil)
  }
}
