// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct InstanceTagTests {
  private func tags(_ nova: NovaDatabase, _ uuid: String) async throws -> [String] {
    try await nova.instanceTagGetByInstanceUUID(.of("p"), instanceUUID: uuid).map(\.tag)
  }

  @Test(arguments: TestStoreKind.all)
  func `A tag is added once`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let uuid = try await nova.newInstance().uuid
    for tag in ["b", "a", "b"] {
      let row = try await nova.instanceTagAdd(.of("p"), instanceUUID: uuid, tag: tag)
      #expect(row.resourceID == uuid && row.tag == tag)
    }
    #expect(try await tags(nova, uuid) == ["a", "b"])
    #expect(try await nova.instanceTagExists(.of("p"), instanceUUID: uuid, tag: "a"))
    #expect(try await !nova.instanceTagExists(.of("p"), instanceUUID: uuid, tag: "c"))
  }

  @Test(arguments: TestStoreKind.all)
  func `Tags are replaced and removed`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let uuid = try await nova.newInstance().uuid
    let other = try await nova.newInstance().uuid
    try await nova.instanceTagSet(.of("p"), instanceUUID: other, tags: ["a"])
    #expect(
      try await nova.instanceTagSet(.of("p"), instanceUUID: uuid, tags: ["b", "a", "b"]).map(\.tag) == ["a", "b"])
    #expect(try await nova.instanceTagSet(.of("p"), instanceUUID: uuid, tags: ["c", "b"]).map(\.tag) == ["b", "c"])
    try await nova.instanceTagDelete(.of("p"), instanceUUID: uuid, tag: "b")
    #expect(try await tags(nova, uuid) == ["c"])
    await expectError(.instanceTagNotFound, ["instance_id": .string(uuid), "tag": "b"]) {
      try await nova.instanceTagDelete(.of("p"), instanceUUID: uuid, tag: "b")
    }
    try await nova.instanceTagDeleteAll(.of("p"), instanceUUID: uuid)
    #expect(try await tags(nova, uuid) == [])
    #expect(try await tags(nova, other) == ["a"])
    #expect(try await nova.instanceTagSet(.of("p"), instanceUUID: other, tags: []).isEmpty)
    try await expectClean(nova.store)
  }

  @Test(arguments: TestStoreKind.all)
  func `Only live instances that the caller sees have tags`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let gone = try await nova.newInstance().uuid
    try await nova.instanceDestroy(.of("p"), uuid: gone)
    let live = try await nova.newInstance().uuid
    for (context, uuid) in [(NovaContext.of("p").reading(.yes), gone), (.of("q"), live), (.admin, "x")] {
      let fields: [String: NovaField] = ["instance_id": .string(uuid)]
      await expectError(.instanceNotFound, fields) {
        try await nova.instanceTagAdd(context, instanceUUID: uuid, tag: "a")
      }
      await expectError(.instanceNotFound, fields) {
        try await nova.instanceTagSet(context, instanceUUID: uuid, tags: [])
      }
      await expectError(.instanceNotFound, fields) {
        _ = try await nova.instanceTagGetByInstanceUUID(context, instanceUUID: uuid)
      }
      await expectError(.instanceNotFound, fields) {
        try await nova.instanceTagDelete(context, instanceUUID: uuid, tag: "a")
      }
      await expectError(.instanceNotFound, fields) { try await nova.instanceTagDeleteAll(context, instanceUUID: uuid) }
      await expectError(.instanceNotFound, fields) {
        _ = try await nova.instanceTagExists(context, instanceUUID: uuid, tag: "a")
      }
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `Many callers add the same tag, and all succeed`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let uuid = try await nova.newInstance().uuid
    let rows = try await concurrently(16) { _ in
      try await nova.instanceTagAdd(.of("p"), instanceUUID: uuid, tag: "a").tag
    }
    #expect(rows == Array(repeating: "a", count: 16))
    #expect(try await tags(nova, uuid) == ["a"])
  }

  @Test(arguments: TestStoreKind.all)
  func `Of many callers who set the tags, one has the last word`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let uuid = try await nova.newInstance().uuid
    let sets = try await concurrently(12) { number in
      try await nova.instanceTagSet(.of("p"), instanceUUID: uuid, tags: ["x", "a\(number)", "b\(number)"]).map(\.tag)
    }
    #expect(sets.contains(try await tags(nova, uuid)))
  }
}
