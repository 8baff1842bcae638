// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct FlavorAccessTests {
  private func makeNova(_ kind: TestStoreKind) async throws -> NovaDatabase {
    let nova = try await kind.nova()
    for flavorID in ["f1", "f2"] { _ = try await nova.flavorCreate(.admin, flavor: .of(flavorID)) }
    return nova
  }

  @Test(arguments: TestStoreKind.all)
  func `Rights are given and taken by flavor and project`(_ kind: TestStoreKind) async throws {
    let nova = try await makeNova(kind)
    let access = try await nova.flavorAccessAdd(.admin, flavorID: "f1", projectID: "p1")
    #expect(access.instanceTypeID == 1 && access.projectID == "p1")
    _ = try await nova.flavorAccessAdd(.admin, flavorID: "f1", projectID: "p2")
    _ = try await nova.flavorAccessAdd(.admin, flavorID: "f2", projectID: "p1")
    try await nova.flavorAccessRemove(.admin, flavorID: "f1", projectID: "p1")
    #expect(try await nova.flavorAccessGetByFlavorID(.admin, flavorID: "f1").map(\.projectID) == ["p2"])
    #expect(try await nova.flavorAccessGetByFlavorID(.admin, flavorID: "f2").map(\.projectID) == ["p1"])
    #expect(try await nova.flavorAccessGetByFlavorID(.admin, flavorID: "none").isEmpty)
    _ = try await nova.flavorAccessAdd(.admin, flavorID: "f1", projectID: "p1")
  }

  @Test(arguments: TestStoreKind.all)
  func `A right that is there can't be given, and one that is not can't be taken`(_ kind: TestStoreKind) async throws {
    let nova = try await makeNova(kind)
    _ = try await nova.flavorAccessAdd(.admin, flavorID: "f1", projectID: "p1")
    await expectError(.flavorAccessExists, ["flavor_id": "f1", "project_id": "p1"]) {
      _ = try await nova.flavorAccessAdd(.admin, flavorID: "f1", projectID: "p1")
    }
    await expectError(.flavorAccessNotFound, ["flavor_id": "f1", "project_id": "p2"]) {
      try await nova.flavorAccessRemove(.admin, flavorID: "f1", projectID: "p2")
    }
    await expectError(.flavorNotFound, ["flavor_id": "none"]) {
      _ = try await nova.flavorAccessAdd(.admin, flavorID: "none", projectID: "p1")
    }
    await expectError(.flavorNotFound, ["flavor_id": "none"]) {
      try await nova.flavorAccessRemove(.admin, flavorID: "none", projectID: "p1")
    }
  }
}
