// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct ProviderFirewallRuleTests {
  @Test(arguments: TestStoreKind.all)
  func `The rules of the provider are listed until they are destroyed`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    for port in 1...3 {
      let rule = try await nova.providerFirewallRuleCreate(
        .admin,
        values: NovaValues {
          $0.protocol = "tcp"
          $0.fromPort = port
          $0.toPort = port
          $0.cidr = "192.168.0.7/24"
        })
      #expect(rule.cidr == "192.168.0.0/24" && rule.deleted == 0)
    }
    try await nova.providerFirewallRuleDestroy(.admin, id: 2)
    try await nova.providerFirewallRuleDestroy(.admin, id: 99)
    #expect(try await nova.providerFirewallRuleGetAll(.admin).map(\.fromPort) == [1, 3])
    #expect(try await nova.providerFirewallRuleGetAll(.admin.reading(.only)).map(\.deleted) == [2])
  }
}
