// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import StoreTestSupport
import Testing

extension FlavorValues {
  /// A flavor whose name is its identifier with `name-` before it.
  static func of(
    _ flavorID: String, specs: [String: String?] = [:], _ assign: (inout NovaValues<InstanceTypes>) -> Void = { _ in }
  ) -> FlavorValues {
    FlavorValues(
      NovaValues {
        $0.flavorid = flavorID
        $0.name = "name-\(flavorID)"
        $0.memoryMB = 512
        $0.vcpus = 1
        $0.rootGB = 10
        assign(&$0)
      }, extraSpecs: specs)
  }
}

@Suite struct FlavorTests {
  @Test(arguments: TestStoreKind.all)
  func `A flavor is read as it was added, with its extra specs`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let flavor = try await nova.flavorCreate(
      .admin, flavor: .of("f1", specs: ["a": "1", "b": nil]), projects: ["p2", "p1", "p2"])
    #expect(flavor.id == 1 && flavor.isPublic == true && flavor.swap == 0 && flavor.extraSpecs == ["a": "1", "b": nil])
    for found in [
      try await nova.flavorGet(.admin, id: 1), try await nova.flavorGetByName(.admin, name: "name-f1"),
      try await nova.flavorGetByFlavorID(.admin, flavorID: "f1"),
    ] {
      #expect(found.row.columns == flavor.row.columns && found.extraSpecs == flavor.extraSpecs)
    }
    let access = try await nova.flavorAccessGetByFlavorID(.admin, flavorID: "f1")
    #expect(access.map(\.projectID) == ["p1", "p2"])
  }

  @Test(arguments: TestStoreKind.all)
  func `An identifier and a name are those of one live flavor`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    _ = try await nova.flavorCreate(.admin, flavor: .of("f1"))
    await expectError(.flavorIDExists, ["flavor_id": "f1"]) {
      _ = try await nova.flavorCreate(.admin, flavor: .of("f1", specs: ["a": "1"]) { $0.name = "other" })
    }
    await expectError(.flavorExists, ["name": "name-f1"]) {
      _ = try await nova.flavorCreate(.admin, flavor: .of("f2") { $0.name = "name-f1" })
    }
    try await nova.flavorDestroy(.admin, flavor: "f1")
    _ = try await nova.flavorCreate(.admin, flavor: .of("f1"))
    try await expectClean(nova.store)
  }

  @Test(arguments: TestStoreKind.all)
  func `Of many callers who add flavors of one name, or of one identifier, one gets it`(
    _ kind: TestStoreKind
  ) async throws {
    let nova = try await kind.nova()
    let results = try await concurrently(16) { number in
      let flavor =
        number % 2 == 0 ? FlavorValues.of("f1") { $0.name = "n\(number)" } : .of("f\(number + 1)") { $0.name = "one" }
      return await Result { () async throws(NovaError) in _ = try await nova.flavorCreate(.admin, flavor: flavor) }
    }
    for (parity, code) in [(0, NovaError.Code.flavorIDExists), (1, .flavorExists)] {
      let errors = results.enumerated().filter { $0.offset % 2 == parity }
        .compactMap { if case .failure(let error) = $0.element { error.code } else { nil } }
      #expect(errors.count == 7 && errors.allSatisfy { $0 == code })
    }
    #expect(try await nova.flavorGetAll(.admin).count == 2)
  }

  @Test(arguments: TestStoreKind.all)
  func `A user sees public flavors and those of his project`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    _ = try await nova.flavorCreate(.admin, flavor: .of("public"))
    _ = try await nova.flavorCreate(.admin, flavor: .of("own") { $0.isPublic = false }, projects: ["p"])
    for flavorID in ["public", "own"] {
      #expect(try await nova.flavorGetByFlavorID(.of("p"), flavorID: flavorID).flavorid == flavorID)
    }
    await expectError(.flavorNotFound, ["flavor_id": "own"]) {
      _ = try await nova.flavorGetByFlavorID(.of("q"), flavorID: "own")
    }
    await expectError(.flavorNotFound, ["flavor_id": 2]) { _ = try await nova.flavorGet(.of("q"), id: 2) }
    await expectError(.flavorNotFoundByName, ["flavor_name": "name-own"]) {
      _ = try await nova.flavorGetByName(.of("q"), name: "name-own")
    }
    await expectError(.forbidden) { _ = try await nova.flavorGet(NovaContext(), id: 1) }
  }

  @Test(arguments: TestStoreKind.all)
  func `The live flavor of an identifier comes before deleted ones`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    func newest(_ readDeleted: ReadDeleted?) async throws -> Int? {
      try await nova.flavorGetByFlavorID(.admin, flavorID: "f", readDeleted: readDeleted).id
    }
    _ = try await nova.flavorCreate(.admin, flavor: .of("f"))
    try await nova.flavorDestroy(.admin, flavor: "f")
    await expectError(.flavorNotFound) { _ = try await newest(nil) }
    #expect(try await newest(.yes) == 1)
    _ = try await nova.flavorCreate(.admin, flavor: .of("f"))
    #expect(try await newest(.yes) == 2)
    #expect(try await newest(.no) == 2)
    #expect(try await newest(.only) == 1)
  }

  @Test(arguments: TestStoreKind.all)
  func `With a flavor go its extra specs and the rights to use it`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    _ = try await nova.flavorCreate(.admin, flavor: .of("f", specs: ["a": "1"]), projects: ["p"])
    try await nova.flavorDestroy(.admin, flavor: "f")
    let flavor = try await nova.flavorGet(.admin.reading(.yes), id: 1)
    #expect(flavor.deleted == 1 && flavor.deletedAt != nil && flavor.updatedAt != nil && flavor.extraSpecs.isEmpty)
    #expect(try await nova.flavorAccessGetByFlavorID(.admin, flavorID: "f").isEmpty)
    await expectError(.flavorNotFound, ["flavor_id": "f"]) { try await nova.flavorDestroy(.admin, flavor: "f") }
  }

  @Test(arguments: TestStoreKind.all)
  func `Mitaka removes flavors by name`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova().of(.mitaka)
    _ = try await nova.flavorCreate(.admin, flavor: .of("f"))
    await expectError(.flavorNotFoundByName, ["flavor_name": "f"]) { try await nova.flavorDestroy(.admin, flavor: "f") }
    try await nova.flavorDestroy(.admin, flavor: "name-f")
    #expect(try await nova.flavorGetAll(.admin).isEmpty)
  }
}
