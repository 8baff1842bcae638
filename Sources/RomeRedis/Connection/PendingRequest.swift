// SPDX-License-Identifier: Apache-2.0

internal import Rome
internal import Synchronization

/// Why a request has no reply.
enum RequestFailure: Error, Sendable {
  /// The server has not done what was asked, or it does not matter whether it has.
  case notDone(StoreError)
  /// The request was sent and must not be sent again; the server may have done what was asked.
  case inDoubt(StoreError)
}

/// A request on its way: one or more commands that go to the server together, and the task that waits for their replies.
final class PendingRequest: Sendable {
  private struct State {
    var continuation: UnsafeContinuation<Void, Never>?
    var result: Result<Reply, RequestFailure>?
    var isUnderWay = false
    var isCancelled = false
    var reloads = 0
  }

  let kind: RedisRequest.Kind
  /// The commands.
  let bytes: [UInt8]
  /// The number of commands, and so of replies.
  let commandCount: Int
  /// Whether it does no harm to send the request twice.
  let isRepeatable: Bool
  /// When the request was made; nil when nobody wants to know.
  let start: Moment?
  let deadline: Moment
  private let state = Mutex(State())

  init(
    _ request: RequestBuilder, kind: RedisRequest.Kind, isRepeatable: Bool, start: Moment?, deadline: Moment
  ) {
    self.kind = kind
    bytes = request.bytes
    commandCount = request.commandCount
    self.isRepeatable = isRepeatable
    self.start = start
    self.deadline = deadline
  }

  var isFinished: Bool { state.withLock { $0.result != nil } }

  /// Leaves the continuation of the waiting task; it is resumed at once when the request is finished already.
  func wait(_ continuation: UnsafeContinuation<Void, Never>) {
    let isFinished = state.withLock { state in
      if state.result == nil { state.continuation = continuation }
      return state.result != nil
    }
    if isFinished { continuation.resume() }
  }

  /// How the request has ended; nil before it has.
  var result: Result<Reply, RequestFailure>? { state.withLock { $0.result } }

  /// Ends the request; only the first end counts.
  func finish(_ result: Result<Reply, RequestFailure>) {
    let continuation = state.withLock { state in
      guard state.result == nil else { return nil as UnsafeContinuation<Void, Never>? }
      state.result = result
      defer { state.continuation = nil }
      return state.continuation
    }
    continuation?.resume()
  }

  /// Ends the request because its task was cancelled, unless it is under way and must be followed to its end.
  func cancel() {
    let continuation = state.withLock { state in
      state.isCancelled = true
      guard state.result == nil, isRepeatable || !state.isUnderWay else {
        return nil as UnsafeContinuation<Void, Never>?
      }
      state.result = .failure(.notDone(.cancelled))
      defer { state.continuation = nil }
      return state.continuation
    }
    continuation?.resume()
  }

  /// Notes that the request is about to be sent.
  ///
  /// - Returns: Whether it still shall be.
  func beginSending() -> Bool {
    state.withLock { state in
      guard state.result == nil else { return false }
      state.isUnderWay = true
      return true
    }
  }

  /// Notes that the request was surely not done, and waits to be sent again.
  ///
  /// - Returns: Whether it still shall be: a task that was cancelled meanwhile gives it up now.
  func returnToQueue() -> Bool {
    let isCancelled = state.withLock { state in
      state.isUnderWay = false
      return state.isCancelled
    }
    if isCancelled { cancel() }
    return !isCancelled
  }

  /// Counts how often the scripts were loaded for this request.
  func countReload() -> Int {
    state.withLock { state in
      state.reloads += 1
      return state.reloads
    }
  }
}

extension StoreError {
  /// The task was cancelled before its request was sent.
  static let cancelled = StoreError(.cancelled, "the task was cancelled before the request was done")
  /// The store was closed.
  static let closed = StoreError(.closed, "the store is closed")
}
