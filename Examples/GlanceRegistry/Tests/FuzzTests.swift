// SPDX-License-Identifier: Apache-2.0

import GlanceRegistryKit
import Rome
import RomeGlance
import RomeTesting
import Testing

/// Requests that a seeded generator damages: whatever they are, the server answers the next one.
@Suite struct FuzzTests {
  private static let bodies = [
    #"[{"command": "image_create", "kwargs": {"values": {"id": "i1", "status": "active", "name": "a\u0062\ud83d\ude00", "size": 13, "min_disk": "5", "created_at": {"_type": "datetime", "_value": "2020-01-31T12:00:00.000500"}, "properties": {"a": "b"}, "locations": [{"url": "file:///x", "metadata": {}, "status": "active"}]}, "v1_mode": false}}]"#,
    #"[{"command": "image_get_all", "kwargs": {"filters": {"size_min": 5, "tags": ["x"], "name": "in:a,\"b\"", "deleted": false, "properties": {"a": "b"}}, "marker": "i1", "limit": 2, "sort_key": ["name", "created_at"], "sort_dir": ["asc"], "return_tag": true}}]"#,
    #"[{"command": "image_update", "kwargs": {"image_id": "i1", "values": {"name": "c", "properties": {"a": null}}, "purge_props": true, "from_state": "active"}}, {"command": "image_destroy", "kwargs": {"image_id": "i1"}}]"#,
    #"[{"command": "task_create", "kwargs": {"values": {"type": "import", "status": "pending", "owner": "t", "input": {"a": [1, 2.5, true]}, "expires_at": null}}}, {"command": "task_get_all"}]"#,
    #"[{"command": "metadef_namespace_create", "kwargs": {"values": {"namespace": "n", "owner": "t"}}}, {"command": "metadef_tag_create_tags", "kwargs": {"namespace_name": "n", "tag_list": [{"name": "x"}]}}]"#,
  ]

  private static let words = [
    "\r\n", "\r\n\r\n", "Content-Length: 5\r\n", "Content-Length: -1\r\n", "Transfer-Encoding: chunked\r\n", "HTTP/1.0",
    "GET",
    "CONNECT", "Upgrade: h2c\r\nConnection: Upgrade\r\n", "null", "[[[[", "}", "\"", "\\u", "1e400",
    "99999999999999999999",
    "\0", ":", "{\"_type\": \"datetime\", \"_value\": 1}", "true", "-", "Expect: 100-continue\r\n",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  ]

  /// The bytes with some of them changed, cut out, doubled, or words put in.
  private func mutate(_ original: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = original
    for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      let end = min(bytes.count, place + Int.random(in: 1...20, using: &random))
      switch Int.random(in: 0..<6, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.removeSubrange(place..<end)
      case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 3: bytes.insert(contentsOf: (Self.words.randomElement(using: &random) ?? "").utf8, at: place)
      case 4: bytes.removeSubrange(place...)
      default: bytes.swapAt(place, Int.random(in: 0..<bytes.count, using: &random))
      }
    }
    return bytes
  }

  @Test func `damaged bodies are answered by results or refused`() async throws {
    let seed = UInt64.random(in: .min ... .max)
    print("seed of the damaged bodies: \(seed)")
    var random = SeededGenerator(seed: seed)
    let registry = Registry(GlanceDatabase(MemoryStore()))
    for _ in 0..<3000 {
      let body = mutate(Array((Self.bodies.randomElement(using: &random) ?? "").utf8), &random)
      do {
        let answer = try await registry.answer(body, for: .admin)
        #expect(answer.body.first == UInt8(ascii: "["), "seed \(seed)")
      } catch {
        #expect([.badRequest, .notFound].contains(error.status), "seed \(seed)")
      }
    }
  }

  @Test func `damaged requests do not stop the server, nor does a client that leaves in the middle`() async throws {
    let seed = UInt64.random(in: .min ... .max)
    print("seed of the damaged requests: \(seed)")
    var random = SeededGenerator(seed: seed)
    try await withServer {
      // A damaged head may announce a body that never comes.
      $0.bodyTimeout = .milliseconds(20)
      $0.idleTimeout = .milliseconds(20)
      $0.lingerTimeout = .milliseconds(20)
    } _: { server in
      for _ in 0..<400 {
        let bytes = mutate(Array(request(Self.bodies.randomElement(using: &random) ?? "").utf8), &random)
        let leaves = random.chance(0.3)
        let answer = try await RawConnection.with(port: server.port) { connection in
          try? await connection.send(bytes)
          if leaves { return "" }
          connection.finish()
          return try await connection.rest()
        }
        #expect(answer.isEmpty || answer.hasPrefix("HTTP/1."), "seed \(seed)")
      }
    }
    try await withServer { server in
      let answer = try await RawConnection.with(port: server.port) { connection in
        try await connection.send(request("[]"))
        return try await connection.response()
      }
      #expect(answer?.status == 200, "seed \(seed)")
    }
  }
}
