// SPDX-License-Identifier: Apache-2.0

import HTTPService
import JSONService
import Rome
import RomeGlance
import Testing

@testable import GlanceRegistryKit

/// The protocol of section 1: what a list of commands is, and what its answers are.
@Suite struct RegistryTests {
  private let registry = Registry(GlanceDatabase(MemoryStore()))

  private func answer(_ body: String, for context: GlanceContext = .admin) async throws -> [JSONValue] {
    let answer = try await registry.answer(Array(body.utf8), for: context)
    return try #require(JSONReader.read(answer.body).arrayValue)
  }

  private func error(_ value: JSONValue) -> (code: String?, message: String?) {
    (value["_error"]?["cls"]?.stringValue, value["_error"]?["val"]?.stringValue)
  }

  @Test func `the results stand in the order of the commands, and a failure does not stop the next`() async throws {
    let results = try await answer(
      #"""
      [{"command": "image_create", "kwargs": {"values": {"id": "i1", "status": "queued", "name": "n", "size": 9007199254740993}}},
       {"command": "image_get", "kwargs": {"image_id": "i9"}},
       {"command": "image_tag_create", "kwargs": {"image_id": "i1", "value": "x86"}},
       {"command": "image_tag_get_all", "kwargs": {"image_id": "i1"}},
       {"command": "image_tag_delete", "kwargs": {"image_id": "i1", "value": "x86", "session": null}},
       {"command": "image_get_all"}]
      """#)
    #expect(results.count == 6)
    #expect(results[0]["name"] == "n" && results[0]["size"] == 9_007_199_254_740_993)
    #expect(error(results[1]).code == "glance.common.exception.ImageNotFound")
    #expect(error(results[1]).message == "No image found with ID i9")
    #expect(results[2] == "x86" && results[3] == ["x86"] && results[4] == .null)
    #expect(results[5].arrayValue?.map { $0["id"] } == ["i1"])
  }

  @Test(arguments: [
    ("", 400), ("5", 400), ("null", 400), ("\"x\"", 400), ("{", 400), ("[1]", 400), ("[[]]", 400), ("[{}]", 400),
    (#"{"command": "image_get_all"}"#, 400), (#"[{"command": ""}]"#, 400), (#"[{"command": 5}]"#, 400),
    (#"[{"command": null}]"#, 400), (#"[{"command": "image_get", "kwargs": [1]}]"#, 400),
    (#"[{"command": "image_get", "kwargs": "x"}]"#, 400), (#"[{"command": "image_get_none"}]"#, 404),
    (#"[{"command": "_image_get"}]"#, 404), (#"[{"command": "reset"}]"#, 404),
    (
      #"[{"command": "image_get_all", "kwargs": {"filters": {"changes-since": {"_type": "datetime", "_value": "x"}}}}]"#,
      400
    ),
  ])
  func `a request that is malformed, or names an unknown command, is refused`(_ body: String, _ status: Int) async {
    do {
      _ = try await registry.answer(Array(body.utf8), for: .admin)
      Issue.record("not refused: \(body)")
    } catch {
      #expect(error.status.rawValue == status, "\(body): \(error.reason)")
    }
  }

  @Test func `nothing runs of a request that is refused`() async throws {
    let body = #"""
      [{"command": "image_create", "kwargs": {"values": {"id": "i1", "status": "queued"}}}, {"command": "nothing"}]
      """#
    await #expect(throws: HTTPRefusal(.notFound, "Command not found")) { try await answer(body) }
    #expect(try await answer(#"[{"command": "image_get_all"}]"#) == [[]])
    #expect(try await answer("[]") == [])
  }

  @Test(arguments: [
    ("image_get", "{}", "image_get() missing 1 required positional argument: 'image_id'"),
    ("image_get", #"{"image_id": "i", "name": "n"}"#, "image_get() got an unexpected keyword argument 'name'"),
    ("image_update", "{}", "image_update() missing 2 required positional arguments: 'image_id', 'values'"),
    ("image_get_all", "null", "image_get_all() argument after ** must be a mapping"),
    ("image_get_all", "[]", "image_get_all() argument after ** must be a mapping"),
  ])
  func `arguments that are missing or unknown are a TypeError of the command`(
    _ command: String, _ arguments: String, _ message: String
  ) async throws {
    let results = try await answer(#"[{"command": "\#(command)", "kwargs": \#(arguments)}]"#)
    #expect(error(results[0]) == ("builtins.TypeError", message))
  }

  @Test func `every command survives arguments of every type`() async throws {
    let values =
      ["null", "true", "0", "-1", "1e30", "\"\"", "\"x\"", "[]", "[null]", "{}", #"{"a": [{}]}"#]
      + [#"{"_type": "datetime", "_value": "2020-01-01"}"#]
    for command in CommandTable.all {
      for value in values {
        for arguments in [command.required, command.required + command.optional.sorted()] {
          let members = arguments.map { "\"\($0)\": \(value)" }.joined(separator: ", ")
          let results = try await answer(#"[{"command": "\#(command.name)", "kwargs": {\#(members)}}]"#)
          #expect(results.count == 1)
          #expect(error(results[0]).message != "the registry failed", "\(command.name) of \(value)")
        }
      }
    }
  }

  @Test func `the commands are those of Glance, each once`() {
    let names = CommandTable.all.map(\.name)
    #expect(Set(names).count == names.count)
    let images = [
      "image_create", "image_update", "image_get", "image_get_all", "image_destroy", "image_restore",
      "is_image_visible", "is_image_mutable", "image_location_add", "image_location_update", "image_location_delete",
      "image_property_create", "image_property_delete", "image_set_property_atomic", "image_delete_property_atomic",
      "image_tag_create", "image_tag_set_all", "image_tag_get_all", "image_tag_delete", "image_member_create",
      "image_member_update", "image_member_delete", "image_member_find", "image_member_count",
      "user_get_storage_usage", "purge_deleted_rows", "purge_deleted_rows_from_images",
    ]
    let tasks = ["create", "get", "update", "delete", "get_all"].map { "task_" + $0 }
    let namespaces = ["create", "get", "update", "delete", "get_all"].map { "metadef_namespace_" + $0 }
    let contents = ["object", "property", "tag"].flatMap { kind in
      ["create", "get", "get_all", "update", "delete", "delete_namespace_content", "count"].map {
        "metadef_\(kind)_\($0)"
      }
    }
    let types = ["create", "get", "get_all", "delete"].map { "metadef_resource_type_" + $0 }
    let associations = ["create", "get", "get_all_by_namespace", "delete"].map {
      "metadef_resource_type_association_" + $0
    }
    let all = images + tasks + namespaces + contents + ["metadef_tag_create_tags"] + types + associations
    #expect(names.sorted() == all.sorted())
  }

  @Test func `reset is there in test mode, and numbers begin at 1 again`() async throws {
    let glance = try await GlanceDatabase(resettable: { _, _ in MemoryStore() })
    let registry = Registry(glance, testMode: true)
    let create = #"[{"command": "metadef_namespace_create", "kwargs": {"values": {"namespace": "n", "owner": "t"}}}]"#
    for _ in 0..<3 {
      let made = try await registry.answer(Array(create.utf8), for: .admin)
      #expect(try JSONReader.read(made.body).arrayValue?.first?["id"] == 1)
      let reset = try await registry.answer(Array(#"[{"command": "reset", "kwargs": {}}]"#.utf8), for: .admin)
      #expect(try JSONReader.read(reset.body) == [nil] && reset.errors == 0)
    }
  }
}
