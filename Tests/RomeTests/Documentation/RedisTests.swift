// SPDX-License-Identifier: Apache-2.0

#if Macros
  import Foundation
  import RedisTestSupport
  import Rome
  import RomeRedis
  import Synchronization
  import Testing

  extension Documented {
    @Suite struct RedisTests {
      /// What an application keeps its metrics in.
      private final class Metrics: Sendable {
        private let counts = Mutex<[String: Int]>([:])

        func record(_ name: String, _: Duration) {
          counts.withLock { $0[name, default: 0] += 1 }
        }

        func count(_ name: String) -> Int { counts.withLock { $0[name, default: 0] } }
      }

      private func url() async throws -> String {
        try await RedisServer.shared.url + "/0?namespace=docs-\(UUID().uuidString)"
      }

      @Test func aStoreIsConnectedByItsURL() async throws {
        let url = try await self.url()
        let configuration = try RedisConfiguration(url: url)
        let store = try await RedisStore.connect(to: configuration)
        let session = RomeSession(store)
        session.add(Author(name: "Asimov"))
        try await session.commit()
        let name = try await withTaskExecutorPreference(store.taskExecutor) {
          try await RomeSession(store).get(Author.self, 1)?.name
        }
        #expect(name == "Asimov")
        try await store.eraseNamespace()
        await store.close()
        await #expect(throws: RomeError.self) { try await RomeSession(store).get(Author.self, 1) }
      }

      @Test func theConnectionCanBeWatched() async throws {
        var configuration = try RedisConfiguration(url: await url())
        let metrics = Metrics()
        configuration.onEvent = { event in
          if case .answered(let request) = event { metrics.record(request.kind.rawValue, request.duration) }
        }
        let store = try await RedisStore.connect(to: configuration)
        _ = try await store.read([RowAddress(table: "t", key: .first), RowAddress(table: "u", key: .first)])
        #expect(metrics.count("read") == 1)
        try await store.eraseNamespace()
        await store.close()
      }
    }
  }
#endif
