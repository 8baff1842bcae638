// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct InstanceExtraTests {
  @Test(arguments: TestStoreKind.all)
  func `The extra row shows the columns that were asked for`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let uuid = try await nova.newInstance().uuid
    let usual = try #require(try await nova.instanceExtraGetByInstanceUUID(.admin, instanceUUID: uuid))
    #expect(usual.unloadedColumns == ["device_metadata", "keypairs", "trusted_certs", "resources"])
    let some = try await nova.instanceExtraGetByInstanceUUID(.admin, instanceUUID: uuid, columns: [.keypairs])
    #expect(some?.unloadedColumns.count == 8 && some?.unloadedColumns.contains("keypairs") == false)
    #expect(try await nova.instanceExtraGetByInstanceUUID(.admin, instanceUUID: "x") == nil)
  }

  @Test(arguments: TestStoreKind.all)
  func `An update changes the extra row, or makes it`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let uuid = try await nova.newInstance().uuid
    let values = NovaValues<InstanceExtra> { $0.numaTopology = "changed" }
    #expect(try await nova.instanceExtraUpdateByUUID(.admin, instanceUUID: uuid, values: values) == 1)
    let changed = try #require(try await nova.instanceExtraGetByInstanceUUID(.admin, instanceUUID: uuid))
    #expect(changed.numaTopology == "changed" && changed.updatedAt != nil)
    let other = UUID().uuidString
    let counts = try await concurrently(8) { _ in
      try await nova.instanceExtraUpdateByUUID(.admin, instanceUUID: other, values: values)
    }
    #expect(counts == Array(repeating: 1, count: 8))
    let rows = try await nova.all(InstanceExtra.self).filter { $0.instanceUUID == other }
    #expect(rows.map(\.numaTopology) == ["changed"])
  }
}
