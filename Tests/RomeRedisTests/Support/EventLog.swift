// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeRedis
import Synchronization
import Testing

/// Remembers what happened on the connection of a store.
final class EventLog: Sendable {
  private struct State {
    var events: [RedisEvent] = []
    var listeners: [@Sendable (RedisEvent) -> Void] = []
  }

  private let state = Mutex(State())

  /// What a configuration calls.
  var record: @Sendable (RedisEvent) -> Void {
    { event in
      let listeners = self.state.withLock { state in
        state.events.append(event)
        return state.listeners
      }
      for listener in listeners { listener(event) }
    }
  }

  /// Calls the closure for each event that follows.
  func listen(_ listener: @escaping @Sendable (RedisEvent) -> Void) {
    state.withLock { $0.listeners.append(listener) }
  }

  func reset() {
    state.withLock { $0.events = [] }
  }

  var all: [RedisEvent] { state.withLock { $0.events } }

  /// The requests that were answered.
  var answered: [RedisRequest] {
    all.compactMap { if case .answered(let request) = $0 { request } else { nil } }
  }

  var connections: Int { count { if case .connected = $0 { true } else { false } } }
  var disconnections: Int { count { if case .disconnected = $0 { true } else { false } } }
  var failedAttempts: Int { count { if case .connectFailed = $0 { true } else { false } } }
  var reloads: Int { count { if case .scriptsReloaded = $0 { true } else { false } } }
  var closes: Int { count { if case .closed = $0 { true } else { false } } }

  private func count(_ isCounted: (RedisEvent) -> Bool) -> Int {
    all.count(where: isCounted)
  }
}

/// Waits until something is so that nothing tells of, such as the state of another process.
func eventually(
  _ comment: Comment, within time: Duration = .seconds(20), sourceLocation: SourceLocation = #_sourceLocation,
  _ condition: () async throws -> Bool
) async throws {
  let deadline = ContinuousClock.now + time
  while try await !condition() {
    guard ContinuousClock.now < deadline else {
      Issue.record(comment, sourceLocation: sourceLocation)
      return
    }
    try await Task.sleep(for: .milliseconds(2))
  }
}
