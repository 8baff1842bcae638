// SPDX-License-Identifier: Apache-2.0

import HTTPTestSupport
import JSONService
import Rome
import RomeNova
import RomeTesting
import Testing

@testable import NovaDatabaseKit

/// Messages that a seeded generator damages: whatever they are, the service answers.
@Suite struct DamagedMessageTests {
  private static let messages = [
    #"{"method": "service_create", "context": {"is_admin": true, "read_deleted": "no", "roles": []}, "args": [{"host": "h", "binary": "nova-compute", "topic": "compute", "report_count": "5", "disabled": 0, "last_seen_up": {"$datetime": "2016-03-01T12:00:00.000000"}}], "kwargs": {}, "now": {"$datetime": "2016-03-01T12:00:00.000000"}}"#,
    #"{"method": "service_update", "context": null, "args": [1, {"report_count": 3, "host": null}], "kwargs": {}, "config": {"enable_new_services": false}}"#,
    #"{"method": "service_get_all_by_binary", "context": {"user_id": "u", "project_id": "p"}, "args": {"$tuple": ["b"]}, "kwargs": {"include_disabled": true}}"#,
    #"{"method": "service_get_minimum_version", "context": {"is_admin": true}, "args": [["a", {"$dict": [[1, 2]]}]], "kwargs": {}}"#,
    #"{"method": "service_destroy", "context": {"is_admin": true, "read_deleted": "yes"}, "args": [{"$model": "Service", "fields": {"id": 1}}]}"#,
  ]

  @Test func `Damaged messages are answered, and leave a sound store`() async throws {
    let seed = UInt64.random(in: .min ... .max)
    print("seed of the damaged messages: \(seed)")
    var random = SeededGenerator(seed: seed)
    let database = NovaDatabase(MemoryStore())
    let service = NovaService(database, testMode: true)
    for _ in 0..<3000 {
      let text = Self.messages.randomElement(using: &random) ?? ""
      guard let message = try? JSONReader.read(Mutation.damage(Array(text.utf8), using: &random)) else { continue }
      let reply = await service.answer(message)
      #expect((reply["error"] == nil) != (reply["result"] == nil), "seed \(seed)")
      #expect(reply["error"]?["message"] != "the database failed", "seed \(seed)")
    }
    #expect(try await database.store.verify().isClean, "seed \(seed)")
  }
}
