// SPDX-License-Identifier: Apache-2.0

import BankKit
import Rome
import RomeRedis

extension Workload {
  /// Lets the tellers work on the threads that the workload asks for.
  func runOnThreads(of store: any Store, during shift: Shift, board: TallyBoard) async throws {
    let executor = isOnConnectionThread ? (store as? RedisStore)?.taskExecutor : nil
    // The tasks of the tellers inherit the preference; without an executor there is none.
    try await withTaskExecutorPreference(executor) {
      try await run(on: store, during: shift, board: board)
    }
  }
}
