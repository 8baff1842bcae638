// SPDX-License-Identifier: Apache-2.0

import Foundation
import Logging
import Rome
import RomeGlance
import RomeRedis

/// A query set, and how to end it.
struct Database {
  let glance: GlanceDatabase
  let close: () async -> Void

  /// A database in memory.
  static func memory(testMode: Bool) async throws -> Database {
    let glance =
      testMode ? try await GlanceDatabase(resettable: { _, _ in MemoryStore() }) : GlanceDatabase(MemoryStore())
    return Database(glance: glance) {}
  }

  /// A database on a Redis server.
  ///
  /// In test mode it never touches the namespace of the address: each reset begins a namespace of its own beside it, and erases the
  /// one before.
  static func redis(_ url: String, testMode: Bool, logger: Logger) async throws -> Database {
    var base = try RedisConfiguration(url: url)
    base.clientName = "glance-registry"
    base.logger = logger
    guard testMode else {
      let store = try await RedisStore.connect(to: base)
      return Database(glance: GlanceDatabase(store)) { await store.close() }
    }
    let run = UUID().uuidString.lowercased()
    let glance = try await GlanceDatabase(resettable: { [base] generation, replaced in
      var configuration = base
      configuration.namespace = "\(base.namespace)-test-\(run)-\(generation)"
      let store = try await RedisStore.connect(to: configuration)
      await discard(replaced)
      return store
    })
    return Database(glance: glance) { await discard(glance.store) }
  }

  /// Erases and closes a store of test mode. What can't be erased is left behind; nobody looks for it.
  private static func discard(_ store: (any Store)?) async {
    guard let store = store as? RedisStore else { return }
    _ = try? await store.eraseNamespace()
    await store.close()
  }
}
