// SPDX-License-Identifier: Apache-2.0

import RedisTestSupport
import Rome
import RomeRedis

/// A store behind a proxy, and one beside it that sees the same rows.
struct ProxiedStore {
  let proxy: ChaosProxy
  let store: RedisStore
  /// Reaches the server without the proxy.
  let direct: RedisStore
  let log: EventLog

  /// - Parameters:
  ///   - server: The server; nil for that of all tests.
  ///   - connects: Whether the store is connected already.
  ///   - change: Changes the configuration of the store behind the proxy.
  init(
    to server: RedisServer? = nil, connects: Bool = true, _ change: (inout RedisConfiguration) -> Void = { _ in }
  ) async throws {
    let server = if let server { server } else { try await RedisServer.shared }
    proxy = try ChaosProxy(to: server.port)
    log = EventLog()
    var configuration = try RedisConfiguration.fresh(on: server)
    direct = try await RedisStore.connect(to: configuration)
    configuration.address = .tcp(host: "127.0.0.1", port: UInt16(proxy.port))
    configuration.reconnectDelay = .milliseconds(1)...(.milliseconds(20))
    configuration.onEvent = log.record
    change(&configuration)
    store = connects ? try await RedisStore.connect(to: configuration) : try RedisStore(configuration)
  }

  /// Does something to the next request of a command.
  func next(_ command: String, _ action: ChaosProxy.Action) {
    proxy.plan = .at((proxy.counts.requests[command] ?? 0) + 1, of: command, action)
  }

  func close() async {
    proxy.plan = .none
    await store.close()
    await direct.close()
    proxy.close()
  }
}
