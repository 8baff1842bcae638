// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct FloatingIPQueryTests {
  @Test(arguments: TestStoreKind.all)
  func `Users see the addresses of their project`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let id = try await nova.addFloatingIP("1.1.1.1") { $0.projectID = "p" }
    try await nova.addFloatingIP("1.1.1.2") {
      $0.projectID = "p"; $0.autoAssigned = true
    }
    try await nova.addFloatingIP("1.1.1.3")
    #expect(try await nova.floatingIPGet(.of("p"), id: id).address == "1.1.1.1")
    await expectError(.floatingIPNotFound, ["id": .int(Int64(id))]) {
      _ = try await nova.floatingIPGet(.of("q"), id: id)
    }
    await expectError(.forbidden) { _ = try await nova.floatingIPGetByAddress(.of("q"), address: "1.1.1.1") }
    #expect(try await nova.floatingIPGetByAddress(.of("q"), address: "1.1.1.3").projectID == nil)
    #expect(try await nova.floatingIPGetAllByProject(.of("p"), projectID: "p").map(\.id) == [id])
    await expectError(.forbidden) { _ = try await nova.floatingIPGetAllByProject(.of("q"), projectID: "p") }
    await expectError(.floatingIPNotFoundForAddress, ["address": "1.1.1.9"]) {
      _ = try await nova.floatingIPGetByAddress(.admin, address: "1.1.1.9")
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `An address comes with the fixed one that it leads to, and where that matters with its instance`(
    _ kind: TestStoreKind
  ) async throws {
    let nova = try await kind.nova()
    let uuid = try await nova.addInstance()
    let target = try await nova.addFixedIP("10.0.0.1") { $0.instanceUUID = uuid }
    let id = try await nova.addFloatingIP("1.1.1.1") {
      $0.projectID = "p"; $0.fixedIpID = target; $0.host = "a"
    }
    let withInstance = [
      try await nova.floatingIPGet(.admin, id: id), try await nova.floatingIPGetByAddress(.admin, address: "1.1.1.1"),
      try #require(try await nova.floatingIPGetAllByProject(.admin, projectID: "p").first),
    ]
    for row in withInstance { #expect(row[FloatingIp.fixedIP]??[FixedIp.instance]??.uuid == uuid) }
    let withoutInstance =
      try await nova.floatingIPGetAll(.admin) + (try await nova.floatingIPGetAllByHost(.admin, host: "a"))
    for row in withoutInstance { #expect(row[FloatingIp.fixedIP]??.id == target) }
    #expect(withoutInstance.allSatisfy { $0[FloatingIp.fixedIP]??.related.isEmpty == true })
    let alone =
      try await nova.floatingIPGetByFixedAddress(.admin, fixedAddress: "10.0.0.1")
      + (try await nova.floatingIPGetByFixedIPID(.admin, fixedIPID: target))
    #expect(alone.map(\.id) == [id, id] && alone.allSatisfy { $0.related.isEmpty })
    await expectError(.floatingIPNotFoundForHost, ["host": "b"]) {
      _ = try await nova.floatingIPGetAllByHost(.admin, host: "b")
    }
    #expect(try await nova.floatingIPGetByFixedAddress(.admin, fixedAddress: "10.0.0.2").isEmpty)
  }
}
