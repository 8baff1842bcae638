// SPDX-License-Identifier: Apache-2.0

import Rome
import Testing

/// A store that the tests run on. A new adapter joins all of them by one line in ``all``.
struct TestStore: CustomTestStringConvertible, Sendable {
  let name: String
  let make: @Sendable () async throws -> any Store

  var testDescription: String { name }

  static let memory = TestStore(name: "MemoryStore") { MemoryStore() }

  static let all: [TestStore] = [memory]
}
