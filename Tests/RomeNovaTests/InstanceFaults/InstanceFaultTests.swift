// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import RomeTesting
import StoreTestSupport
import Testing

@Suite struct InstanceFaultTests {
  private func values(_ instance: Int, _ code: Int) -> NovaValues<InstanceFault> {
    NovaValues {
      $0.instanceUUID = testUUID(instance)
      $0.code = code
      $0.message = "message"
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `Each instance has its live faults, the newest first`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    for (instance, code) in [(1, 404), (2, 400), (1, 500)] {
      let fault = try await nova.instanceFaultCreate(.admin, values: values(instance, code))
      #expect(fault.code == code && fault.deleted == 0 && fault.createdAt != nil)
    }
    let deleted = InstanceFault(code: 501)
    (deleted.instanceUUID, deleted.deleted) = (testUUID(1), 4)
    try await nova.write([deleted])
    let uuids = (1...3).map { testUUID($0) }
    let all = try await nova.instanceFaultGetByInstanceUUIDs(.admin.reading(.yes), instanceUUIDs: uuids)
    #expect(all.mapValues { $0.map(\.code) } == [uuids[0]: [500, 404], uuids[1]: [400], uuids[2]: []])
    let latest = try await nova.instanceFaultGetByInstanceUUIDs(.admin, instanceUUIDs: uuids, latest: true)
    #expect(latest.mapValues { $0.map(\.code) } == [uuids[0]: [500], uuids[1]: [400], uuids[2]: []])
    #expect(try await nova.instanceFaultGetByInstanceUUIDs(.admin, instanceUUIDs: []).isEmpty)
  }

  @Test(arguments: TestStoreKind.all)
  func `The latest faults of many instances cost two queries, and no row but theirs`(_ kind: TestStoreKind) async throws
  {
    let (nova, store) = try await kind.countedNova()
    try await nova.write(
      (1...200).map { number in
        let fault = InstanceFault(code: number)
        fault.instanceUUID = testUUID(number % 20)
        return fault
      })
    _ = try await nova.instanceFaultGetByInstanceUUIDs(.admin, instanceUUIDs: [testUUID(0)])
    store.resetCounts()
    let uuids = (0..<20).map { testUUID($0) }
    let latest = try await nova.instanceFaultGetByInstanceUUIDs(.admin, instanceUUIDs: uuids, latest: true)
    #expect(latest.values.allSatisfy { $0.count == 1 && $0[0].code > 180 })
    #expect(store.counts.rows == 20 && store.counts.entries == 200 && store.counts.roundTrips == 2)
  }
}
