// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct ActionTests {
  private let time = Date(timeIntervalSince1970: 1_456_833_600)

  @discardableResult
  private func start(
    _ nova: NovaDatabase, _ action: String = "reboot", instance: String = "i", request: String = "req-1",
    created: Date? = nil, updated: Date? = nil
  ) async throws -> NovaRow<InstanceAction> {
    try await nova.actionStart(
      .admin,
      values: NovaValues {
        $0.action = action
        $0.instanceUUID = instance
        $0.requestID = request
        if let created { $0.createdAt = created }
        if let updated { $0.updatedAt = updated }
      })
  }

  @Test(arguments: TestStoreKind.all)
  func `An action begins now, unless the caller says when`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova().at(time)
    let action = try await start(nova)
    #expect(action.startTime == time && action.finishTime == nil && action.createdAt == time && action.updatedAt == nil)
    let given = try await nova.actionStart(
      .admin,
      values: NovaValues {
        $0.startTime = time - 5
        $0.updatedAt = time - 5
      })
    #expect(given.startTime == time - 5 && given.updatedAt == time - 5)
    #expect(try await nova.actionStart(.admin, values: NovaValues { $0.startTime = nil }).startTime == time)
  }

  @Test(arguments: TestStoreKind.all)
  func `An action ends with what is told of it`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await start(nova)
    let end = NovaValues<InstanceAction> {
      $0.instanceUUID = "i"
      $0.requestID = "req-1"
      $0.finishTime = time + 3
      $0.message = "done"
    }
    let action = try await nova.at(time + 4).actionFinish(.admin, values: end)
    #expect(action.action == "reboot" && action.finishTime == time + 3 && action.message == "done")
    #expect(action.updatedAt == time + 4)
    let again = try await nova.at(time + 5).actionFinish(.admin, values: end)
    #expect(again.updatedAt == time + 5)
    #expect(try await nova.actionsGet(.admin, instanceUUID: "i").first?.columns == again.columns)
  }

  @Test(arguments: TestStoreKind.all)
  func `Only the one action of a request can end`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let end = NovaValues<InstanceAction> {
      $0.instanceUUID = "i"
      $0.requestID = "req-1"
      $0.message = "done"
    }
    await expectError(.instanceActionNotFound, ["request_id": "req-1", "instance_uuid": "i"]) {
      _ = try await nova.actionFinish(.admin, values: end)
    }
    try await start(nova)
    try await start(nova)
    await expectError(.instanceActionNotFound) { _ = try await nova.actionFinish(.admin, values: end) }
    #expect(try await nova.actionsGet(.admin, instanceUUID: "i").map(\.message) == [nil, nil])
  }

  @Test(arguments: TestStoreKind.all)
  func `The actions on an instance come newest first, in pages`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    for (request, second) in [("a", 2), ("b", 1), ("c", 2), ("d", 3)] {
      try await start(nova, request: request, created: time + TimeInterval(second))
    }
    try await start(nova, instance: "j", request: "e")
    let all = try await nova.actionsGet(.admin, instanceUUID: "i")
    #expect(all.map(\.requestID) == ["d", "c", "a", "b"])
    let first = try await nova.actionsGet(.admin, instanceUUID: "i", limit: 2)
    #expect(first.map(\.requestID) == ["d", "c"])
    let (second, plans) = try await nova.explaining { nova in
      try await nova.actionsGet(.admin, instanceUUID: "i", limit: 2, marker: "c")
    }
    #expect(second.map(\.requestID) == ["a", "b"])
    #expect(plans.allSatisfy { !$0.hasFullScan } && plans.last?.statistics.rowsRead == 2, "\(plans)")
    #expect(try await nova.actionsGet(.admin, instanceUUID: "i", limit: 0).isEmpty)
    await expectError(.markerNotFound, ["marker": "e"]) {
      _ = try await nova.actionsGet(.admin, instanceUUID: "i", marker: "e")
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `Actions are listed by when they were changed`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    for (request, second) in [("a", 1), ("b", 2), ("c", 3)] {
      try await start(nova, request: request, updated: time + TimeInterval(second))
    }
    try await start(nova, request: "never")
    func requests(_ filters: NovaActionFilters) async throws -> [String?] {
      try await nova.actionsGet(.admin, instanceUUID: "i", filters: filters).map(\.requestID)
    }
    #expect(try await requests(NovaActionFilters(changesSince: time + 2)) == ["c", "b"])
    #expect(try await requests(NovaActionFilters(changesBefore: time + 2)) == ["b", "a"])
    #expect(try await requests(NovaActionFilters(changesSince: time + 2, changesBefore: time + 2)) == ["b"])
  }

  @Test(arguments: TestStoreKind.all)
  func `Of two actions of a request Train finds the newest, and releases before it the oldest`(
    _ kind: TestStoreKind
  ) async throws {
    var nova = try await kind.nova()
    try await start(nova, "confirmResize", created: time)
    try await start(nova, "delete", created: time + 5)
    let oldest = try await nova.actionGetByRequestID(.admin, instanceUUID: "i", requestID: "req-1")
    #expect(oldest?.action == "confirmResize")
    nova.options.release = .train
    let newest = try await nova.actionGetByRequestID(.admin, instanceUUID: "i", requestID: "req-1")
    #expect(newest?.action == "delete")
    #expect(try await nova.actionGetByRequestID(.admin, instanceUUID: "j", requestID: "req-1") == nil)
  }

  @Test(arguments: TestStoreKind.all)
  func `The context decides whether deleted actions are seen`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    _ = try await nova.actionStart(
      .admin,
      values: NovaValues {
        $0.instanceUUID = "i"
        $0.requestID = "req-1"
        $0.deleted = 1
      })
    #expect(try await nova.actionsGet(.admin, instanceUUID: "i").isEmpty)
    #expect(try await nova.actionsGet(.admin.reading(.yes), instanceUUID: "i").count == 1)
  }
}
