// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import RomeTesting
import StoreTestSupport
import Testing

@Suite struct ReservationTests {
  private let noon = Date(timeIntervalSince1970: 1_456_833_600)

  @Test(arguments: TestStoreKind.all)
  func `A commit uses what was reserved`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let uuids = try await nova.reserve(["cores": 2, "fixed_ips": 3], counted: ["cores": 1])
    let other = try await nova.reserve(["cores": 4])
    try await nova.reservationCommit(.admin, reservations: uuids)
    #expect(try await nova.amount(of: "cores") == QuotaAmount(inUse: 3, reserved: 4))
    #expect(try await nova.amount(of: "fixed_ips") == QuotaAmount(inUse: 3))
    #expect(try await nova.liveReservations().map(\.uuid) == other)
  }

  @Test(arguments: TestStoreKind.all)
  func `A rollback frees what was reserved`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let uuids = try await nova.reserve(["cores": 2, "ram": -3], counted: ["cores": 1, "ram": 9])
    try await nova.reservationRollback(.admin, reservations: uuids)
    #expect(try await nova.amount(of: "cores") == QuotaAmount(inUse: 1))
    #expect(try await nova.amount(of: "ram") == QuotaAmount(inUse: 9))
    #expect(try await nova.liveReservations().isEmpty)
  }

  @Test(arguments: TestStoreKind.all)
  func `A reservation ends once`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova().at(noon)
    let uuids = try await nova.reserve(["cores": 2], expire: noon - 1)
    try await nova.reservationCommit(.admin, reservations: uuids)
    try await nova.reservationCommit(.admin, reservations: uuids)
    try await nova.reservationRollback(.admin, reservations: uuids)
    try await nova.reservationExpire(.admin)
    #expect(try await nova.amount(of: "cores") == QuotaAmount(inUse: 2))
  }

  @Test(arguments: TestStoreKind.all)
  func `Only reservations that have lapsed expire`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova().at(noon)
    try await nova.reserve(["cores": 1], expire: noon - 1, user: "u")
    try await nova.reserve(["cores": 2, "ram": -1], expire: noon - 1, user: "v")
    let left = try await nova.reserve(["cores": 4], expire: noon, user: "u") + nova.reserve(["cores": 8], user: "v")
    try await nova.reservationExpire(.admin)
    #expect(try await nova.amount(of: "cores") == QuotaAmount(reserved: 12))
    #expect(try await nova.amount(of: "ram") == QuotaAmount())
    #expect(try await nova.liveReservations().map(\.uuid) == left)
    try await expectClean(nova.store)
  }

  @Test(arguments: TestStoreKind.all)
  func `Those that have not lapsed, and those that have ended, are not read to expire the others`(
    _ kind: TestStoreKind
  ) async throws {
    let (counted, store) = try await kind.countedNova()
    let nova = counted.at(noon)
    for _ in 0..<20 {
      try await nova.reserve(["cores": 1], limits: ["cores": -1], expire: noon + 60)
      let ended = try await nova.reserve(["cores": 1], limits: ["cores": -1], expire: noon - 1)
      try await nova.reservationRollback(.admin, reservations: ended)
    }
    let lapsed = RomeSession(nova.store).query(Reservation.self).filter(Reservation.expire < noon)
    let plan = try await lapsed.explain()
    #expect(!plan.hasFullScan && plan.statistics.rowsRead == 0, "\(plan)")
    try await nova.reserve(["cores": 1], limits: ["cores": -1], expire: noon - 1)
    store.resetCounts()
    try await nova.reservationExpire(.admin)
    #expect(store.counts.rows <= 4, "\(store.counts)")
    #expect(try await nova.amount(of: "cores") == QuotaAmount(reserved: 20))
  }
}
