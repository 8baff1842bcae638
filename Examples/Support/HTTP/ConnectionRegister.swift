// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Synchronization

/// The connections of a server that are open.
final class ConnectionRegister: Sendable {
  private struct State {
    var channels: [ObjectIdentifier: any Channel] = [:]
    var isQuiescing = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let maximum: Int
  private let state = Mutex(State())

  init(maximum: Int) {
    self.maximum = maximum
  }

  /// How many connections are open.
  var count: Int { state.withLock { $0.channels.count } }

  /// Takes a connection in until it closes.
  ///
  /// - Returns: Whether it may be served: not when there are too many, or the server is shutting down.
  func add(_ channel: any Channel) -> Bool {
    let id = ObjectIdentifier(channel)
    let isTaken = state.withLock { state in
      guard !state.isQuiescing, state.channels.count < maximum else { return false }
      state.channels[id] = channel
      return true
    }
    if isTaken { channel.closeFuture.whenComplete { _ in self.remove(id) } }
    return isTaken
  }

  private func remove(_ id: ObjectIdentifier) {
    let waiting = state.withLock { state in
      state.channels[id] = nil
      guard state.channels.isEmpty else { return [CheckedContinuation<Void, Never>]() }
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  /// Takes no more connections, and lets each of those that are open end with its request.
  func quiesce() {
    let channels: [any Channel] = state.withLock { state in
      // A connection must be told once only.
      if state.isQuiescing { return [] }
      state.isQuiescing = true
      return Array(state.channels.values)
    }
    for channel in channels { channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }
  }

  /// Closes all connections at once.
  func closeAll() {
    let channels = state.withLock { Array($0.channels.values) }
    for channel in channels { channel.close(promise: nil) }
  }

  /// Returns when no connection is open.
  func empty() async {
    await withCheckedContinuation { continuation in
      let isEmpty = state.withLock { state in
        if !state.channels.isEmpty { state.waiting.append(continuation) }
        return state.channels.isEmpty
      }
      if isEmpty { continuation.resume() }
    }
  }
}
