// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing

@testable import Rome

/// A clock that stands still until it is told to go on, so that tests of locks need not wait.
final class ManualClock: Sendable {
  private struct State {
    var now = ContinuousClock.now
    var sleepers: [Int: (wake: ContinuousClock.Instant, continuation: CheckedContinuation<Bool, Never>)] = [:]
    var lastSleeper = 0
  }

  private let state = Mutex(State())

  var now: ContinuousClock.Instant { state.withLock { $0.now } }

  /// The clock as a lock manager takes it.
  var clock: LockClock {
    LockClock(now: { self.now }, sleep: { await self.sleep($0) })
  }

  /// How long until the first sleeper wakes; nil when nobody sleeps.
  var nextWake: Duration? {
    state.withLock { state in state.sleepers.values.map { state.now.duration(to: $0.wake) }.min() }
  }

  /// How many sleep.
  var sleeperCount: Int { state.withLock { $0.sleepers.count } }

  /// Moves the time, and wakes those whose time has come.
  func advance(by duration: Duration) {
    let woken = state.withLock { state in
      state.now = state.now.advanced(by: duration)
      let due = state.sleepers.filter { $0.value.wake <= state.now }
      for number in due.keys { state.sleepers[number] = nil }
      return due.values.map(\.continuation)
    }
    for sleeper in woken { sleeper.resume(returning: true) }
  }

  private func sleep(_ duration: Duration) async -> Bool {
    let number = state.withLock { state in
      state.lastSleeper += 1
      return state.lastSleeper
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let answer = state.withLock { state -> Bool? in
          if Task.isCancelled { return false }
          if duration <= .zero { return true }
          state.sleepers[number] = (state.now.advanced(byAtMost: duration), continuation)
          return nil
        }
        if let answer { continuation.resume(returning: answer) }
      }
    } onCancel: {
      state.withLock { $0.sleepers.removeValue(forKey: number) }?.continuation.resume(returning: false)
    }
  }
}

/// Waits for something that other tasks do. The time limit of the suite ends a test that waits in vain.
func eventually(_ condition: () async throws -> Bool) async throws {
  while !(try await condition()) { try await Task.sleep(for: .milliseconds(1)) }
}
