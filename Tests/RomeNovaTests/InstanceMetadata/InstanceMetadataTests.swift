// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct InstanceMetadataTests {
  @Test(arguments: TestStoreKind.all)
  func `The metadata of a user is set, read and deleted by key`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let uuid = try await nova.newInstance(metadata: ["a": "1", "b": "2"]).uuid
    _ = try await nova.newInstance(metadata: ["a": "9"])
    let context = NovaContext.of("p").reading(.yes)
    let changes: [String: String?] = ["b": "3", "c": nil]
    #expect(
      try await nova.instanceMetadataUpdate(context, instanceUUID: uuid, metadata: changes, delete: false) == changes)
    #expect(try await nova.instanceMetadataGet(context, instanceUUID: uuid) == ["a": "1", "b": "3", "c": nil])
    try await nova.instanceMetadataDelete(context, instanceUUID: uuid, key: "a")
    #expect(try await nova.instanceMetadataGet(context, instanceUUID: uuid) == ["b": "3", "c": nil])
    try await nova.instanceMetadataUpdate(context, instanceUUID: uuid, metadata: ["d": "4"], delete: true)
    #expect(try await nova.instanceMetadataGet(context, instanceUUID: uuid) == ["d": "4"])
    try await nova.instanceMetadataUpdate(context, instanceUUID: uuid, metadata: [:], delete: true)
    #expect(try await nova.instanceMetadataGet(context, instanceUUID: uuid).isEmpty)
    // Nothing is deleted for good, and no key comes back by being set again.
    #expect(try await nova.all(InstanceMetadata.self).count { $0.instanceUUID == uuid && $0.isDeleted } == 4)
    try await expectClean(nova.store)
  }

  @Test(arguments: TestStoreKind.all)
  func `The metadata of Nova is seen as the context says`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let uuid = try await nova.newInstance(systemMetadata: ["a": "1", "b": "2"]).uuid
    let context = NovaContext.of("p")
    try await nova.instanceSystemMetadataUpdate(context, instanceUUID: uuid, metadata: ["b": "3"], delete: true)
    #expect(try await nova.instanceSystemMetadataGet(context, instanceUUID: uuid) == ["b": "3"])
    #expect(
      try await nova.instanceSystemMetadataGet(context.reading(.yes), instanceUUID: uuid) == ["a": "1", "b": "3"])
    #expect(try await nova.instanceSystemMetadataGet(context.reading(.only), instanceUUID: uuid) == ["a": "1"])
  }

  @Test(arguments: TestStoreKind.all)
  func `Callers who set a new key at the same time leave one row of it`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let uuid = try await nova.newInstance().uuid
    _ = try await concurrently(12) { number in
      try await nova.instanceMetadataUpdate(
        .of("p"), instanceUUID: uuid, metadata: ["a": "\(number)"], delete: false)
    }
    #expect(try await nova.all(InstanceMetadata.self).count == 1)
  }
}
