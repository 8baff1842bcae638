// SPDX-License-Identifier: Apache-2.0

import Foundation
import RedisTestSupport
import Rome
import RomeRedis

extension RedisConfiguration {
  /// A namespace of its own on the server that all tests share.
  static func shared(_ change: (inout RedisConfiguration) -> Void = { _ in }) async throws -> RedisConfiguration {
    try await fresh(on: .shared, change)
  }

  /// A namespace of its own on a server.
  static func fresh(
    on server: RedisServer, _ change: (inout RedisConfiguration) -> Void = { _ in }
  ) throws -> RedisConfiguration {
    var configuration = try RedisConfiguration(url: server.url)
    configuration.namespace = "test-" + UUID().uuidString
    change(&configuration)
    return configuration
  }
}
