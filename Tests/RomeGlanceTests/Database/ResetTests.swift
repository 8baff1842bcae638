// SPDX-License-Identifier: Apache-2.0

import Foundation
import RedisTestSupport
import Rome
import RomeGlance
import RomeRedis
import Testing

@Suite struct ResetTests {
  @Test(arguments: TestDatabase.all)
  func `a reset empties all tables, and numbers begin at 1 again`(_ kind: TestDatabase) async throws {
    let glance = try await GlanceDatabase(resettable: { _, _ in try await kind.makeStore() })
    for _ in 0..<3 {
      let image = try await glance.makeImage("i1", ["properties": ["a": "b"]])
      #expect(image.properties.map(\.id) == [1])
      #expect(try await glance.share("i1", with: "t").id == 1)
      try await glance.reset()
      await expectError(.imageNotFound) { _ = try await glance.imageGet(.admin, imageID: "i1") }
      #expect(try await glance.imageMemberFind(.admin, includeDeleted: true).isEmpty)
    }
  }

  @Test func `the replaced store can be cleaned up after`() async throws {
    let url = try await RedisServer.shared.url
    let prefix = "test-" + UUID().uuidString
    let glance = try await GlanceDatabase(resettable: { generation, replaced in
      if let old = replaced as? RedisStore { _ = try await old.eraseNamespace() }
      var configuration = try RedisConfiguration(url: url)
      configuration.namespace = "\(prefix)-\(generation)"
      return try await RedisStore.connect(to: configuration)
    })
    let old = try #require(glance.store as? RedisStore)
    try await glance.makeImage("i1")
    try await glance.reset()
    #expect(glance.store as? RedisStore !== old)
    #expect(try await old.eraseNamespace() == 0)
  }

  @Test func `a database that was not made for it keeps what it has`() async throws {
    let glance = try await TestDatabase.memory.make()
    try await glance.makeImage("i1")
    await expectError(.rpc) { try await glance.reset() }
    #expect(try await glance.imageGet(.admin, imageID: "i1").id == "i1")
  }
}
