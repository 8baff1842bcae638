// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct CellTests {
  private func values(_ name: String) -> NovaValues<Cell> {
    NovaValues {
      $0.name = name
      $0.apiURL = "http://api"
      $0.transportURL = "rabbit://queue"
      $0.weightOffset = 0.5
      $0.isParent = true
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `A cell is found by its name`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    for name in ["b", "a"] { _ = try await nova.cellCreate(.admin, values: values(name)) }
    let cell = try await nova.cellGet(.admin, name: "b")
    #expect(cell.transportURL == "rabbit://queue" && cell.weightOffset == 0.5 && cell.weightScale == 1)
    #expect(try await nova.cellGetAll(.admin).map(\.name) == ["b", "a"])
    await expectError(.cellNotFound, ["cell_name": "c"]) { _ = try await nova.cellGet(.admin, name: "c") }
  }

  @Test(arguments: TestStoreKind.all)
  func `Of many callers who add the same cell, one does`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    #expect(await successes(of: 8) { _ in _ = try await nova.cellCreate(.admin, values: self.values("a")) } == 1)
    await expectError(.cellExists, ["name": "a"]) { _ = try await nova.cellCreate(.admin, values: values("a")) }
  }

  @Test(arguments: TestStoreKind.all)
  func `A change of a cell has a time, even when it changes nothing`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova().at(.init(timeIntervalSince1970: 1_456_833_600))
    _ = try await nova.cellCreate(.admin, values: values("a"))
    let same = try await nova.cellUpdate(.admin, name: "a", values: values("a"))
    #expect(same.updatedAt?.timeIntervalSince1970 == 1_456_833_600)
    let renamed = try await nova.cellUpdate(.admin, name: "a", values: NovaValues { $0.name = "b" })
    #expect(renamed.id == same.id && renamed.name == "b" && renamed.weightOffset == 0.5)
    await expectError(.cellNotFound, ["cell_name": "a"]) {
      _ = try await nova.cellUpdate(.admin, name: "a", values: NovaValues { $0.name = "c" })
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `A cell is deleted once`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    _ = try await nova.cellCreate(.admin, values: values("a"))
    #expect(try await nova.cellDelete(.admin, name: "a") == 1)
    #expect(try await nova.cellDelete(.admin, name: "a") == 0)
    #expect(try await nova.cellGetAll(.admin.reading(.yes)).isEmpty)
    #expect(try await nova.cellGet(.admin.reading(.yes), name: "a").deleted == 1)
    _ = try await nova.cellCreate(.admin, values: values("a"))
  }
}
