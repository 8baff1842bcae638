// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct TaskLogTests {
  private let begin = Date(timeIntervalSince1970: 1_456_833_600)
  private let end = Date(timeIntervalSince1970: 1_456_837_200)

  private func start(
    _ nova: NovaDatabase, task: String = "audit", host: String = "compute1", items: Int? = nil
  ) async throws {
    try await nova.taskLogBeginTask(
      .admin, taskName: task, periodBeginning: begin, periodEnding: end, host: host, taskItems: items, message: "begun")
  }

  private func run(
    _ nova: NovaDatabase, host: String = "compute1", state: String? = nil
  ) async throws -> NovaRow<TaskLog>? {
    try await nova.taskLogGet(
      .admin, taskName: "audit", periodBeginning: begin, periodEnding: end, host: host, state: state)
  }

  @Test(arguments: TestStoreKind.all)
  func `A task that begins is running`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await start(nova, items: 42)
    let run = try #require(try await run(nova))
    #expect(run.taskName == "audit" && run.host == "compute1" && run.state == "RUNNING" && run.message == "begun")
    #expect(run.periodBeginning == begin && run.periodEnding == end && run.taskItems == 42 && run.errors == 0)
    #expect(try await self.run(nova, state: "DONE") == nil)
    #expect(try await self.run(nova, host: "compute2") == nil)
  }

  @Test(arguments: TestStoreKind.all)
  func `A task begins once on a host for a period, also when it has ended`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await start(nova)
    await expectError(.taskAlreadyRunning, ["task_name": "audit", "host": "compute1"]) { try await start(nova) }
    try await nova.taskLogEndTask(
      .admin, taskName: "audit", periodBeginning: begin, periodEnding: end, host: "compute1", errors: 0)
    await expectError(.taskAlreadyRunning) { try await start(nova) }
    try await start(nova, task: "other")
    try await start(nova, host: "compute2")
  }

  @Test(arguments: TestStoreKind.all)
  func `A task that ends tells its errors, and keeps its message unless it has a new one`(
    _ kind: TestStoreKind
  ) async throws {
    let nova = try await kind.nova()
    try await start(nova)
    try await start(nova, host: "compute2")
    let time = end + 1
    try await nova.at(time).taskLogEndTask(
      .admin, taskName: "audit", periodBeginning: begin, periodEnding: end, host: "compute1", errors: 3)
    let first = try #require(try await run(nova, state: "DONE"))
    #expect(first.errors == 3 && first.message == "begun" && first.updatedAt == time)
    #expect(try await run(nova, host: "compute2")?.state == "RUNNING")
    try await nova.taskLogEndTask(
      .admin, taskName: "audit", periodBeginning: begin, periodEnding: end, host: "compute2", errors: 0,
      message: "ended")
    #expect(try await run(nova, host: "compute2")?.message == "ended")
  }

  @Test(arguments: TestStoreKind.all)
  func `A task that was not begun can't end`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    await expectError(.taskNotRunning, ["task_name": "audit", "host": "compute1"]) {
      try await nova.taskLogEndTask(
        .admin, taskName: "audit", periodBeginning: begin, periodEnding: end, host: "compute1", errors: 0)
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `The runs of all hosts are found by the index that keeps them apart`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    for number in 1...3 { try await start(nova, host: "compute\(number)") }
    try await start(nova, task: "other")
    let (runs, plans) = try await nova.explaining { nova in
      try await nova.taskLogGetAll(.admin, taskName: "audit", periodBeginning: begin, periodEnding: end)
    }
    #expect(runs.map(\.host) == ["compute1", "compute2", "compute3"])
    #expect(plans.allSatisfy { !$0.hasFullScan }, "\(plans)")
    let second = try await nova.taskLogGetAll(
      .admin, taskName: "audit", periodBeginning: begin, periodEnding: end, host: "compute2", state: "RUNNING")
    #expect(second.map(\.host) == ["compute2"])
    #expect(
      try await nova.taskLogGetAll(
        .admin, taskName: "audit", periodBeginning: begin, periodEnding: end, state: "DONE"
      ).isEmpty)
  }

  @Test(arguments: TestStoreKind.all)
  func `Of many callers who begin the same task, one runs it`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let begun = try await concurrently(16) { _ in (try? await start(nova)) != nil }
    #expect(begun.count { $0 } == 1)
    try await expectClean(nova.store)
  }
}
