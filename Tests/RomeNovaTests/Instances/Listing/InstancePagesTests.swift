// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct InstancePagesTests {
  @Test(arguments: TestStoreKind.all)
  func `Without keys the newest come first, and equal times by falling number`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.write([1, 2, 3].map { number in Instance(number) { $0.createdAt = testTime(number == 1 ? 9 : 5) } })
    let listed = try await nova.instanceGetAllByFiltersSort(.admin, filters: InstanceFilters())
    #expect(listed.numbers == [1, 3, 2])
    #expect(try await nova.instanceGetAllByFilters(.admin, filters: InstanceFilters()).numbers == [1, 3, 2])
  }

  @Test(arguments: TestStoreKind.all)
  func `Each key has its direction, and missing ones are that of the first`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.write(
      [(1, "b", 1), (2, "a", 1), (3, "a", 2), (4, nil, 1)].map { number, name, memory in
        Instance(number) { ($0.displayName, $0.memoryMB) = (name, memory) }
      })
    func listed(_ keys: [String], _ directions: [SortDirection]) async throws -> [Int] {
      try await nova.numbers(sortKeys: keys, sortDirections: directions)
    }
    #expect(try await listed(["display_name", "memory_mb"], [.ascending, .descending]) == [4, 3, 2, 1])
    #expect(try await listed(["display_name", "memory_mb"], [.ascending]) == [4, 2, 3, 1])
    #expect(try await listed(["display_name"], []) == [1, 3, 2, 4])
  }

  @Test(arguments: TestStoreKind.all)
  func `A page begins behind its marker, even a deleted one of another project`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.write(
      (1...5).map { number in
        Instance(number) {
          if number == 3 {
            $0.projectID = "p2"
            $0.markDeleted()
          }
        }
      })
    #expect(try await nova.numbers(.of("p1"), limit: 2) { $0.deleted = false } == [1, 2])
    #expect(try await nova.numbers(.of("p1"), limit: 2, marker: 2) { $0.deleted = false } == [4, 5])
    #expect(try await nova.numbers(.of("p1"), limit: 2, marker: 3) { $0.deleted = false } == [4, 5])
    #expect(try await nova.numbers(.of("p1"), marker: 5) == [])
    await expectError(.markerNotFound, ["marker": .string(testUUID(9))]) { _ = try await nova.numbers(marker: 9) }
  }

  @Test(arguments: TestStoreKind.all)
  func `Pages by a column with gaps make up the whole list`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.write(
      (1...7).map { number in Instance(number) { $0.displayName = number % 3 == 0 ? nil : "n\(number % 2)" } })
    for direction in [SortDirection.ascending, .descending] {
      let whole = try await nova.numbers(sortKeys: ["display_name"], sortDirections: [direction])
      var pages: [Int] = []
      while pages.count < 7 {
        pages += try await nova.numbers(
          limit: 2, marker: pages.last, sortKeys: ["display_name"], sortDirections: [direction])
      }
      #expect(pages == whole)
    }
  }

  @Test
  func `A limit of nothing is nothing, and keys and directions must fit`() async throws {
    let nova = try await TestStoreKind.memory.nova()
    try await nova.write([Instance(1)])
    #expect(try await nova.numbers(limit: 0, sortKeys: ["nonsense"]) == [])
    await expectError(.invalidSortKey) { _ = try await nova.numbers(sortKeys: ["nonsense"]) }
    await expectError(.invalidSortKey) { _ = try await nova.numbers(sortKeys: ["displayName"]) }
    await expectError(.invalidInput) {
      _ = try await nova.numbers(sortKeys: ["id"], sortDirections: [.ascending, .ascending])
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `A place in an order is found by values alone`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.write(
      [(1, "a", 256), (2, "b", 512), (3, "a", 512)].map { number, name, memory in
        Instance(number) { ($0.keyName, $0.memoryMB, $0.autoDiskConfig) = (name, memory, number > 1) }
      })
    func first(_ keys: [String], _ directions: [SortDirection], _ values: [NovaField]) async throws -> String? {
      try await nova.instanceGetBySortFilters(.admin, sortKeys: keys, sortDirections: directions, values: values)
    }
    #expect(try await first(["memory_mb"], [.ascending], [300]) == testUUID(2))
    #expect(try await first(["memory_mb", "key_name"], [.ascending, .descending], [512, "a"]) == testUUID(3))
    #expect(try await first(["memory_mb", "key_name"], [.ascending, .descending], [512, "z"]) == testUUID(2))
    #expect(try await first(["auto_disk_config", "id"], [.ascending, .ascending], [true, 2]) == testUUID(2))
    #expect(try await first(["auto_disk_config", "id"], [.descending, .descending], [true, 2]) == testUUID(2))
    #expect(try await first(["auto_disk_config", "id"], [.ascending, .ascending], [true, 4]) == nil)
    #expect(
      try await first(["created_at", "uuid"], [.ascending, .ascending], [.date(testTime(3)), ""]) == testUUID(3))
    await expectError(.invalidSortKey) { _ = try await first(["nonsense"], [.ascending], [1]) }
    await expectError(.dbError) { _ = try await first(["memory_mb"], [.ascending], ["much"]) }
  }
}
