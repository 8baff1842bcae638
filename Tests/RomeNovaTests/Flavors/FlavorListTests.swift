// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct FlavorListTests {
  /// What the lists are compared with.
  private struct Sample {
    var id: Int
    var memory: Int
    var disk: Int
    var isDisabled: Bool
    var isPublic: Bool
    var projects: [String]
    var isDeleted: Bool
  }

  /// Flavors with every combination of properties; the larger the number, the smaller the identifier.
  private func makeNova(_ kind: TestStoreKind) async throws -> (NovaDatabase, [Sample]) {
    let nova = try await kind.nova()
    var samples: [Sample] = []
    for number in 0..<32 {
      let sample = Sample(
        id: number + 1, memory: number & 1 == 0 ? 256 : 1024, disk: number & 2 == 0 ? 10 : 40,
        isDisabled: number & 4 != 0, isPublic: number & 8 == 0, projects: number & 16 == 0 ? ["p"] : ["q"],
        isDeleted: number % 5 == 4)
      let flavor = FlavorValues.of("f\(99 - number)") {
        $0.memoryMB = sample.memory
        $0.rootGB = sample.disk
        $0.disabled = sample.isDisabled
        $0.isPublic = sample.isPublic
      }
      _ = try await nova.flavorCreate(.admin, flavor: flavor, projects: sample.projects)
      if sample.isDeleted { try await nova.flavorDestroy(.admin, flavor: "f\(99 - number)") }
      samples.append(sample)
    }
    return (nova, samples)
  }

  @Test(arguments: TestStoreKind.all)
  func `Every combination of filters, callers and deletion finds what it describes`(_ kind: TestStoreKind) async throws
  {
    let (nova, samples) = try await makeNova(kind)
    var elevated = NovaContext.of("p")
    elevated.isAdmin = true
    for context in [NovaContext.admin, elevated, .of("p"), .of("z")] {
      for choice in 0..<(2 * 2 * 2 * 3 * 3) {
        var filters = FlavorFilters()
        if choice & 1 != 0 { filters.minMemoryMB = 512 }
        if choice & 2 != 0 { filters.minRootGB = 40 }
        let inactive = choice & 4 != 0
        filters.disabled = [nil, true, false][choice / 8 % 3]
        filters.isPublic = [nil, true, false][choice / 24]
        let expected = samples.filter { sample in
          // The rights to use a flavor go with it.
          let isOwn = !sample.isDeleted && sample.projects.contains(context.projectID ?? "")
          let passesPublic =
            filters.isPublic.map { sample.isPublic == $0 || ($0 && context.projectID != nil && isOwn) } ?? true
          return (inactive || !sample.isDeleted) && (context.isAdmin || sample.isPublic || isOwn)
            && sample.memory >= filters.minMemoryMB ?? 0 && sample.disk >= filters.minRootGB ?? 0
            && filters.disabled ?? sample.isDisabled == sample.isDisabled && passesPublic
        }
        let found = try await nova.flavorGetAll(context, inactive: inactive, filters: filters)
        #expect(found.map(\.id) == expected.map(\.id).reversed(), "\(context.projectID ?? "-") \(filters) \(inactive)")
      }
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `Pages of every order fit together`(_ kind: TestStoreKind) async throws {
    let (nova, samples) = try await makeNova(kind)
    let live = samples.filter { !$0.isDeleted }
    let keys: [(String, (Sample) -> Int)] = [
      ("id", { $0.id }), ("flavorid", { -$0.id }), ("memory_mb", { $0.memory }), ("root_gb", { $0.disk }),
      ("disabled", { $0.isDisabled ? 1 : 0 }),
    ]
    for (key, value) in keys {
      let ascending = live.sorted { (value($0), $0.id) < (value($1), $1.id) }.map(\.id)
      for direction in [SortDirection.ascending, .descending] {
        var marker: String?
        var found: [Int?] = []
        repeat {
          let page = try await nova.flavorGetAll(
            .admin, sortKey: key, sortDirection: direction, limit: 7, marker: marker)
          found += page.map(\.id)
          marker = page.last?.flavorid
        } while marker != nil
        #expect(found == (direction == .ascending ? ascending : ascending.reversed()), "\(key) \(direction)")
      }
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `A marker that the caller does not see, and a column that there is not, are refused`(
    _ kind: TestStoreKind
  ) async throws {
    let nova = try await kind.nova()
    _ = try await nova.flavorCreate(.admin, flavor: .of("hidden") { $0.isPublic = false })
    await expectError(.markerNotFound, ["marker": "none"]) {
      _ = try await nova.flavorGetAll(.admin, marker: "none")
    }
    await expectError(.markerNotFound) { _ = try await nova.flavorGetAll(.of("p"), marker: "hidden") }
    await expectError(.invalidSortKey) { _ = try await nova.flavorGetAll(.admin, sortKey: "price") }
    await expectError(.forbidden) { _ = try await nova.flavorGetAll(NovaContext()) }
    #expect(try await nova.flavorGetAll(.admin, limit: 0).isEmpty)
  }

  @Test(arguments: TestStoreKind.all)
  func `A list costs one query for the flavors and one for their extra specs, however many there are`(
    _ kind: TestStoreKind
  ) async throws {
    let nova = try await kind.nova()
    for number in 10..<40 {
      _ = try await nova.flavorCreate(.admin, flavor: .of("f\(number)", specs: ["a": "\(number)"]))
    }
    let (flavors, plans) = try await nova.explaining { nova in try await nova.flavorGetAll(.of("p"), limit: 5) }
    #expect(flavors.map(\.extraSpecs) == (10..<15).map { ["a": "\($0)"] })
    #expect(plans.count == 2 && plans.last?.statistics.rowsRead == 5, "\(plans)")
  }
}
