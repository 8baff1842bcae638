// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import RomeTesting
import StoreTestSupport
import Testing

@Suite struct FlavorExtraSpecsTests {
  private func makeNova(_ kind: TestStoreKind) async throws -> NovaDatabase {
    let nova = try await kind.nova()
    _ = try await nova.flavorCreate(.admin, flavor: .of("f1", specs: ["a": "1", "b": "2"]))
    return nova
  }

  @Test(arguments: TestStoreKind.all)
  func `Keys are set, the others stay`(_ kind: TestStoreKind) async throws {
    let nova = try await makeNova(kind)
    let set = try await nova.flavorExtraSpecsUpdateOrCreate(.admin, flavorID: "f1", specs: ["b": "3", "c": nil])
    #expect(set == ["b": "3", "c": nil])
    #expect(try await nova.flavorExtraSpecsGet(.admin, flavorID: "f1") == ["a": "1", "b": "3", "c": nil])
    #expect(try await nova.flavorExtraSpecsGet(.admin, flavorID: "none") == [:])
  }

  @Test(arguments: TestStoreKind.all)
  func `A key is removed, and can come back`(_ kind: TestStoreKind) async throws {
    let nova = try await makeNova(kind)
    try await nova.flavorExtraSpecsDelete(.admin, flavorID: "f1", key: "a")
    #expect(try await nova.flavorExtraSpecsGet(.admin, flavorID: "f1") == ["b": "2"])
    for (flavorID, key) in [("f1", "a"), ("none", "b")] {
      await expectError(
        .flavorExtraSpecsNotFound, ["extra_specs_key": .string(key), "flavor_id": .string(flavorID)]
      ) {
        try await nova.flavorExtraSpecsDelete(.admin, flavorID: flavorID, key: key)
      }
    }
    try await nova.flavorExtraSpecsUpdateOrCreate(.admin, flavorID: "f1", specs: ["a": "4"])
    #expect(try await nova.flavorGet(.admin, id: 1).extraSpecs == ["a": "4", "b": "2"])
  }

  @Test(arguments: TestStoreKind.all)
  func `Only a flavor that is there has extra specs`(_ kind: TestStoreKind) async throws {
    let nova = try await makeNova(kind)
    await expectError(.flavorNotFound, ["flavor_id": "none"]) {
      try await nova.flavorExtraSpecsUpdateOrCreate(.admin, flavorID: "none", specs: ["a": "1"])
    }
    await expectError(.forbidden) { _ = try await nova.flavorExtraSpecsGet(NovaContext(), flavorID: "f1") }
  }

  @Test(arguments: TestStoreKind.all)
  func `A key that many callers add at the same time is there once`(_ kind: TestStoreKind) async throws {
    let nova = try await makeNova(kind)
    _ = try await concurrently(16) { number in
      try await nova.flavorExtraSpecsUpdateOrCreate(
        .admin, flavorID: "f1", specs: ["new": "\(number)", "k\(number)": "1"])
    }
    let rows = try await RomeSession(nova.store).query(InstanceTypeExtraSpecs.self).all()
    #expect(rows.count == 2 + 1 + 16 && Set(rows.map(\.key)).count == rows.count)
  }

  @Test(arguments: TestStoreKind.all)
  func `Of callers who try but once, those fail who were not first, and are told so`(
    _ kind: TestStoreKind
  ) async throws {
    let (nova, store) = try await kind.countedNova()
    _ = try await nova.flavorCreate(.admin, flavor: .of("f1"))
    store.plan = FaultPlan { _ in .yield(8) }
    let results = try await concurrently(16) { number in
      await Result { () async throws(NovaError) in
        try await nova.flavorExtraSpecsUpdateOrCreate(
          .admin, flavorID: "f1", specs: ["a": "\(number)"], maxRetries: 1)
      }
    }
    let errors = results.compactMap { if case .failure(let error) = $0 { error } else { nil } }
    let expected = NovaError(.flavorExtraSpecUpdateCreateFailed, ["id": "f1", "retries": 1])
    #expect(errors.count < 16 && errors.allSatisfy { $0 == expected }, "\(errors)")
    #expect(try await RomeSession(store).query(InstanceTypeExtraSpecs.self).count() == 1)
  }
}
