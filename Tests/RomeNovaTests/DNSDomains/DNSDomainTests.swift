// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import RomeTesting
import StoreTestSupport
import Testing

@Suite struct DNSDomainTests {
  @Test(arguments: TestStoreKind.all)
  func `A domain is added where it is not there, else it is taken over`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.dnsDomainRegisterForZone(.admin, domain: "b.org", zone: "zone")
    try await nova.dnsDomainRegisterForProject(.admin, domain: "a.org", projectID: "p")
    let zone = try #require(try await nova.dnsDomainGet(.admin, domain: "b.org"))
    #expect(zone.scope == "private" && zone.availabilityZone == "zone" && zone.projectID == nil && !zone.isDeleted)
    try await nova.dnsDomainRegisterForProject(.admin, domain: "b.org", projectID: "q")
    let project = try #require(try await nova.dnsDomainGet(.admin, domain: "b.org"))
    #expect(project.scope == "public" && project.availabilityZone == "zone" && project.projectID == "q")
    #expect(try await nova.dnsDomainGetAll(.admin).map(\.domain) == ["a.org", "b.org"])
    try await nova.dnsDomainUnregister(.admin, domain: "b.org")
    #expect(try await nova.dnsDomainGet(.admin.reading(.yes), domain: "b.org")?.domain == nil)
    await expectError(.forbidden) { _ = try await nova.dnsDomainGet(NovaContext(), domain: "a.org") }
  }

  @Test(arguments: TestStoreKind.all)
  func `Callers who register a new domain at the same time all succeed`(_ kind: TestStoreKind) async throws {
    let (nova, store) = try await kind.countedNova()
    store.plan = .crowded
    let results = await outcomes(8) { caller in
      try await nova.dnsDomainRegisterForProject(.admin, domain: "a.org", projectID: "p\(caller)")
    }
    for result in results { try result.get() }
    #expect(try await nova.dnsDomainGetAll(.admin).count == 1)
  }
}
