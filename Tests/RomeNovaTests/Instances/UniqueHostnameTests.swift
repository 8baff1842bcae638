// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct UniqueHostnameTests {
  private func nova(_ kind: TestStoreKind, _ scope: NovaOptions.UniqueNameScope) async throws -> NovaDatabase {
    var options = NovaOptions()
    options.uniqueServerNameScope = scope
    return try await kind.nova(options)
  }

  @Test(arguments: TestStoreKind.all)
  func `Host names may repeat unless the configuration says otherwise`(_ kind: TestStoreKind) async throws {
    let nova = try await nova(kind, .none)
    for _ in 0..<2 { _ = try await nova.newInstance { $0.hostname = "web" } }
    #expect(try await nova.all(Instance.self).count == 2)
  }

  @Test(arguments: TestStoreKind.all)
  func `A host name is unique in a project, whatever the case of its letters`(_ kind: TestStoreKind) async throws {
    let nova = try await nova(kind, .project)
    let first = try await nova.newInstance { $0.hostname = "Web" }
    let other = try await nova.newInstance { $0.hostname = "db" }
    _ = try await nova.newInstance(of: "q") { $0.hostname = "web" }
    await expectError(.instanceExists, ["name": "web"]) { _ = try await nova.newInstance { $0.hostname = "WEB" } }
    await expectError(.instanceExists, ["name": "web"]) {
      try await nova.instanceUpdate(.of("p"), uuid: other.uuid, changes: InstanceChanges { $0.hostname = "web" })
    }
    try await nova.instanceDestroy(.of("p"), uuid: first.uuid)
    _ = try await nova.newInstance { $0.hostname = "web" }
  }

  @Test(arguments: TestStoreKind.all)
  func `A host name is unique everywhere`(_ kind: TestStoreKind) async throws {
    let nova = try await nova(kind, .global)
    _ = try await nova.newInstance { $0.hostname = "web" }
    await expectError(.instanceExists) { _ = try await nova.newInstance(of: "q") { $0.hostname = "web" } }
  }

  @Test(arguments: TestStoreKind.all, [NovaOptions.UniqueNameScope.project, .global])
  func `Of many callers who want a host name, one gets it`(
    _ kind: TestStoreKind, _ scope: NovaOptions.UniqueNameScope
  ) async throws {
    let nova = try await nova(kind, scope)
    let renamed = try await nova.newInstance { $0.hostname = "other" }
    let errors = try await concurrently(12) { number in
      await failure { () async throws(NovaError) in
        if number == 0 {
          try await nova.instanceUpdate(.of("p"), uuid: renamed.uuid, changes: InstanceChanges { $0.hostname = "web" })
        } else {
          _ = try await nova.instanceCreate(
            .of("p"),
            values: NewInstance {
              $0.projectID = "p"
              $0.hostname = number.isMultiple(of: 2) ? "web" : "WEB"
            })
        }
      }
    }
    #expect(errors.count { $0 == nil } == 1)
    #expect(errors.compactMap { $0 }.allSatisfy { $0.code == .instanceExists })
    #expect(try await nova.all(Instance.self).count { $0.hostname?.lowercased() == "web" } == 1)
  }
}
