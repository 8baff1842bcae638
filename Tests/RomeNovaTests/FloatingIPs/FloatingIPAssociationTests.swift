// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import RomeTesting
import StoreTestSupport
import Testing

@Suite struct FloatingIPAssociationTests {
  @Test(arguments: TestStoreKind.all)
  func `An address of the project leads to a fixed one until it is disassociated`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let network = try await nova.addNetwork()
    let target = try await nova.addFixedIP("10.0.0.1") { $0.networkID = network }
    let id = try await nova.addFloatingIP("1.1.1.1") { $0.projectID = "p" }
    for host in ["a", "b"] {
      let fixed = try await nova.floatingIPFixedIPAssociate(
        .of("p"), floatingAddress: "1.1.1.1", fixedAddress: "10.0.0.1", host: host)
      #expect(fixed.id == target && fixed[FixedIp.network]??.id == network)
      let floating = try await nova.floatingIPGet(.of("p"), id: id)
      #expect(floating.fixedIpID == target && floating.host == host && floating[FloatingIp.fixedIP]??.id == target)
    }
    let fixed = try #require(try await nova.floatingIPDisassociate(.of("p"), address: "1.1.1.1"))
    #expect(fixed.id == target && fixed[FixedIp.network]??.id == network)
    let free = try await nova.floatingIPGet(.of("p"), id: id)
    #expect(free.fixedIpID == nil && free.host == nil && free.projectID == "p")
    #expect(try await nova.floatingIPDisassociate(.of("p"), address: "1.1.1.1")?.id == nil)
  }

  @Test(arguments: TestStoreKind.all)
  func `An address of another project, or one that leads elsewhere, is refused`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.addFixedIP("10.0.0.1")
    try await nova.addFloatingIP("1.1.1.1") { $0.projectID = "q" }
    try await nova.addFloatingIP("1.1.1.2") {
      $0.projectID = "p"; $0.fixedIpID = 99
    }
    for address: NovaAddress in ["1.1.1.1", "1.1.1.2", "1.1.1.3"] {
      await expectError(.floatingIPAssociateFailed, ["address": .string(address.description)]) {
        _ = try await nova.floatingIPFixedIPAssociate(
          .of("p"), floatingAddress: address, fixedAddress: "10.0.0.1", host: "a")
      }
    }
    await expectError(.fixedIPNotFoundForAddress, ["address": "10.0.0.2"]) {
      _ = try await nova.floatingIPFixedIPAssociate(
        .of("p"), floatingAddress: "1.1.1.2", fixedAddress: "10.0.0.2", host: "a")
    }
    await expectError(.floatingIPNotFoundForAddress, ["address": "1.1.1.3"]) {
      _ = try await nova.floatingIPDisassociate(.of("p"), address: "1.1.1.3")
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `Of callers who let an address lead to different fixed ones, one succeeds`(_ kind: TestStoreKind) async throws {
    let (nova, store) = try await kind.countedNova()
    for number in 0..<8 { try await nova.addFixedIP(NovaAddress("10.0.0.\(number)")) }
    let id = try await nova.addFloatingIP("1.1.1.1") { $0.projectID = "p" }
    store.plan = .crowded
    let results = await outcomes(8) { caller in
      try await nova.floatingIPFixedIPAssociate(
        .of("p"), floatingAddress: "1.1.1.1", fixedAddress: NovaAddress("10.0.0.\(caller)"), host: "a"
      ).id
    }
    let winners = results.compactMap { try? $0.get() }
    #expect(winners.count == 1)
    #expect(try await nova.floatingIPGet(.admin, id: id).fixedIpID == winners.first ?? nil)
    for case .failure(let error) in results { #expect((error as? NovaError)?.code == .floatingIPAssociateFailed) }
  }
}
