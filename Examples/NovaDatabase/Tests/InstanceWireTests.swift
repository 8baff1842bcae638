// SPDX-License-Identifier: Apache-2.0

import JSONService
import Rome
import RomeNova
import Testing

@testable import NovaDatabaseKit

@Suite struct InstanceWireTests {
  private let service = NovaService(NovaDatabase(MemoryStore()))
  private let uuid: JSONValue = "5c405de4-7015-42ce-87d9-f553a2a05029"

  private func call(_ method: String, _ arguments: JSONValue...) async -> JSONValue {
    await service.answer([
      "method": .string(method), "context": ["is_admin": true, "project_id": "p"], "args": .array(arguments),
    ])
  }

  @Test func `An instance is made of its columns and of what belongs to it`() async {
    let made = await call(
      "instance_create",
      [
        "uuid": uuid, "host": "h", "nothing": 1, "metadata": ["a": "1"], "info_cache": ["network_info": "[]"],
        "security_groups": ["default"], "extra": nil,
      ])
    let fields = made["result"]?["fields"]
    #expect(fields?["name"] == "instance-00000001" && fields?["nothing"] == nil && fields?["internal_id"] == nil)
    #expect(fields?["info_cache"]?["fields"]?["network_info"] == "[]")
    #expect(fields?["metadata"]?.arrayValue?.first?["fields"]?["key"] == "a")
    #expect(fields?["security_groups"]?.arrayValue?.first?["fields"]?["name"] == "default")
    #expect(fields?["extra"]?["fields"]?["flavor"] == nil)
    let loaded = await call("instance_get_by_uuid", uuid, ["extra", "extra.flavor"])
    #expect(loaded["result"]?["fields"]?["extra"]?["fields"]?["flavor"] == .null)
    #expect(await call("instance_get_by_uuid", uuid, ["foo"])["error"]?["type"] == "ValueError")
  }

  @Test func `An update says what it expected and what it found`() async {
    _ = await call("instance_create", ["uuid": uuid, "host": "h1"])
    let conflict = await call("instance_update", uuid, ["host": "h3"], ["host": ["$tuple": ["h2", nil]]])
    #expect(conflict["error"]?["type"] == "InstanceUpdateConflict")
    #expect(
      conflict["error"]?["kwargs"] == [
        "instance_uuid": uuid, "expected": ["host": ["h2", nil]], "actual": ["host": "h1"],
      ])
    let state = await call("instance_update", uuid, ["host": "h3", "expected_task_state": "x"])
    #expect(state["error"]?["type"] == "UnexpectedTaskStateError")
    let pair = await call(
      "instance_update_and_get_original", uuid, ["host": "h3", "expected_vm_state": nil], [], ["host": "h1"])
    #expect(pair["result"]?["$tuple"]?.arrayValue?.map { $0["fields"]?["host"] } == ["h1", "h3"])
  }

  @Test func `An instance goes when its constraint holds`() async {
    _ = await call("instance_create", ["uuid": uuid, "task_state": "deleting"])
    let other: JSONValue = ["$constraint": ["task_state": ["$not_equal": ["deleting", "error"]]]]
    #expect(await call("instance_destroy", uuid, other)["error"]?["type"] == "ConstraintNotMet")
    let same: JSONValue = ["$constraint": ["task_state": ["$equal_any": ["deleting"]]]]
    #expect(await call("instance_destroy", uuid, same)["result"]?["fields"]?["deleted"] == 1)
  }
}
