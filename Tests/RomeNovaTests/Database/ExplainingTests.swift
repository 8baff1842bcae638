// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct ExplainingTests {
  @Test(arguments: TestStoreKind.all)
  func `The plans of the calls are told beside their result, and of no others`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let values = NovaValues<Service> {
      $0.host = "compute1"
      $0.binary = "nova-compute"
      $0.topic = "compute"
    }
    _ = try await nova.serviceCreate(.admin, values: values)
    let (services, plans) = try await nova.explaining { explained in
      _ = try await nova.serviceGetAll(.admin)
      return try await explained.serviceGetAllByHost(.admin, host: "compute1")
    }
    #expect(services.count == 1)
    #expect(plans.count == 1 && plans.allSatisfy { $0.resultCount == 1 && !$0.hasFullScan }, "\(plans)")
  }
}
