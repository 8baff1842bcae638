// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct InstanceFiltersTests {
  @Test(arguments: TestStoreKind.all)
  func `An exact filter has a value, one of several, or none`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.write([
      Instance(1) { $0.host = "h1" }, Instance(2) { $0.host = "h2" }, Instance(3) { $0.instanceTypeID = 7 },
    ])
    #expect(try await nova.numbers { $0.host = .equals("h1") } == [1])
    #expect(try await nova.numbers { $0.host = .anyOf(["h1", "h2", "h3"]) } == [1, 2])
    #expect(try await nova.numbers { $0.host = .equals(nil) } == [3])
    #expect(try await nova.numbers { $0.host = .anyOf([]) } == [])
    #expect(try await nova.numbers { $0.host = .anyOf([nil, "h2"]) } == [2])
    #expect(try await nova.numbers { $0.instanceTypeID = .equals(7) } == [3])
    #expect(try await nova.numbers { $0.uuid = .anyOf([testUUID(1), testUUID(3)]) } == [1, 3])
    #expect(try await nova.numbers { $0.host = .equals("H1") } == [])
  }

  @Test(arguments: TestStoreKind.all)
  func `Deleted ones, and those that can be restored, are listed as the filters say`(_ kind: TestStoreKind) async throws
  {
    let nova = try await kind.nova()
    try await nova.write([
      Instance(1) { $0.vmState = "active" }, Instance(2), Instance(3) { $0.vmState = "soft-delete" },
      Instance(4) { $0.markDeleted() },
      Instance(5) {
        $0.vmState = "soft-delete"
        $0.markDeleted()
      },
    ])
    func listed(_ deleted: Bool?, _ softDeleted: Bool?) async throws -> [Int] {
      try await nova.numbers {
        $0.deleted = deleted
        $0.softDeleted = softDeleted
      }
    }
    #expect(try await listed(nil, nil) == [1, 2, 3, 4, 5])
    #expect(try await listed(nil, true) == [1, 2, 3, 4, 5])
    #expect(try await listed(true, nil) == [3, 4, 5])
    #expect(try await listed(true, true) == [3, 4, 5])
    #expect(try await listed(true, false) == [4, 5])
    #expect(try await listed(false, nil) == [1, 2])
    #expect(try await listed(false, true) == [1, 2, 3])
    #expect(try await nova.numbers(.admin.reading(.only)) { $0.deleted = false } == [1, 2])
  }

  @Test(arguments: TestStoreKind.all)
  func `Hidden and cleaned instances are told from others`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.write([
      Instance(1), Instance(2) { $0.hidden = true }, Instance(3) { $0.hidden = nil }, Instance(4) { $0.cleaned = 1 },
    ])
    #expect(try await nova.numbers() == [1, 3, 4])
    #expect(try await nova.numbers { $0.hidden = true } == [2])
    #expect(try await nova.numbers { $0.cleaned = true } == [4])
    #expect(try await nova.numbers { $0.cleaned = false } == [1, 3])
  }

  @Test(arguments: TestStoreKind.all)
  func `Changes since and before a time have the time itself among them`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.write([
      Instance(1) { $0.updatedAt = testTime(10) }, Instance(2) { $0.updatedAt = testTime(20) }, Instance(3),
    ])
    #expect(try await nova.numbers { $0.changesSince = testTime(10) } == [1, 2])
    #expect(try await nova.numbers { $0.changesSince = testTime(11) } == [2])
    #expect(try await nova.numbers { $0.changesBefore = testTime(10) } == [1])
    #expect(
      try await nova.numbers {
        $0.changesSince = testTime(11)
        $0.changesBefore = testTime(19)
      } == [])
  }

  @Test(arguments: TestStoreKind.all, [false, true])
  func `Tags are all there, some, not all, or none`(_ kind: TestStoreKind, _ isNarrow: Bool) async throws {
    let nova = try await kind.nova()
    try await nova.write([
      Instance(1), Instance(2), Instance(3), Instance(4) { $0.markDeleted() }, Tag(resourceID: testUUID(1), tag: "a"),
      Tag(resourceID: testUUID(1), tag: "b"), Tag(resourceID: testUUID(2), tag: "b"),
      Tag(resourceID: testUUID(4), tag: "a"), Tag(resourceID: testUUID(4), tag: "b"),
    ])
    func listed(_ filter: (inout InstanceFilters) -> Void) async throws -> [Int] {
      try await nova.numbers {
        if isNarrow { $0.projectID = .equals("p1") }
        filter(&$0)
      }
    }
    #expect(try await listed { $0.tags = ["a", "b"] } == [1])
    #expect(try await listed { $0.tags = ["b"] } == [1, 2])
    #expect(try await listed { $0.anyOfTags = ["a", "c"] } == [1])
    #expect(try await listed { $0.anyOfTags = [] } == [])
    #expect(try await listed { $0.notTags = ["a", "b"] } == [2, 3, 4])
    #expect(try await listed { $0.noneOfTags = ["a", "c"] } == [2, 3, 4])
    #expect(
      try await listed {
        $0.tags = ["b"]
        $0.noneOfTags = ["a"]
      } == [2])
  }

  @Test(arguments: TestStoreKind.all)
  func `Metadata have each key and each value, live ones for the user's`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    func metadata(_ instance: Int, _ key: String, _ value: String, deleted: Int = 0) -> InstanceMetadata {
      let row = InstanceMetadata()
      (row.instanceUUID, row.key, row.value, row.deleted) = (testUUID(instance), key, value, deleted)
      return row
    }
    let system = InstanceSystemMetadata(key: "k", instanceUUID: testUUID(3))
    system.deleted = 9
    try await nova.write([
      Instance(1), Instance(2), Instance(3), metadata(1, "k", "v"), metadata(1, "l", "w"),
      metadata(2, "k", "w", deleted: 1), metadata(3, "l", "v"), system,
    ])
    #expect(try await nova.numbers { $0.metadata = [["k": "w"]] } == [1])
    #expect(try await nova.numbers { $0.metadata = [["k": "v"], ["l": "v"]] } == [1])
    #expect(try await nova.numbers { $0.metadata = [["l": "v"]] } == [1, 3])
    #expect(try await nova.numbers { $0.systemMetadata = [["k": nil]] } == [3])
    #expect(try await nova.numbers { $0.metadataTags = [.keys(["k"]), .values(["v"])] } == [1, 3])
    #expect(try await nova.numbers { $0.metadataTags = [.entry("k", ["v", "x"])] } == [1])
    #expect(try await nova.numbers { $0.metadataTags = [.entry("k", ["w"])] } == [])
    #expect(try await nova.numbers(.admin.reading(.yes)) { $0.metadataTags = [.entry("k", ["w"])] } == [2])
  }

  @Test(arguments: TestStoreKind.all)
  func `A pattern is found in the text of a column of any type`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.write([
      Instance(1) { $0.displayName = "web-1" }, Instance(2) { $0.displayName = "Nonesuch\u{2665}" },
      Instance(3) {
        $0.memoryMB = 512
        $0.locked = true
      },
    ])
    func listed(_ column: String, _ pattern: String) async throws -> [Int] {
      try await nova.numbers { $0.patterns = [column: pattern] }
    }
    #expect(try await listed("display_name", "w.b-[0-9]") == [1])
    #expect(try await listed("display_name", "^eb") == [])
    #expect(try await listed("display_name", "\u{2665}$") == [2])
    #expect(try await listed("display_name", "^None") == [2, 3])
    #expect(try await listed("display_name", "") == [1, 2, 3])
    #expect(try await listed("memory_mb", "^51.$") == [3])
    #expect(try await listed("locked", "1") == [3])
    #expect(try await listed("created_at", "12:00:02") == [2])
    #expect(try await listed("no_column", "x") == [1, 2, 3])
    await expectError(.dbError) { _ = try await listed("display_name", "(") }
  }

  @Test(arguments: TestStoreKind.all)
  func `A user sees his project only, whatever he asks for`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.write([Instance(1), Instance(2) { $0.projectID = "p2" }])
    #expect(try await nova.numbers(.of("p2")) == [2])
    #expect(try await nova.numbers(.of("p2")) { $0.projectID = .equals("p1") } == [2])
    #expect(try await nova.numbers { $0.projectID = .equals("p1") } == [1])
    #expect(try await nova.instanceGetAll(.of("p2")).numbers == [2])
    await expectError(.forbidden) { _ = try await nova.numbers(NovaContext()) }
    await expectError(.forbidden) { _ = try await nova.instanceGetAll(NovaContext()) }
  }
}
