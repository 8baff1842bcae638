// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Runs something that blocks on a thread of its own, so that no thread of Swift's pool waits for it.
func onOwnThread<T: Sendable>(
  _ body: @escaping @Sendable () throws(RedisTestError) -> T
) async throws(RedisTestError) -> T {
  let result: Result<T, RedisTestError> = await withCheckedContinuation { continuation in
    Thread.detachNewThread {
      do throws(RedisTestError) {
        continuation.resume(returning: .success(try body()))
      } catch {
        continuation.resume(returning: .failure(error))
      }
    }
  }
  return try result.get()
}
