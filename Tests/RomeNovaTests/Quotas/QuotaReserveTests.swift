// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct QuotaReserveTests {
  private let noon = Date(timeIntervalSince1970: 1_456_833_600)

  @Test(arguments: TestStoreKind.all)
  func `A reservation is reserved, and not in use`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova().at(noon)
    let expire = noon.addingTimeInterval(60)
    let uuids = try await nova.reserve(["ram": 2, "cores": 1], counted: ["cores": 3], expire: expire)
    let reservations = try await nova.liveReservations()
    #expect(reservations.map(\.uuid) == uuids && reservations.map(\.resource) == ["cores", "ram"])
    let first = try #require(reservations.first)
    let usage = try await nova.quotaUsageGet(.admin, projectID: "p", resource: "cores")
    #expect(first.delta == 1 && first.projectID == "p" && first.userID == "u" && first.expire == expire)
    #expect(first.usageID == usage.id && usage.inUse == 3 && usage.reserved == 1 && usage.updatedAt == noon)
    try await expectClean(nova.store)
  }

  @Test(arguments: TestStoreKind.all)
  func `Project and user are those of the caller unless others are named`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    _ = try await nova.quotaReserve(
      .user("u", of: "p"), resources: ["cores": .counted(["cores": 0])], projectQuotas: ["cores": 1],
      userQuotas: ["cores": 1], deltas: ["cores": 1], expire: nil)
    #expect(try await nova.quotaUsageGet(.admin, projectID: "p", resource: "cores", userID: "u").reserved == 1)
    await expectError(.forbidden) {
      _ = try await nova.quotaReserve(
        NovaContext(), resources: [:], projectQuotas: [:], userQuotas: [:], deltas: [:], expire: nil)
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `What is too much is refused with all it would take`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.reserve(["cores": 2, "ram": 1], counted: ["cores": 1])
    let fields: [String: NovaField] = [
      "overs": ["cores"], "quotas": ["cores": 3, "ram": 2],
      "usages": ["cores": ["in_use": 1, "reserved": 2], "ram": ["in_use": 0, "reserved": 1]],
    ]
    await expectError(.overQuota, fields) {
      try await nova.reserve(["cores": 1, "ram": 1], limits: ["cores": 3, "ram": 2])
    }
    #expect(try await nova.amount(of: "ram") == QuotaAmount(reserved: 1))
    #expect(try await nova.liveReservations().count == 2)
    try await nova.reserve(["cores": 1000], limits: ["cores": -1])
  }

  @Test(arguments: TestStoreKind.all)
  func `The limit of the project holds for all of its users together`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.reserve(["cores": 3], user: "u")
    await expectError(.overQuota, ["quotas": ["cores": 9], "usages": ["cores": ["in_use": 0, "reserved": 0]]]) {
      try await nova.reserve(["cores": 2], limits: ["cores": 4], userLimits: ["cores": 9], user: "v")
    }
    await expectError(.overQuota, ["overs": ["cores"], "quotas": ["cores": 1]]) {
      try await nova.reserve(["cores": 2], limits: ["cores": 9], userLimits: ["cores": 1], user: "v")
    }
    try await nova.reserve(["cores": 1], limits: ["cores": 4], userLimits: ["cores": 1], user: "v")
  }

  @Test(arguments: TestStoreKind.all)
  func `What is given back is never refused, and free only when it is committed`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let uuids = try await nova.reserve(["cores": -2], limits: ["cores": 1], counted: ["cores": 5])
    #expect(try await nova.amount(of: "cores") == QuotaAmount(inUse: 5))
    try await nova.reservationCommit(.admin, reservations: uuids)
    #expect(try await nova.amount(of: "cores") == QuotaAmount(inUse: 3))
  }

  @Test(arguments: TestStoreKind.all)
  func `A usage below zero is counted again`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.reserve(["cores": 1])
    try await nova.quotaUsageUpdate(
      .admin, projectID: "p", userID: "u", resource: "cores", values: NovaValues { $0.inUse = -1 })
    try await nova.reserve(["cores": 1], counted: ["cores": 4])
    #expect(try await nova.amount(of: "cores") == QuotaAmount(inUse: 4, reserved: 2))
  }

  @Test(arguments: TestStoreKind.all)
  func `A usage is counted again after so many reservations`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    for (counted, expected) in [(1, 1), (2, 1), (3, 3), (4, 3), (5, 5)] {
      try await nova.reserve(["cores": 0], counted: ["cores": counted], untilRefresh: 2)
      #expect(try await nova.amount(of: "cores")?.inUse == expected, "\(counted)")
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `A usage is counted again when it is old`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.at(noon).reserve(["cores": 0], counted: ["cores": 1], maxAge: .seconds(60))
    try await nova.at(noon + 59).reserve(["cores": 0], counted: ["cores": 2], maxAge: .seconds(60))
    #expect(try await nova.amount(of: "cores")?.inUse == 1)
    try await nova.at(noon + 86_400).reserve(["cores": 0], counted: ["cores": 3], maxAge: .seconds(60))
    #expect(try await nova.amount(of: "cores")?.inUse == 3)
    try await nova.at(noon + 1_000_000).reserve(["cores": 0], counted: ["cores": 4])
    #expect(try await nova.amount(of: "cores")?.inUse == 3)
  }

  @Test(arguments: TestStoreKind.all)
  func `A reservation is judged by what has just been counted`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.reserve(["cores": 0], counted: ["cores": 9], untilRefresh: 1)
    try await nova.reserve(["cores": 5], limits: ["cores": 5], counted: ["cores": 0], untilRefresh: 1)
    #expect(try await nova.amount(of: "cores") == QuotaAmount(reserved: 5))
  }

  @Test(arguments: TestStoreKind.all)
  func `What has no limit or no counter can't be reserved`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    await expectError(.keyError) { try await nova.reserve(["cores": 1], userLimits: [:]) }
    await expectError(.keyError) {
      _ = try await nova.quotaReserve(
        .admin, resources: ["key_pairs": .uncounted], projectQuotas: ["key_pairs": 1], userQuotas: ["key_pairs": 1],
        deltas: ["key_pairs": 1], expire: nil, projectID: "p")
    }
    #expect(try await nova.quotaUsageGetAllByProject(.admin, projectID: "p").amounts.isEmpty)
  }
}
