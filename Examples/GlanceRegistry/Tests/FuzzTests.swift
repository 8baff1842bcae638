// SPDX-License-Identifier: Apache-2.0

import GlanceRegistryKit
import HTTPService
import HTTPTestSupport
import Rome
import RomeGlance
import RomeTesting
import Testing

/// Bodies that a seeded generator damages: whatever they are, the registry answers or refuses them.
@Suite struct FuzzTests {
  private static let bodies = [
    #"[{"command": "image_create", "kwargs": {"values": {"id": "i1", "status": "active", "name": "a\u0062\ud83d\ude00", "size": 13, "min_disk": "5", "created_at": {"_type": "datetime", "_value": "2020-01-31T12:00:00.000500"}, "properties": {"a": "b"}, "locations": [{"url": "file:///x", "metadata": {}, "status": "active"}]}, "v1_mode": false}}]"#,
    #"[{"command": "image_get_all", "kwargs": {"filters": {"size_min": 5, "tags": ["x"], "name": "in:a,\"b\"", "deleted": false, "properties": {"a": "b"}}, "marker": "i1", "limit": 2, "sort_key": ["name", "created_at"], "sort_dir": ["asc"], "return_tag": true}}]"#,
    #"[{"command": "image_update", "kwargs": {"image_id": "i1", "values": {"name": "c", "properties": {"a": null}}, "purge_props": true, "from_state": "active"}}, {"command": "image_destroy", "kwargs": {"image_id": "i1"}}]"#,
    #"[{"command": "task_create", "kwargs": {"values": {"type": "import", "status": "pending", "owner": "t", "input": {"a": [1, 2.5, true]}, "expires_at": null}}}, {"command": "task_get_all"}]"#,
    #"[{"command": "metadef_namespace_create", "kwargs": {"values": {"namespace": "n", "owner": "t"}}}, {"command": "metadef_tag_create_tags", "kwargs": {"namespace_name": "n", "tag_list": [{"name": "x"}]}}]"#,
  ]

  @Test func `damaged bodies are answered by results or refused`() async throws {
    let seed = UInt64.random(in: .min ... .max)
    print("seed of the damaged bodies: \(seed)")
    var random = SeededGenerator(seed: seed)
    let registry = Registry(GlanceDatabase(MemoryStore()))
    for _ in 0..<3000 {
      let body = Mutation.damage(
        Array((Self.bodies.randomElement(using: &random) ?? "").utf8), using: &random)
      do {
        let answer = try await registry.answer(body, for: .admin)
        #expect(answer.body.first == UInt8(ascii: "["), "seed \(seed)")
      } catch {
        #expect([.badRequest, .notFound].contains(error.status), "seed \(seed)")
      }
    }
  }
}
