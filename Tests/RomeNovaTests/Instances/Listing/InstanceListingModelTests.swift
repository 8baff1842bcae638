// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import RomeTesting
import StoreTestSupport
import Testing

/// Listings of random instances by random filters, against what a few lines of Swift say.
@Suite struct InstanceListingModelTests {
  @Test(arguments: TestStoreKind.all, 1...6)
  func `Random pages are those of a simple model`(_ kind: TestStoreKind, _ seed: Int) async throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let nova = try await kind.nova()
    let model = (1...40).map { ModelInstance($0, &random) }
    try await nova.write(model.flatMap(\.rows))
    for step in 0..<25 {
      let listing = ModelListing(&random)
      let found = try await nova.instanceGetAllByFiltersSort(
        listing.context, filters: listing.filters, limit: listing.limit, marker: listing.marker.map { testUUID($0) },
        joins: [], sortKeys: listing.keys, sortDirections: listing.directions)
      #expect(found.numbers == listing.answer(of: model), "seed \(seed), step \(step): \(listing)")
    }
  }
}

/// An instance as the model has it.
private struct ModelInstance {
  let number: Int
  let project: String
  let host: String?
  let name: String?
  let state: String?
  let memory: Int?
  let created: Int
  let updated: Int?
  let isDeleted: Bool
  let isHidden: Bool
  let tags: Set<String>
  let metadata: [String: String]

  init(_ number: Int, _ random: inout SeededGenerator) {
    self.number = number
    project = random.one(of: ["p1", "p2"])
    host = random.one(of: ["h1", "h2", nil])
    name = random.one(of: ["web1", "web2", "db1", "None", nil])
    state = random.one(of: ["active", "soft-delete", "error", nil])
    memory = random.one(of: [256, 512, nil])
    created = Int.random(in: 0..<10, using: &random)
    updated = random.one(of: [1, 5, 9, nil])
    isDeleted = random.chance(0.3)
    isHidden = random.chance(0.1)
    tags = Set(["a", "b", "c"].filter { _ in random.chance(0.4) })
    metadata = random.one(of: [[:], ["k": "v"], ["k": "w", "l": "v"]])
  }

  var rows: [any Entity] {
    let instance = Instance(number) {
      ($0.projectID, $0.host, $0.displayName, $0.vmState, $0.memoryMB) = (project, host, name, state, memory)
      ($0.createdAt, $0.updatedAt, $0.hidden) = (testTime(created), updated.map { testTime($0) }, isHidden)
      if isDeleted { $0.markDeleted() }
    }
    let metadata = metadata.map { key, value in
      let row = InstanceMetadata()
      (row.instanceUUID, row.key, row.value) = (testUUID(number), key, value)
      return row
    }
    return [instance] + metadata + tags.map { Tag(resourceID: testUUID(number), tag: $0) }
  }
}

/// A listing, and which of its filters are set.
private struct ModelListing: CustomStringConvertible {
  private static let patterns: [(String, @Sendable (String) -> Bool)] = [
    ("web", { $0.contains("web") }), ("^db", { $0.hasPrefix("db") }), ("1$", { $0.hasSuffix("1") }),
    ("one", { $0.contains("one") }), ("[w]e.[12]", { $0 == "web1" || $0 == "web2" }),
  ]
  private static let columns = ["display_name", "memory_mb", "created_at", "updated_at", "vm_state", "id"]

  var filters = InstanceFilters()
  var keys: [String] = []
  var directions: [SortDirection] = []
  var limit: Int?
  var marker: Int?
  var isUser: Bool
  private var conditions: [(ModelInstance) -> Bool] = []

  var context: NovaContext { isUser ? .user("u", of: "p1") : .admin }
  var description: String {
    "\(filters), by \(keys) \(directions), \(limit ?? -1) behind \(marker ?? 0), user: \(isUser)"
  }

  init(_ random: inout SeededGenerator) {
    isUser = random.chance(0.5)
    if isUser { conditions.append { $0.project == "p1" } }
    for key in Self.columns.shuffled(using: &random).prefix(Int.random(in: 0...3, using: &random)) {
      keys.append(key)
      if directions.count == keys.count - 1, random.chance(0.8) {
        directions.append(random.one(of: [.ascending, .descending]))
      }
    }
    if random.chance(0.7) { limit = Int.random(in: 0...15, using: &random) }
    if random.chance(0.4) { marker = Int.random(in: 1...40, using: &random) }
    addLife(&random)
    addColumns(&random)
    addRelated(&random)
  }

  private mutating func addLife(_ random: inout SeededGenerator) {
    filters.deleted = random.one(of: [nil, true, false, false])
    filters.softDeleted = random.one(of: [nil, true, false])
    switch (filters.deleted, filters.softDeleted) {
    case (true?, false?): conditions.append(\.isDeleted)
    case (true?, _): conditions.append { $0.isDeleted || $0.state == "soft-delete" }
    case (false?, true?): conditions.append { !$0.isDeleted }
    case (false?, _): conditions.append { !$0.isDeleted && $0.state != "soft-delete" }
    case (nil, _): break
    }
    let hidden = random.chance(0.1)
    filters.hidden = hidden
    conditions.append { $0.isHidden == hidden }
    if random.chance(0.2) {
      filters.changesSince = testTime(5)
      conditions.append { $0.updated ?? 0 >= 5 }
    }
    if random.chance(0.1) {
      filters.changesBefore = testTime(5)
      conditions.append { $0.updated ?? 9 <= 5 }
    }
  }

  private mutating func addColumns(_ random: inout SeededGenerator) {
    if random.chance(0.3) {
      filters.host = .equals("h1")
      conditions.append { $0.host == "h1" }
    }
    if random.chance(0.2) {
      filters.vmState = .anyOf(["active", "error", nil])
      conditions.append { $0.state == "active" || $0.state == "error" }
    }
    if random.chance(0.1) {
      filters.uuid = .anyOf((1...20).map { testUUID($0) })
      conditions.append { $0.number <= 20 }
    }
    if random.chance(0.2) {
      let (pattern, holds) = random.one(of: Self.patterns)
      filters.patterns["display_name"] = pattern
      conditions.append { holds($0.name ?? "None") }
    }
    if random.chance(0.1) {
      filters.patterns["memory_mb"] = "5"
      conditions.append { $0.memory != nil }
    }
  }

  private mutating func addRelated(_ random: inout SeededGenerator) {
    if random.chance(0.2) {
      filters.tags = ["a", "b"]
      conditions.append { !$0.isDeleted && $0.tags.isSuperset(of: ["a", "b"]) }
    }
    if random.chance(0.2) {
      filters.anyOfTags = ["a", "c"]
      conditions.append { !$0.isDeleted && !$0.tags.isDisjoint(with: ["a", "c"]) }
    }
    if random.chance(0.2) {
      filters.notTags = ["a", "b"]
      conditions.append { $0.isDeleted || !$0.tags.isSuperset(of: ["a", "b"]) }
    }
    if random.chance(0.2) {
      filters.noneOfTags = ["b", "c"]
      conditions.append { $0.isDeleted || $0.tags.isDisjoint(with: ["b", "c"]) }
    }
    if random.chance(0.2) {
      filters.metadata = [["k": "v"]]
      conditions.append { $0.metadata.keys.contains("k") && $0.metadata.values.contains("v") }
    }
    if random.chance(0.1) {
      filters.metadataTags = [.keys(["l"]), .values(["v"]), .entry("k", ["v", "w"])]
      conditions.append { $0.metadata["l"] != nil || $0.metadata.values.contains("v") }
      conditions.append { $0.metadata["k"] != nil }
    }
  }

  /// The numbers that the listing has.
  func answer(of instances: [ModelInstance]) -> [Int] {
    let first = directions.first ?? .descending
    var order = keys.enumerated().map { ($1, $0 < directions.count ? directions[$0] : first) }
    for key in ["created_at", "id"] where !keys.contains(key) { order.append((key, first)) }
    func comes(_ left: ModelInstance, before right: ModelInstance) -> Bool {
      for (key, direction) in order {
        let (a, b) = (left.place(in: key), right.place(in: key))
        if a != b { return (a.lexicographicallyPrecedes(b)) == (direction == .ascending) }
      }
      return false
    }
    var rows = instances.sorted { comes($0, before: $1) }
    if let marker, let place = rows.firstIndex(where: { $0.number == marker }) { rows.removeFirst(place + 1) }
    rows.removeAll { row in !conditions.allSatisfy { $0(row) } }
    return rows.prefix(limit ?? .max).map(\.number)
  }
}

extension ModelInstance {
  /// The place of the instance in the order of a column: nothing before everything, texts by their bytes.
  func place(in column: String) -> [UInt8] {
    func text(_ text: String?) -> [UInt8] { text.map { [1] + Array($0.utf8) } ?? [] }
    func number(_ number: Int?) -> [UInt8] { number.map { [1, UInt8($0 / 256), UInt8($0 % 256)] } ?? [] }
    return switch column {
    case "display_name": text(name)
    case "vm_state": text(state)
    case "memory_mb": number(memory)
    case "created_at": number(created)
    case "updated_at": number(updated)
    default: number(self.number)
    }
  }
}

extension SeededGenerator {
  /// One of some values.
  fileprivate mutating func one<T>(of values: [T]) -> T {
    values[Int.random(in: values.indices, using: &self)]
  }
}
