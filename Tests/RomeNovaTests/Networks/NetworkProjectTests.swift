// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import RomeTesting
import StoreTestSupport
import Testing

@Suite struct NetworkProjectTests {
  @Test(arguments: TestStoreKind.all)
  func `A project keeps its network, unless another one is forced upon it`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let first = try await nova.addNetwork()
    let second = try await nova.addNetwork()
    let third = try await nova.addNetwork()
    #expect(try await nova.networkAssociate(.admin, projectID: "p").id == first)
    #expect(try await nova.networkAssociate(.admin, projectID: "p", networkID: second).id == first)
    #expect(try await nova.networkAssociate(.admin, projectID: "p", networkID: third, force: true).id == third)
    #expect(try await nova.projectGetNetworks(.admin, projectID: "p").map(\.id) == [first, third])
    await expectError(.noMoreNetworks) {
      _ = try await nova.networkAssociate(.admin, projectID: "q", networkID: first)
    }
    #expect(try await nova.projectGetNetworks(.admin, projectID: "q", associate: false).isEmpty)
    #expect(try await nova.projectGetNetworks(.admin, projectID: "q").map(\.projectID) == ["q"])
    await expectError(.noMoreNetworks) { _ = try await nova.projectGetNetworks(.admin, projectID: "r") }
  }

  @Test(arguments: TestStoreKind.all)
  func `Calls for one project at the same time give it one network`(_ kind: TestStoreKind) async throws {
    let (nova, store) = try await kind.countedNova()
    for _ in 0..<4 { _ = try await nova.addNetwork() }
    store.plan = .crowded
    let results = await outcomes(16) { _ in try await nova.networkAssociate(.admin, projectID: "p").id }
    #expect(try Set(results.map { try $0.get() }).count == 1)
    #expect(try await nova.projectGetNetworks(.admin, projectID: "p", associate: false).count == 1)
  }

  @Test(arguments: TestStoreKind.all)
  func `Projects at the same time get different networks`(_ kind: TestStoreKind) async throws {
    let (nova, store) = try await kind.countedNova()
    for _ in 0..<16 { _ = try await nova.addNetwork() }
    store.plan = .crowded
    let results = await outcomes(16) { caller in
      try await nova.networkAssociate(.admin, projectID: "p\(caller)").id
    }
    #expect(try Set(results.map { try $0.get() }).count == 16)
  }
}
