// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// What one task waits for, and others raise. It may wake its task for nothing, so that task looks again at what it is
/// waiting for.
final class Signal: Sendable {
  private enum State {
    case idle
    case raised
    case waiting(CheckedContinuation<Void, Never>)
  }

  private let state = Mutex(State.idle)

  /// Wakes the task that waits, or the next one that would.
  func raise() {
    let continuation = state.withLock { state -> CheckedContinuation<Void, Never>? in
      guard case .waiting(let continuation) = state else {
        state = .raised
        return nil
      }
      state = .idle
      return continuation
    }
    continuation?.resume()
  }

  /// Waits until the signal is raised, the time is over, or the task is cancelled. Only one task at a time may wait.
  ///
  /// - Parameters:
  ///   - duration: How long to wait at the most; nil for as long as it takes.
  ///   - clock: The clock that measures it.
  func wait(atMost duration: Duration?, _ clock: LockClock) async {
    let timer = duration.map { duration in
      clock.start(nil) { if await clock.sleep(duration) { self.raise() } }
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let wasRaised = state.withLock { state in
          if case .raised = state {
            state = .idle
            return true
          }
          state = .waiting(continuation)
          return false
        }
        if wasRaised { continuation.resume() }
      }
    } onCancel: {
      raise()
    }
    timer?.cancel()
  }
}
