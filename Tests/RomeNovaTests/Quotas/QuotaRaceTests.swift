// SPDX-License-Identifier: Apache-2.0

import Foundation
import RomeNova
import StoreTestSupport
import Testing

@Suite struct QuotaRaceTests {
  private let noon = Date(timeIntervalSince1970: 1_456_833_600)

  @Test(arguments: TestStoreKind.all)
  func `However many callers reserve, they stay within the limit`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let reserved = await successes(of: 64) { _ in try await nova.reserve(["cores": 1], limits: ["cores": 10]) }
    #expect(reserved == 10)
    #expect(try await nova.amount(of: "cores") == QuotaAmount(reserved: 10))
    #expect(try await nova.liveReservations().count == 10)
    try await expectClean(nova.store)
  }

  @Test(arguments: TestStoreKind.all)
  func `The users of a project together stay within its limit`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let reserved = await successes(of: 32) { number in
      try await nova.reserve(
        ["cores": 1], limits: ["cores": 10], userLimits: ["cores": 4], user: "u\(number % 4)")
    }
    #expect(reserved == 10)
    let amounts = try await nova.quotaUsageGetAllByProject(.admin, projectID: "p").amounts
    #expect(amounts == ["cores": QuotaAmount(reserved: 10)])
  }

  @Test(arguments: TestStoreKind.all)
  func `Of a commit, a rollback and an expiry of the same reservation, one happens`(_ kind: TestStoreKind) async throws
  {
    let nova = try await kind.nova().at(noon)
    var uuids: [String] = []
    for _ in 0..<8 { uuids += try await nova.reserve(["cores": 1], expire: noon - 1) }
    let ended = await successes(of: 24) { [uuids] number in
      let one = [uuids[number % 8]]
      switch number / 8 {
      case 0: try await nova.reservationCommit(.admin, reservations: one)
      case 1: try await nova.reservationRollback(.admin, reservations: one)
      default: try await nova.reservationExpire(.admin)
      }
    }
    #expect(ended == 24)
    let amount = try #require(try await nova.amount(of: "cores"))
    #expect(amount.reserved == 0 && (0...8).contains(amount.inUse))
    #expect(try await nova.liveReservations().isEmpty)
    try await expectClean(nova.store)
  }

  @Test(arguments: TestStoreKind.all)
  func `Callers who reserve, commit and roll back leave what they use`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let done = await successes(of: 16) { number in
      let uuids = try await nova.reserve(["cores": 2, "fixed_ips": 1], user: "u\(number % 2)")
      if number % 4 == 0 {
        try await nova.reservationRollback(.admin, reservations: uuids)
      } else {
        try await nova.reservationCommit(.admin, reservations: uuids)
      }
    }
    #expect(done == 16)
    #expect(try await nova.amount(of: "cores") == QuotaAmount(inUse: 24))
    #expect(try await nova.amount(of: "fixed_ips") == QuotaAmount(inUse: 12))
  }
}
