// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct ServiceCreateTests {
  private func values(
    host: String = "compute1", binary: String = "nova-compute", topic: String = "compute"
  )
    -> NovaValues<Service>
  {
    NovaValues {
      $0.host = host
      $0.binary = binary
      $0.topic = topic
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `A service gets a number, the defaults of its columns, and the time`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova().at(.init(timeIntervalSince1970: 1_456_833_600))
    let service = try await nova.serviceCreate(.admin, values: values())
    #expect(service.id == 1 && service.host == "compute1" && service.reportCount == 0 && service.disabled == false)
    #expect(service.createdAt?.timeIntervalSince1970 == 1_456_833_600 && service.updatedAt == nil)
    #expect(service.deleted == 0 && service.deletedAt == nil)
    #expect(try await nova.serviceGet(.admin, id: 1).columns == service.columns)
  }

  @Test(arguments: TestStoreKind.all)
  func `A new service is disabled where the configuration says so`(_ kind: TestStoreKind) async throws {
    var options = NovaOptions()
    options.enablesNewServices = false
    let service = try await kind.nova(options).serviceCreate(.admin, values: values())
    #expect(service.disabled == true && service.disabledReason == "New service disabled due to config option.")
  }

  @Test(arguments: TestStoreKind.all)
  func `A host has one live service of a binary and of a topic`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let first = try await nova.serviceCreate(.admin, values: values())
    await expectError(.serviceBinaryExists, ["host": "compute1", "binary": "nova-compute"]) {
      _ = try await nova.serviceCreate(.admin, values: values(topic: "other"))
    }
    await expectError(.serviceTopicExists, ["host": "compute1", "topic": "compute"]) {
      _ = try await nova.serviceCreate(.admin, values: values(binary: "other"))
    }
    try await nova.serviceDestroy(.admin, id: #require(first.id))
    _ = try await nova.serviceCreate(.admin, values: values())
    try await expectClean(nova.store)
  }

  @Test(arguments: TestStoreKind.all)
  func `Of many callers who add the same service, one gets it`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let created = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<16 {
        group.addTask { (try? await nova.serviceCreate(.admin, values: self.values())) != nil }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(created == 1)
    #expect(try await nova.serviceGetAll(.admin).count == 1)
  }
}
