// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// A proxy between Redis clients and their server on the loopback that loses, delays and breaks what a plan tells it to.
///
/// It understands the framing of RESP in both directions, so it knows which reply belongs to which request and counts
/// both. A connection that turns to something else, by `MONITOR` or because somebody sends garbage, is passed on as it is.
/// `CLIENT REPLY` is not supported, since replies would be missing.
public final class ChaosProxy: Sendable {
  /// The port that clients connect to.
  public let port: Int

  private let loop: SocketLoop
  private let core: ProxyCore

  /// A proxy that listens.
  /// - Parameters:
  ///   - serverPort: The port of the server; nothing needs to listen there yet.
  ///   - plan: What happens to each request.
  /// - Throws: `system`.
  public init(to serverPort: Int, plan: Plan = .none) throws(RedisTestError) {
    let reservation = try PortReservation()
    port = reservation.port
    loop = try SocketLoop(name: "ChaosProxy")
    core = ProxyCore(loop, reservation, serverPort: serverPort, plan: plan)
    try set(.accept)
  }

  deinit { close() }

  /// What happens to each request from now on.
  public var plan: Plan {
    get { core.state.withLock { $0.plan } }
    set { core.state.withLock { $0.plan = newValue } }
  }

  /// The address of the proxy for a client: `redis://127.0.0.1:port`.
  public var url: String { "redis://127.0.0.1:\(port)" }

  /// Says what happens to new connections. Those that are open stay as they are.
  /// - Parameter reception: What happens to them, when this has returned.
  /// - Throws: `system` when the proxy can't listen again.
  public func set(_ reception: Reception) throws(RedisTestError) {
    let problem = Mutex<RedisTestError?>(nil)
    loop.perform { [core] in
      do throws(RedisTestError) {
        try core.set(reception)
      } catch {
        problem.withLock { $0 = error }
      }
    }
    if let error = problem.withLock({ $0 }) { throw error }
  }

  /// Ends all open connections.
  /// - Parameter ending: How.
  public func cutAll(_ ending: Ending = .close) {
    loop.perform { [core] in core.cutAll(ending) }
  }

  /// Ends all connections and the proxy.
  public func close() {
    loop.perform { [core] in core.close() }
    loop.close()
  }

  /// What has gone through the proxy since its start or `resetCounts()`.
  public var counts: Counts { core.state.withLock { $0.counts } }

  /// Begins to count anew; connections that are open stay counted as such.
  public func resetCounts() {
    core.state.withLock { state in
      let open = state.counts.openConnections
      state.counts = Counts()
      state.counts.openConnections = open
    }
  }

  /// Waits for something to have gone through the proxy.
  /// - Parameters:
  ///   - time: How long to wait at most.
  ///   - condition: What is waited for; it is asked after each change.
  /// - Returns: The first counts with which the condition holds.
  /// - Throws: `timedOut`, at once when the proxy is closed.
  @discardableResult
  public func waitForCounts(
    within time: Duration = .seconds(20), _ condition: @escaping @Sendable (Counts) -> Bool
  ) async throws(RedisTestError) -> Counts {
    let counts = await withCheckedContinuation { continuation in
      core.notify(when: condition, within: time) { continuation.resume(returning: $0) }
    }
    guard let counts else {
      throw RedisTestError(.timedOut, "What was waited for did not come (for \(time) at most): \(self.counts).")
    }
    return counts
  }
}
