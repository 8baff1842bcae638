// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct ServiceChangesTests {
  private let noon = Date(timeIntervalSince1970: 1_456_833_600)

  @Test(arguments: TestStoreKind.all)
  func `A report count that grows sets the time at which the service was seen`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let id = try await nova.addService("compute1") { $0.reportCount = 4 }
    let service = try await nova.at(noon).serviceUpdate(.admin, id: id, values: NovaValues { $0.reportCount = 5 })
    #expect(service.reportCount == 5 && service.lastSeenUp == noon && service.updatedAt == noon)
  }

  @Test(arguments: TestStoreKind.all)
  func `A report count that does not grow is no sign of life`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let id = try await nova.addService("compute1") { $0.reportCount = 4 }
    let same = try await nova.at(noon).serviceUpdate(.admin, id: id, values: NovaValues { $0.reportCount = 4 })
    #expect(same.lastSeenUp == nil && same.updatedAt == nil)
    let forced = try await nova.at(noon).serviceUpdate(.admin, id: id, values: NovaValues { $0.forcedDown = true })
    #expect(forced.forcedDown == true && forced.lastSeenUp == nil && forced.updatedAt == noon)
  }

  @Test(arguments: TestStoreKind.all)
  func `A service that is not there can be neither changed nor removed`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let id = try await nova.addService("compute1")
    try await nova.serviceDestroy(.admin, id: id)
    for missing in [id, 100_500] {
      await expectError(.serviceNotFound, ["service_id": .int(Int64(missing))]) {
        _ = try await nova.serviceUpdate(.admin, id: missing, values: NovaValues { $0.topic = "t" })
      }
      await expectError(.serviceNotFound) { try await nova.serviceDestroy(.admin, id: missing) }
      await expectError(.serviceNotFound) { _ = try await nova.serviceGet(.admin, id: missing) }
    }
    #expect(try await nova.serviceGet(.admin.reading(.yes), id: id).deleted == id)
  }

  @Test(arguments: TestStoreKind.all)
  func `With a service go the compute nodes of its host, and those that refer to it`(_ kind: TestStoreKind) async throws
  {
    let nova = try await kind.nova()
    let id = try await nova.addService("compute1")
    try await nova.addNode("compute1", "a")
    try await nova.addNode(nil, "b") { $0.serviceID = id }
    let other = try await nova.addNode("compute2", "c")
    try await nova.serviceDestroy(.admin, id: id)
    #expect(try await nova.computeNodeGetAll(.admin).map(\.id) == [other])
    try await expectClean(nova.store)
  }

  @Test(arguments: TestStoreKind.all)
  func `In Train only nova-compute takes the compute nodes along`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let network = try await nova.addService("compute1", "nova-network")
    let second = try await nova.addService("compute2", "nova-network")
    try await nova.addNode("compute1", "a")
    try await nova.addNode("compute2", "b")
    try await nova.of(.train).serviceDestroy(.admin, id: network)
    try await nova.serviceDestroy(.admin, id: second)
    #expect(try await nova.computeNodeGetAll(.admin).map(\.hypervisorHostname) == ["a"])
  }

  @Test(arguments: TestStoreKind.all)
  func `Train disables new services of nova-compute only`(_ kind: TestStoreKind) async throws {
    var nova = try await kind.nova().of(.train)
    nova.options.enablesNewServices = false
    let compute = try await nova.serviceGet(.admin, id: try await nova.addService("compute1"))
    let scheduler = try await nova.serviceGet(.admin, id: try await nova.addService("control", "nova-scheduler"))
    #expect(compute.disabledReason == "New compute service disabled due to config option.")
    #expect(compute.disabled == true && scheduler.disabled == false)
  }
}
