// SPDX-License-Identifier: Apache-2.0

import RomeNova
import StoreTestSupport
import Testing

@Suite struct QuotaClassTests {
  @Test(arguments: TestStoreKind.all)
  func `The limits of a class come by resource`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    for name in ["default", "big"] {
      _ = try await nova.quotaClassCreate(.admin, className: name, resource: "cores", limit: 20)
      _ = try await nova.quotaClassCreate(.admin, className: name, resource: "ram", limit: -1)
    }
    try await nova.quotaClassUpdate(.admin, className: "big", resource: "cores", limit: 200)
    let big = try await nova.quotaClassGetAllByName(.admin, className: "big")
    #expect(big.owner == .quotaClass("big") && big.limits == ["cores": 200, "ram": -1])
    let standard = try await nova.quotaClassGetDefault(NovaContext())
    #expect(standard.owner == .quotaClass("default") && standard.limits == ["cores": 20, "ram": -1])
    #expect(standard["ram"] == -1 && standard["disk"] == nil)
    let one = try await nova.quotaClassGet(.admin, className: "big", resource: "cores")
    #expect(one.className == "big" && one.resource == "cores" && one.hardLimit == 200 && one.updatedAt != nil)
  }

  @Test(arguments: TestStoreKind.all)
  func `A class that is not there is neither found nor changed`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    #expect(try await nova.quotaClassGetAllByName(.admin, className: "x").limits.isEmpty)
    await expectError(.quotaClassNotFound, ["class_name": "x"]) {
      _ = try await nova.quotaClassGet(.admin, className: "x", resource: "cores")
    }
    await expectError(.quotaClassNotFound, ["class_name": "x"]) {
      try await nova.quotaClassUpdate(.admin, className: "x", resource: "cores", limit: 1)
    }
    await expectError(.forbidden) { _ = try await nova.quotaClassGetAllByName(NovaContext(), className: "x") }
  }
}
