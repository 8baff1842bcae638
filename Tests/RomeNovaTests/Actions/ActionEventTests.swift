// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct ActionEventTests {
  private let time = Date(timeIntervalSince1970: 1_456_833_600)

  /// A database with an action of the request `req-1` on the instance `i`.
  private func nova(_ kind: TestStoreKind, _ release: NovaRelease = .ocata) async throws -> NovaDatabase {
    var options = NovaOptions()
    options.release = release
    let nova = try await kind.nova(options).at(time)
    try await start(nova, request: "req-1")
    return nova
  }

  private func start(_ nova: NovaDatabase, request: String) async throws {
    _ = try await nova.actionStart(
      .admin,
      values: NovaValues {
        $0.instanceUUID = "i"
        $0.requestID = request
      })
  }

  private func step(
    _ event: String = "schedule", request: String = "req-1",
    _ assign: (inout NovaValues<InstanceActionEvent>) -> Void = { _ in }
  ) -> NovaActionEventValues {
    var columns = NovaValues<InstanceActionEvent> { $0.event = event }
    assign(&columns)
    return NovaActionEventValues(instanceUUID: "i", requestID: request, columns: columns)
  }

  @Test(arguments: TestStoreKind.all)
  func `A step is noted under the action of its request`(_ kind: TestStoreKind) async throws {
    let nova = try await nova(kind)
    try await start(nova, request: "req-2")
    let event = try await nova.actionEventStart(.admin, values: step { $0.host = "compute1" })
    #expect(event.actionID == 1 && event.event == "schedule" && event.host == "compute1" && event.startTime == time)
    #expect(event.instanceUUID == "i" && event.requestID == "req-1")
    #expect(try await nova.actionEventsGet(.admin, actionID: 1).map(\.columns) == [event.row.columns])
    #expect(try await nova.actionEventsGet(.admin, actionID: 2).isEmpty)
    let id = try #require(event.id)
    #expect(try await nova.actionEventGetByID(.admin, actionID: 1, eventID: id)?.event == "schedule")
    #expect(try await nova.actionEventGetByID(.admin, actionID: 2, eventID: id) == nil)
  }

  @Test(arguments: TestStoreKind.all)
  func `Without a project a step goes to the newest action when the request has none`(
    _ kind: TestStoreKind
  ) async throws {
    let nova = try await nova(kind)
    try await start(nova.at(time + 1), request: "req-2")
    let event = try await nova.actionEventStart(.admin, values: step(request: "req-9"))
    #expect(event.actionID == 2)
    let finished = try await nova.actionEventFinish(.admin, values: step(request: "req-9") { $0.result = "Success" })
    #expect(finished.id == event.id && finished.result == "Success")

    await expectError(.instanceActionNotFound, ["request_id": "req-9", "instance_uuid": "i"]) {
      _ = try await nova.actionEventStart(.of("project"), values: step(request: "req-9"))
    }
    await expectError(.instanceActionNotFound) {
      _ = try await nova.actionEventFinish(.of("project"), values: step(request: "req-9"))
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `An instance without actions has no steps`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    await expectError(.instanceActionNotFound) { _ = try await nova.actionEventStart(.admin, values: step()) }
    await expectError(.instanceActionNotFound) { _ = try await nova.actionEventFinish(.admin, values: step()) }
  }

  @Test(arguments: TestStoreKind.all)
  func `A step that fails marks its action`(_ kind: TestStoreKind) async throws {
    let nova = try await nova(kind)
    for event in ["a", "b"] { _ = try await nova.actionEventStart(.admin, values: step(event)) }
    _ = try await nova.actionEventFinish(.admin, values: step("a") { $0.result = "Success" })
    #expect(try await nova.actionsGet(.admin, instanceUUID: "i").map(\.message) == [nil])
    let failed = try await nova.at(time + 9).actionEventFinish(
      .admin,
      values: step("b") {
        $0.result = "error"
        $0.finishTime = time + 8
        $0.traceback = "there"
      })
    #expect(failed.result == "error" && failed.finishTime == time + 8 && failed.traceback == "there")
    let action = try await nova.actionsGet(.admin, instanceUUID: "i").first
    #expect(action?.message == "Error" && action?.updatedAt == time + 9)
  }

  @Test(arguments: TestStoreKind.all)
  func `A step that was not begun can't end`(_ kind: TestStoreKind) async throws {
    let nova = try await nova(kind)
    await expectError(.instanceActionEventNotFound, ["action_id": 1, "event": "schedule"]) {
      _ = try await nova.actionEventFinish(.admin, values: step { $0.result = "Error" })
    }
    #expect(try await nova.actionsGet(.admin, instanceUUID: "i").map(\.message) == [nil])
  }

  @Test(arguments: TestStoreKind.all)
  func `In Train the steps set when their action was changed, unless it is that of another request`(
    _ kind: TestStoreKind
  ) async throws {
    let nova = try await nova(kind, .train)
    func changed() async throws -> Date? { try await nova.actionsGet(.admin, instanceUUID: "i").first?.updatedAt }
    _ = try await nova.actionEventStart(.admin, values: step { $0.startTime = time + 5 })
    #expect(try await changed() == time + 5)
    _ = try await nova.actionEventFinish(
      .admin,
      values: step {
        $0.finishTime = time + 10
        $0.result = "Error"
      })
    #expect(try await changed() == time + 10)
    _ = try await nova.actionEventStart(.admin, values: step("late", request: "req-9") { $0.startTime = time + 20 })
    #expect(try await changed() == time + 10)
  }

  @Test(arguments: TestStoreKind.all)
  func `In Ocata a step leaves alone when its action was changed`(_ kind: TestStoreKind) async throws {
    let nova = try await nova(kind)
    _ = try await nova.actionEventStart(.admin, values: step { $0.startTime = time + 5 })
    #expect(try await nova.actionsGet(.admin, instanceUUID: "i").map(\.updatedAt) == [nil])
  }

  @Test(arguments: TestStoreKind.all)
  func `Of two steps of a name the first one ends`(_ kind: TestStoreKind) async throws {
    for release in NovaRelease.allCases {
      let nova = try await nova(kind, release)
      for _ in 0..<2 { _ = try await nova.actionEventStart(.admin, values: step()) }
      #expect(try await nova.actionEventFinish(.admin, values: step { $0.result = "Success" }).id == 1)
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `The steps of an action come newest first, by an index`(_ kind: TestStoreKind) async throws {
    let nova = try await nova(kind)
    for (event, second) in [("a", 1), ("b", 1), ("c", 5), ("d", 0)] {
      _ = try await nova.actionEventStart(.admin, values: step(event) { $0.createdAt = time + TimeInterval(second) })
    }
    let (events, plans) = try await nova.explaining { nova in try await nova.actionEventsGet(.admin, actionID: 1) }
    #expect(events.map(\.event) == ["c", "b", "a", "d"])
    #expect(plans.allSatisfy { !$0.hasFullScan }, "\(plans)")
  }

  @Test(arguments: TestStoreKind.all)
  func `Steps that are reported at the same time are all noted`(_ kind: TestStoreKind) async throws {
    let nova = try await nova(kind, .train)
    _ = try await concurrently(12) { number in
      try await nova.actionEventStart(
        .admin, values: step("step\(number)") { $0.startTime = time + TimeInterval(number) })
    }
    #expect(try await nova.actionEventsGet(.admin, actionID: 1).count == 12)
    try await expectClean(nova.store)
  }
}
