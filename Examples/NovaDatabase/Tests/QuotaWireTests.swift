// SPDX-License-Identifier: Apache-2.0

import JSONService
import Rome
import RomeNova
import Testing

@testable import NovaDatabaseKit

@Suite struct QuotaWireTests {
  private let context: JSONValue = ["user_id": "u", "project_id": "p", "is_admin": true]

  private func reserve(_ delta: JSONValue, _ service: NovaService) async -> JSONValue {
    await service.answer([
      "method": "quota_reserve", "context": context,
      "args": [
        ["cores": ["$resource": ["name": "cores", "sync": "_sync_instances", "synced": ["cores": 1]]]],
        ["cores": 3], ["cores": 3], ["cores": delta], nil, 0, ["$timedelta": 60.0],
      ],
      "kwargs": ["project_id": nil],
    ])
  }

  @Test func `A refused reservation says which resources, which limits and which usages`() async {
    let service = NovaService(NovaDatabase(MemoryStore()))
    #expect(await reserve(2, service)["result"]?.arrayValue?.count == 1)
    let error = await reserve(1, service)["error"]
    #expect(error?["type"] == "OverQuota" && error?["module"] == "nova.exception")
    #expect(
      error?["kwargs"] == [
        "overs": ["cores"], "quotas": ["cores": 3], "usages": ["cores": ["in_use": 1, "reserved": 2]],
      ])
  }

  @Test func `Reservations are ended whether or not project and user are named`() async {
    let service = NovaService(NovaDatabase(MemoryStore()))
    let first = await reserve(1, service)["result"] ?? []
    let second = await reserve(1, service)["result"] ?? []
    let commit = await service.answer([
      "method": "reservation_commit", "context": context, "args": [first],
      "kwargs": ["project_id": "p", "user_id": "u"],
    ])
    let rollback = await service.answer(["method": "reservation_rollback", "context": context, "args": [second]])
    #expect(commit == ["result": nil] && rollback == ["result": nil])
    let usages = await service.answer(["method": "quota_usage_get_all_by_project", "context": context, "args": ["p"]])
    #expect(usages["result"] == ["project_id": "p", "cores": ["in_use": 2, "reserved": 0]])
  }

  @Test func `A usage keeps what the caller leaves out, and loses what he sets to null`() async {
    let service = NovaService(NovaDatabase(MemoryStore()))
    _ = await reserve(1, service)
    func update(_ changes: JSONValue) async -> JSONValue {
      _ = await service.answer([
        "method": "quota_usage_update", "context": context, "args": ["p", "u", "cores"], "kwargs": changes,
      ])
      let usage = await service.answer(["method": "quota_usage_get", "context": context, "args": ["p", "cores"]])
      let fields = usage["result"]?["fields"]
      return [fields?["in_use"] ?? .null, fields?["reserved"] ?? .null, fields?["until_refresh"] ?? .null]
    }
    #expect(await update(["until_refresh": 9]) == [1, 1, 9])
    #expect(await update(["in_use": 5]) == [5, 1, 9])
    #expect(await update(["reserved": 4, "until_refresh": nil]) == [5, 4, nil])
  }
}
