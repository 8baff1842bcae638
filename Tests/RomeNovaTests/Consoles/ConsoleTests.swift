// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct ConsoleTests {
  private func pool(_ computeHost: String) -> NovaValues<ConsolePool> {
    NovaValues {
      $0.address = "192.168.2.10"
      $0.consoleType = "vnc"
      $0.host = "proxy"
      $0.computeHost = computeHost
    }
  }

  private func console(_ instance: String, pool: Int) -> NovaValues<Console> {
    NovaValues {
      $0.instanceUUID = instance
      $0.password = "secret"
      $0.port = 7878
      $0.poolID = pool
    }
  }

  /// Two pools, and a console of the instance i in each of them.
  private func fill(_ nova: NovaDatabase) async throws {
    for number in 1...2 {
      _ = try await nova.consolePoolCreate(.admin, values: pool("c\(number)"))
      _ = try await nova.consoleCreate(.admin, values: console("i", pool: number))
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `A pool is found by its hosts and type, with its consoles`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await fill(nova)
    let one = try await nova.consolePoolGetByHostType(.admin, computeHost: "c2", host: "proxy", consoleType: "vnc")
    #expect(one.id == 2 && one.address == "192.168.2.10" && one[ConsolePool.consoles]?.map(\.id) == [2])
    let all = try await nova.consolePoolGetAllByHostType(.admin, host: "proxy", consoleType: "vnc")
    #expect(all.map(\.id) == [1, 2] && all.map { $0[ConsolePool.consoles]?.count } == [1, 1])
    #expect(try await nova.consolePoolGetAllByHostType(.admin, host: "c1", consoleType: "vnc").isEmpty)
    await expectError(
      .consolePoolNotFoundForHostType, ["host": "proxy", "console_type": "xvp", "compute_host": "c1"]
    ) {
      _ = try await nova.consolePoolGetByHostType(.admin, computeHost: "c1", host: "proxy", consoleType: "xvp")
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `Of many callers who add the same pool, one does`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    #expect(await successes(of: 8) { _ in _ = try await nova.consolePoolCreate(.admin, values: self.pool("c")) } == 1)
    await expectError(.consolePoolExists, ["host": "proxy", "console_type": "vnc", "compute_host": "c"]) {
      _ = try await nova.consolePoolCreate(.admin, values: pool("c"))
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `A console comes with its pool`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await fill(nova)
    let byID = try await nova.consoleGet(.admin, id: 2)
    #expect(byID.port == 7878 && byID[Console.pool]??.computeHost == "c2")
    #expect(try await nova.consoleGet(.admin, id: 2, instanceUUID: "i").id == 2)
    let inPool = try await nova.consoleGetByPoolInstance(.admin, poolID: 1, instanceUUID: "i")
    #expect(inPool.id == 1 && inPool[Console.pool]??.computeHost == "c1")
  }

  @Test(arguments: TestStoreKind.all)
  func `The consoles of an instance come with their pools if they are asked for`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await fill(nova)
    let plain = try await nova.consoleGetAllByInstance(.admin, instanceUUID: "i")
    #expect(plain.map(\.id) == [1, 2] && plain.allSatisfy { $0.related.isEmpty })
    let joined = try await nova.consoleGetAllByInstance(.admin, instanceUUID: "i", loadingPools: true)
    #expect(joined.map { $0[Console.pool]??.computeHost } == ["c1", "c2"])
    #expect(try await nova.consoleGetAllByInstance(.admin, instanceUUID: "j").isEmpty)
  }

  @Test(arguments: TestStoreKind.all)
  func `A console that is not there says what was looked for`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await fill(nova)
    await expectError(.consoleNotFound, ["console_id": 9]) { _ = try await nova.consoleGet(.admin, id: 9) }
    await expectError(.consoleNotFoundForInstance, ["console_id": 1, "instance_uuid": "j"]) {
      _ = try await nova.consoleGet(.admin, id: 1, instanceUUID: "j")
    }
    await expectError(.consoleNotFoundInPoolForInstance, ["pool_id": 1, "instance_uuid": "j"]) {
      _ = try await nova.consoleGetByPoolInstance(.admin, poolID: 1, instanceUUID: "j")
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `A console is deleted for good`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await fill(nova)
    try await nova.consoleDelete(.admin, id: 1)
    try await nova.consoleDelete(.admin, id: 1)
    #expect(try await nova.consoleGetAllByInstance(.admin.reading(.yes), instanceUUID: "i").map(\.id) == [2])
    try await expectClean(nova.store)
  }
}
