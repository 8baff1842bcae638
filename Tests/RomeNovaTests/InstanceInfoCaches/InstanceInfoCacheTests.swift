// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct InstanceInfoCacheTests {
  private let net = NovaValues<InstanceInfoCache> { $0.networkInfo = "net" }

  @Test(arguments: TestStoreKind.all)
  func `An info cache is read and changed`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let uuid = try await nova.newInstance().uuid
    let row = try await nova.instanceInfoCacheUpdate(.of("p"), instanceUUID: uuid, values: net)
    #expect(row.networkInfo == "net" && row.updatedAt != nil)
    #expect(try await nova.instanceInfoCacheGet(.of("p"), instanceUUID: uuid)?.columns == row.columns)
    #expect(try await nova.instanceInfoCacheGet(.of("p"), instanceUUID: "x") == nil)
  }

  @Test(arguments: TestStoreKind.all)
  func `A deleted info cache stays in the way`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let uuid = try await nova.newInstance().uuid
    try await nova.instanceInfoCacheDelete(.of("p"), instanceUUID: uuid)
    #expect(try await nova.instanceInfoCacheGet(.of("p"), instanceUUID: uuid) == nil)
    await expectError(.instanceInfoCacheNotFound, ["instance_uuid": .string(uuid)]) {
      try await nova.instanceInfoCacheUpdate(.of("p").reading(.yes), instanceUUID: uuid, values: net)
    }
    let row = try await nova.instanceInfoCacheUpdate(.of("p"), instanceUUID: uuid, values: net)
    #expect(row.networkInfo == "net" && row.id == nil)
    #expect(try await nova.all(InstanceInfoCache.self).map(\.isDeleted) == [true])
  }

  @Test(arguments: TestStoreKind.all)
  func `An info cache can't be given to an instance that has one`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let uuid = try await nova.newInstance().uuid
    let other = try await nova.newInstance().uuid
    let values = NovaValues<InstanceInfoCache> { $0.instanceUUID = other }
    #expect(try await nova.instanceInfoCacheUpdate(.of("p"), instanceUUID: uuid, values: values).instanceUUID == uuid)
    let free = UUID().uuidString
    let moved = NovaValues<InstanceInfoCache> { $0.instanceUUID = free }
    #expect(try await nova.instanceInfoCacheUpdate(.of("p"), instanceUUID: uuid, values: moved).instanceUUID == free)
    try await expectClean(nova.store)
  }

  @Test(arguments: TestStoreKind.all)
  func `Many callers update a missing info cache, and one is made`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let uuid = UUID().uuidString
    let ids = try await concurrently(16) { _ in
      try await nova.instanceInfoCacheUpdate(.of("p"), instanceUUID: uuid, values: net).id
    }
    #expect(Set(ids).count == 1 && ids[0] != nil)
    #expect(try await nova.all(InstanceInfoCache.self).count == 1)
  }
}
