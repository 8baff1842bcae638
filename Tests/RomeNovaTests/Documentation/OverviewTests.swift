// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import Testing

/// The code of the documentation.
@Suite struct OverviewTests {
  func describe(_ instance: NovaRow<Instance>) -> String {
    let cache = instance[Instance.infoCache] == nil ? "not loaded" : "loaded"
    let keys = instance[Instance.metadata]?.compactMap(\.key) ?? []
    return "\(instance.hostname ?? "-"): \(keys), the cache is \(cache)"
  }

  @Test func `A service is added, listed, and not found`() async throws {
    let store = MemoryStore()
    let nova = NovaDatabase(store)
    let service = try await nova.serviceCreate(
      .admin,
      values: NovaValues {
        $0.host = "compute1"
        $0.binary = "nova-compute"
        $0.topic = "compute"
      })
    let enabled = try await nova.serviceGetAll(.admin, disabled: false)
    print(enabled.map { "\($0.id ?? 0): \($0.binary ?? "-") on \($0.host ?? "-")" })
    #expect(enabled.map(\.columns) == [service.columns])

    let caller = NovaContext.user("u1", of: "p1")
    let everything = try await nova.serviceGetAll(.admin.reading(.yes))
    #expect(caller.isUserContext && everything.count == 1)

    do {
      _ = try await nova.serviceGet(.admin, id: 77)
    } catch {
      print(error.code == .serviceNotFound, error.isA(.notFound), error.fields["service_id"] ?? "none")
    }

    let (services, plans) = try await nova.explaining { nova in
      try await nova.serviceGetAllByHost(.admin, host: "compute1")
    }
    print(services.count, plans.map(\.hasFullScan))
    #expect(services.count == 1 && plans.map(\.hasFullScan) == [false])
  }

  @Test func `A row tells what was loaded with it`() {
    let row = Instance(entityState: EntityState(of: Instance.self))
    row.hostname = "web"
    var instance = NovaRow(row)
    #expect(describe(instance) == "web: [], the cache is not loaded")
    let entry = InstanceMetadata(entityState: EntityState(of: InstanceMetadata.self))
    entry.key = "role"
    instance[Instance.metadata] = [NovaRow(entry)]
    instance[Instance.infoCache] = .some(nil)
    #expect(describe(instance) == #"web: ["role"], the cache is loaded"#)
  }

  @Test func `A database for tests is emptied`() async throws {
    let tested = try await NovaDatabase(resettable: { _, _ in MemoryStore() })
    try await tested.reset()
    #expect(try await tested.serviceGetAll(.admin).isEmpty)
  }
}
