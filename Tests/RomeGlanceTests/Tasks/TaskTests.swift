// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeGlance
import Testing

@Suite struct TaskTests {
  @Test(arguments: TestDatabase.all)
  func `a task is made with what it is to do, and read back as it went in`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    let input: GlanceValue = ["import_from": "http://x", "deep": [1, ["a": nil, "t": true]]]
    let task = try await glance.taskCreate(
      .tenant("t2"),
      values: [
        "type": "import", "status": "pending", "owner": "t1", "input": input, "result": "text", "message": "m",
        "unknown": 1,
      ])
    #expect(task.id.count == 36 && task.id == task.id.lowercased())
    #expect(task.owner == "t1" && !task.deleted && task.deletedAt == nil && task.expiresAt == nil)
    #expect(task.createdAt == task.updatedAt)
    let info = try #require(task.info)
    #expect(info.input == input && info.result == "text" && info.message == "m")
    #expect(try await glance.taskGet(.tenant("t1"), taskID: task.id) == task)
    try await expectClean(glance)
  }

  @Test(arguments: TestDatabase.all)
  func `the answers have exactly the keys of Glance`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    let task = try await glance.makeTask("k1")
    let columns: Set<String> = [
      "id", "type", "status", "owner", "expires_at", "created_at", "updated_at", "deleted_at", "deleted",
    ]
    #expect(Set(try #require(task.values.objectValue).keys) == columns.union(["input", "result", "message"]))
    #expect(task.values["input"] == .null && task.values["result"] == .null && task.values["message"] == .null)
    let listed = try #require(try await glance.taskGetAll(.admin).first)
    #expect(Set(try #require(listed.values.objectValue).keys) == columns)
  }

  @Test func `type, status and owner are required, and an id is used once`() async throws {
    let glance = try await TestDatabase.memory.make()
    let values: [String: GlanceValue] = ["id": "k1", "type": "import", "status": "pending", "owner": "t1"]
    for name in ["type", "status", "owner"] {
      await expectError(.rpc) {
        _ = try await glance.taskCreate(.admin, values: values.filter { $0.key != name })
      }
      await expectError(.rpc) {
        _ = try await glance.taskCreate(.admin, values: values.merging([name: nil]) { $1 })
      }
    }
    await expectError(.rpc) {
      _ = try await glance.taskCreate(.admin, values: values.merging(["expires_at": "2020-01-01T00:00:00"]) { $1 })
    }
    await expectError(.taskNotFound) { _ = try await glance.taskGet(.admin, taskID: "k1") }
    let time = try #require(GlanceTime(iso8601: "2020-01-01T00:00:00.000005"))
    let task = try await glance.taskCreate(
      .admin, values: values.merging(["created_at": .date(time), "updated_at": .date(time)]) { $1 })
    #expect(task.createdAt == time && task.updatedAt == time)
    await expectError(.rpc) { _ = try await glance.taskCreate(.admin, values: values) }
  }

  @Test(arguments: TestDatabase.all)
  func `a task is seen by its owner and by administrators`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    try await glance.makeTask("k1", owner: "t1")
    _ = try await glance.taskGet(.tenant("t1"), taskID: "k1")
    _ = try await glance.taskGet(.admin, taskID: "k1")
    for context in [GlanceContext.tenant("t2"), .tenant(nil)] {
      await expectError(.forbidden, "Forbidding request, task k1 is not visible") {
        _ = try await glance.taskGet(context, taskID: "k1")
      }
      await expectError(.forbidden) { _ = try await glance.taskUpdate(context, taskID: "k1", values: [:]) }
      await expectError(.forbidden) { _ = try await glance.taskDelete(context, taskID: "k1") }
    }
    await expectError(.taskNotFound, "Task with the given id k9 was not found") {
      _ = try await glance.taskGet(.admin, taskID: "k9")
    }
    #expect(GlanceError.Code.taskNotFound.isA(.notFound))
  }

  @Test(arguments: TestDatabase.all)
  func `an update sets what it names and keeps the rest`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    let made = try await glance.makeTask("k1", ["input": ["a": 1], "message": "m"])
    let task = try await glance.taskUpdate(
      .tenant("t1"), taskID: "k1",
      values: [
        "status": "success", "result": ["location": "x"], "message": nil, "id": "k2", "created_at": nil,
        "updated_at": .date(GlanceTime(microseconds: 0)), "deleted_at": .date(GlanceTime(microseconds: 0)), "bogus": 1,
      ])
    #expect(task.id == "k1" && task.status == "success" && task.type == "import" && task.deletedAt == nil)
    #expect(task.createdAt == made.createdAt && task.updatedAt > made.createdAt)
    #expect(task.info?.input == ["a": 1] && task.info?.result == ["location": "x"] && task.info?.message == nil)
    #expect(try await glance.taskGet(.tenant("t1"), taskID: "k1") == task)
    await expectError(.rpc) { _ = try await glance.taskUpdate(.admin, taskID: "k1", values: ["status": nil]) }
    await expectError(.taskNotFound) { _ = try await glance.taskUpdate(.admin, taskID: "k2", values: [:]) }
  }

  @Test(arguments: TestDatabase.all)
  func `a deleted task is there for administrators and for who insists`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    let made = try await glance.makeTask("k1", ["message": "m"])
    let task = try await glance.taskDelete(.tenant("t1"), taskID: "k1")
    #expect(task.deleted && task.info?.message == "m")
    #expect(try #require(task.deletedAt) > made.createdAt)
    await expectError(.taskNotFound) { _ = try await glance.taskGet(.tenant("t1"), taskID: "k1") }
    await expectError(.taskNotFound) { _ = try await glance.taskDelete(.tenant("t1"), taskID: "k1") }
    await expectError(.taskNotFound) { _ = try await glance.taskUpdate(.tenant("t1"), taskID: "k1", values: [:]) }
    #expect(try await glance.taskGet(.tenant("t1"), taskID: "k1", forceShowDeleted: true) == task)
    #expect(try await glance.taskGet(.admin, taskID: "k1") == task)
    let revived = try await glance.taskUpdate(.admin, taskID: "k1", values: ["status": "pending"])
    #expect(!revived.deleted)
    _ = try await glance.taskGet(.tenant("t1"), taskID: "k1")
  }

  @Test(arguments: TestDatabase.all)
  func `updates at the same time are all there`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    try await glance.makeTask("k1")
    let values: [[String: GlanceValue]] = [
      ["status": "s"], ["type": "t"], ["input": 1], ["result": 2], ["message": "m"],
      ["expires_at": .date(GlanceTime(microseconds: 5))],
    ]
    let outcomes = await race(values.count) { number in
      _ = try await glance.taskUpdate(.admin, taskID: "k1", values: values[number])
    }
    #expect(outcomes.allSatisfy { $0 == nil }, "\(outcomes)")
    let task = try await glance.taskGet(.admin, taskID: "k1")
    #expect(task.status == "s" && task.type == "t" && task.expiresAt == GlanceTime(microseconds: 5))
    #expect(task.info?.input == 1 && task.info?.result == 2 && task.info?.message == "m")
    try await expectClean(glance)
  }
}
