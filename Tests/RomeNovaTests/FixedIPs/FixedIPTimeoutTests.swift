// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import RomeTesting
import StoreTestSupport
import Testing

@Suite struct FixedIPTimeoutTests {
  private let now = Date(timeIntervalSince1970: 1_456_833_600)

  /// A database with an address that was changed a minute ago, of an instance on one host in a network on another one.
  private func nova(_ kind: TestStoreKind, multiHost: Bool, allocated: Bool = false) async throws -> NovaDatabase {
    let nova = try await kind.nova().at(now)
    let network = try await nova.addNetwork {
      $0.multiHost = multiHost; $0.host = "network-host"
    }
    let uuid = try await nova.addInstance(host: "instance-host")
    try await nova.addFixedIP("10.0.0.1") {
      $0.networkID = network
      $0.instanceUUID = uuid
      $0.allocated = allocated
      $0.leased = true
      $0.updatedAt = now - 60
    }
    return nova
  }

  @Test(arguments: TestStoreKind.all, [false, true])
  func `The host of the network frees the address, or that of the instance where each host runs the network`(
    _ kind: TestStoreKind, _ multiHost: Bool
  ) async throws {
    let nova = try await nova(kind, multiHost: multiHost)
    // Where each host runs the network it still is the network's host too, if it has one.
    let atInstance = try await nova.fixedIPDisassociateAllByTimeout(.admin, host: "instance-host", time: now - 30)
    #expect(atInstance == (multiHost ? 1 : 0))
    let atNetwork = try await nova.fixedIPDisassociateAllByTimeout(.admin, host: "network-host", time: now - 30)
    #expect(atNetwork == (multiHost ? 0 : 1))
    let address = try await nova.fixedIPGetByAddress(.admin, address: "10.0.0.1")
    #expect(address.instanceUUID == nil && address.leased == false && address.updatedAt == now)
    try await expectClean(nova.store)
  }

  @Test(arguments: TestStoreKind.all)
  func `An address that is in use, or was changed since, stays`(_ kind: TestStoreKind) async throws {
    let used = try await nova(kind, multiHost: false, allocated: true)
    #expect(try await used.fixedIPDisassociateAllByTimeout(.admin, host: "network-host", time: now) == 0)
    let fresh = try await nova(kind, multiHost: false)
    #expect(try await fresh.fixedIPDisassociateAllByTimeout(.admin, host: "network-host", time: now - 60) == 0)
    #expect(try await fresh.fixedIPGetByAddress(.admin, address: "10.0.0.1").leased == true)
  }

  @Test(arguments: TestStoreKind.all)
  func `Free addresses are not looked at`(_ kind: TestStoreKind) async throws {
    let (nova, store) = try await kind.countedNova()
    try await nova.fill(try await nova.addNetwork { $0.host = "host" }, 512)
    _ = try await nova.fixedIPDisassociateAllByTimeout(.admin, host: "host", time: now)
    store.resetCounts()
    #expect(try await nova.fixedIPDisassociateAllByTimeout(.admin, host: "host", time: Date()) == 0)
    #expect(store.counts.entries == 0 && store.counts.rows == 0)
  }
}
