// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import RomeTesting
import StoreTestSupport
import Testing

@Suite struct InstanceUpdateTests {
  @Test(arguments: TestStoreKind.all)
  func `An update sets columns and the time, even when it changes nothing`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let uuid = try await nova.newInstance { $0.host = "h1" }.uuid
    let now = Date(timeIntervalSince1970: 1_456_833_600)
    let row = try await nova.at(now).instanceUpdate(
      .of("p"), uuid: uuid, changes: InstanceChanges { $0.host = "h1" })
    #expect(row.updatedAt == now && row[Instance.metadata] == nil)
    let given = Date(timeIntervalSince1970: 1)
    try await nova.instanceUpdate(.of("p"), uuid: uuid, changes: InstanceChanges { $0.updatedAt = given })
    #expect(try await nova.instanceGetByUUID(.of("p"), uuid: uuid).updatedAt == given)
    await expectError(.invalidUUID, ["uuid": "x"]) {
      try await nova.instanceUpdate(.of("p"), uuid: "x", changes: InstanceChanges())
    }
    await expectError(.instanceNotFound) {
      try await nova.instanceUpdate(.of("p"), uuid: UUID().uuidString, changes: InstanceChanges())
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `Metadata of an update replaces what there was`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let uuid = try await nova.newInstance(metadata: ["a": "1", "b": "2"], systemMetadata: ["s": "1", "t": "2"]).uuid
    var changes = InstanceChanges()
    changes.metadata = ["b": "3", "c": "4"]
    changes.systemMetadata = ["t": nil]
    let row = try await nova.instanceUpdate(.of("p"), uuid: uuid, changes: changes)
    #expect(row[Instance.metadata]?.map(\.key) == ["b", "c"] && row[Instance.metadata]?.map(\.value) == ["3", "4"])
    #expect(try await nova.instanceMetadataGet(.of("p"), instanceUUID: uuid) == ["b": "3", "c": "4"])
    #expect(try await nova.instanceSystemMetadataGet(.of("p"), instanceUUID: uuid) == ["t": nil])
    // The user's stays as deleted, Nova's own is gone.
    #expect(try await nova.all(InstanceMetadata.self).count { $0.isDeleted } == 1)
    #expect(try await nova.all(InstanceSystemMetadata.self).map(\.key) == ["t"])
    try await nova.instanceUpdate(.of("p"), uuid: uuid, changes: InstanceChanges { $0.host = "h" })
    #expect(try await nova.instanceMetadataGet(.of("p"), instanceUUID: uuid).count == 2)
    try await expectClean(nova.store)
  }

  @Test(arguments: TestStoreKind.all)
  func `The original is what the instance was`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let uuid = try await nova.newInstance(metadata: ["a": "1"]) { $0.vmState = "building" }.uuid
    var changes = InstanceChanges { $0.vmState = "active" }
    changes.metadata = ["b": "2"]
    let revision = try await nova.instanceUpdateAndGetOriginal(.of("p"), uuid: uuid, changes: changes)
    #expect(revision.original.vmState == "building" && revision.updated.vmState == "active")
    #expect(revision.original[Instance.metadata]?.map(\.key) == ["a"])
    #expect(revision.updated[Instance.metadata]?.map(\.key) == ["b"])
    #expect(revision.updated[Instance.infoCache]??.instanceUUID == uuid)
  }

  @Test(arguments: TestStoreKind.all)
  func `An update of an instance that is not as expected changes nothing`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let uuid = try await nova.newInstance { $0.host = "h1" }.uuid
    let changes = InstanceChanges { $0.host = "h2" }
    await expectError(
      .instanceUpdateConflict,
      ["instance_uuid": .string(uuid), "expected": ["host": ["h3", nil]], "actual": ["host": "h1"]]
    ) {
      try await nova.instanceUpdate(.of("p"), uuid: uuid, changes: changes, expected: .init { $0.host = ["h3", nil] })
    }
    await expectError(.unexpectedTaskStateError, ["expected": ["task_state": ["x"]], "actual": ["task_state": nil]]) {
      var changes = changes
      changes.expected.taskState = ["x"]
      _ = try await nova.instanceUpdateAndGetOriginal(.of("p"), uuid: uuid, changes: changes)
    }
    #expect(try await nova.instanceGetByUUID(.of("p"), uuid: uuid).host == "h1")
    let expected = NovaExpectedValues<Instance> {
      $0.host = ["h0", "h1"]
      $0.taskState = [nil]
    }
    let row = try await nova.instanceUpdate(
      .of("p"), uuid: uuid, changes: InstanceChanges { $0.taskState = "deleting" }, expected: expected)
    #expect(row.taskState == "deleting")
    await expectError(.unexpectedDeletingTaskStateError) {
      try await nova.instanceUpdate(.of("p"), uuid: uuid, changes: changes, expected: expected)
    }
    #expect(NovaError.Code.unexpectedDeletingTaskStateError.isA(.instanceUpdateConflict))
  }

  @Test(arguments: TestStoreKind.all)
  func `Of many callers who expect a state and change it, one succeeds`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let uuid = try await nova.newInstance().uuid
    let errors = try await concurrently(16) { number in
      await failure { () async throws(NovaError) in
        var changes = InstanceChanges { $0.taskState = "task\(number)" }
        changes.expected.taskState = [nil]
        try await nova.instanceUpdate(.of("p"), uuid: uuid, changes: changes)
      }
    }
    #expect(errors.count { $0 == nil } == 1)
    #expect(errors.compactMap { $0 }.allSatisfy { $0.code == .unexpectedTaskStateError }, "\(errors)")
    let winner = try #require(errors.firstIndex { $0 == nil })
    #expect(try await nova.instanceGetByUUID(.of("p"), uuid: uuid).taskState == "task\(winner)")
  }

  @Test(arguments: TestStoreKind.all)
  func `An update that never gets its turn says that the cause is unknown`(_ kind: TestStoreKind) async throws {
    let uuid = UUID().uuidString
    // All others read while the first one commits, and none of them may try again.
    let slow = FaultyStore(try await kind.make(), plan: FaultPlan { $0.kind == .commit ? .yield(100) : nil })
    _ = try await NovaDatabase(slow).newInstance { $0.uuid = uuid }
    let nova = NovaDatabase(slow, retry: RetryPolicy(maximumAttempts: 1))
    func errors(_ expected: NovaExpectedValues<Instance>) async throws -> [NovaError?] {
      try await concurrently(32) { number in
        await failure { () async throws(NovaError) in
          let changes = InstanceChanges { $0.host = "h\(number)" }
          try await nova.instanceUpdate(.of("p"), uuid: uuid, changes: changes, expected: expected)
        }
      }
    }
    let unknown = Set(try await errors(NovaExpectedValues { $0.taskState = [nil] }).map(\.?.code))
    #expect(unknown == [nil, .unknownInstanceUpdateConflict])
    #expect(Set(try await errors(NovaExpectedValues()).map(\.?.code)) == [nil, .dbDeadlock])
  }
}
