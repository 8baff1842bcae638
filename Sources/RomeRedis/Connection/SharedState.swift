// SPDX-License-Identifier: Apache-2.0

internal import Logging
internal import Rome
internal import Synchronization

/// What the store and the thread of its connection both know.
final class SharedState: Sendable {
  private struct State {
    var info: RedisServerInfo?
    var hashes: ScriptHashes?
    var failsFast = false
  }

  private let state = Mutex(State())
  /// The newest revision that this process knows to exist.
  private let newest = Atomic<UInt64>(0)
  private let logger: Logger?
  private let observer: (@Sendable (RedisEvent) -> Void)?

  init(_ configuration: RedisConfiguration) {
    logger = configuration.logger
    observer = configuration.onEvent
  }

  /// What the server said of itself at the last greeting; nil before the first.
  var info: RedisServerInfo? { state.withLock { $0.info } }

  /// How safe an acknowledged commit is; that of a store that keeps nothing before the first greeting.
  var durability: Durability { state.withLock { $0.info?.durability } ?? .memory }

  /// The names of the scripts; nil before the first greeting.
  var hashes: ScriptHashes? { state.withLock { $0.hashes } }

  /// Whether a failed attempt to connect ends the requests that wait, instead of their deadlines.
  var failsFast: Bool {
    get { state.withLock { $0.failsFast } }
    set { state.withLock { $0.failsFast = newValue } }
  }

  /// The newest revision that this process knows to exist: all later commits have greater ones.
  var newestRevision: UInt64 { newest.load(ordering: .relaxed) }

  /// Remembers that a revision exists.
  func note(_ revision: UInt64) {
    newest.max(revision, ordering: .relaxed)
  }

  func connected(_ greeting: Greeting) {
    note(greeting.revision)
    state.withLock { state in
      state.info = greeting.info
      state.hashes = greeting.hashes
    }
    report(.connected(greeting.info))
  }

  /// Whether somebody wants to know how long requests take.
  var isObserved: Bool { observer != nil }

  func report(answered request: PendingRequest, _ reply: Reply) {
    guard let observer, let start = request.start else { return }
    observer(
      .answered(
        RedisRequest(
          kind: request.kind, commands: request.commandCount, bytesSent: request.bytes.count,
          bytesReceived: reply.bytes.count, duration: Duration(.now - start))))
  }

  func report(_ event: RedisEvent) {
    observer?(event)
    guard let logger else { return }
    switch event {
    case .connected(let info):
      logger.info(
        "connected to Redis",
        metadata: ["version": "\(info.version)", "durability": "\(info.durability.rawValue)"])
    case .connectFailed(let error, let attempt, let delay):
      logger.info(
        "can't connect to Redis",
        metadata: ["error": "\(error)", "attempt": "\(attempt)", "next": "\(delay)"])
    case .disconnected(let error, let count):
      logger.info("lost the connection to Redis", metadata: ["error": "\(error)", "requests": "\(count)"])
    case .scriptsReloaded: logger.info("loaded the scripts into Redis again")
    case .answered: break
    case .closed: logger.debug("closed the connection to Redis")
    }
  }
}
