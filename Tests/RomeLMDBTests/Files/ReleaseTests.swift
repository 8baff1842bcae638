// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeLMDB
import Testing

@Suite struct ReleaseTests {
  /// All of them open at once would take more address space than there is.
  @Test func `a store gives back what it has taken`() async throws {
    for _ in 0..<300 {
      let store = try TestFile().open { $0.maximumBytes = 1 << 40 }
      try await RomeSession(store).transaction { session in
        _ = try await session.store.read([RowAddress(table: "t", key: Key([1]))])
      }
      _ = try await store.reserveIDs("s", count: 1)
    }
  }
}
