// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The first error of several threads.
final class FailureBox: Sendable {
  private let failure = Mutex<(any Error)?>(nil)

  func catching(_ body: () throws -> Void) {
    do { try body() } catch { failure.withLock { $0 = $0 ?? error } }
  }

  func rethrow() throws {
    if let error = failure.withLock({ $0 }) { throw error }
  }
}
