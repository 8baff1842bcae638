// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// What a proxy consists of on its thread.
///
/// `@unchecked Sendable` is safe: all but `state`, which has a mutex, is used on the loop's thread only.
final class ProxyCore: @unchecked Sendable {
  struct Waiter {
    let condition: @Sendable (ChaosProxy.Counts) -> Bool
    let resume: @Sendable (ChaosProxy.Counts?) -> Void
  }

  struct State {
    var plan: ChaosProxy.Plan
    var counts = ChaosProxy.Counts()
    /// Requests by command since the start, which no reset of the counts changes: plans count by them.
    var seen: [String: Int] = [:]
    var waiters: [Int: Waiter] = [:]
    var waitersMade = 0
    var isClosed = false
  }

  let state: Mutex<State>
  private let loop: SocketLoop
  private let reservation: PortReservation
  private let serverPort: Int
  private var listener: Listener?
  private var reception = ChaosProxy.Reception.refuse
  private var connections: [Int: ProxyConnection] = [:]
  private var connectionsMade = 0

  init(_ loop: SocketLoop, _ reservation: PortReservation, serverPort: Int, plan: ChaosProxy.Plan) {
    self.loop = loop
    self.reservation = reservation
    self.serverPort = serverPort
    state = Mutex(State(plan: plan))
  }

  // MARK: Counting, from any thread

  /// Changes the counts, and tells those who wait for that.
  func count(_ change: (inout ChaosProxy.Counts) -> Void) {
    let (counts, ready) = state.withLock { state in
      change(&state.counts)
      let counts = state.counts
      let ready = state.waiters.filter { $0.value.condition(counts) }
      for number in ready.keys { state.waiters[number] = nil }
      return (counts, ready)
    }
    for (_, waiter) in ready { waiter.resume(counts) }
  }

  /// Calls back once: with the counts when they are as wanted, or with nil when that takes too long or the proxy is closed.
  func notify(
    when condition: @escaping @Sendable (ChaosProxy.Counts) -> Bool, within time: Duration,
    _ resume: @escaping @Sendable (ChaosProxy.Counts?) -> Void
  ) {
    let number = state.withLock { state in
      state.waitersMade += 1
      state.waiters[state.waitersMade] = Waiter(condition: condition, resume: resume)
      return state.waitersMade
    }
    let giveUp = { @Sendable [self] in
      let waiter = state.withLock { $0.waiters.removeValue(forKey: number) }
      waiter?.resume(nil)
    }
    count { _ in }
    if state.withLock({ $0.isClosed }) { return giveUp() }
    DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(time.wholeMilliseconds), execute: giveUp)
  }

  // MARK: On the loop's thread

  func set(_ reception: ChaosProxy.Reception) throws(RedisTestError) {
    switch reception {
    case .accept, .ignore:
      // Those who connected before belong to what was said before.
      if let listener, listener.descriptor >= 0 { listener.handle(listener.events) }
      self.reception = reception
      let listener = listener ?? Listener(loop, reservation) { [unowned self] in accept($0) }
      self.listener = listener
      try listener.open()
    case .refuse:
      listener?.close()
      self.reception = reception
    }
  }

  func cutAll(_ ending: Ending) {
    for connection in Array(connections.values) { connection.cut(ending) }
  }

  func close() {
    listener?.close()
    cutAll(.close)
    listener = nil
    let waiters = state.withLock { state in
      defer { state.waiters.removeAll() }
      state.isClosed = true
      return state.waiters.values.map(\.self)
    }
    for waiter in waiters { waiter.resume(nil) }
  }

  private func accept(_ descriptor: Int32) {
    connectionsMade += 1
    count {
      $0.connections += 1
      $0.openConnections += 1
    }
    let number = connectionsMade
    let connection = ProxyConnection(
      number: number, client: SocketStream(descriptor, loop), server: reception == .ignore ? nil : connectToServer(),
      loop: loop, core: self)
    connections[number] = connection
    connection.begin(ignoring: reception == .ignore)
  }

  private func connectToServer() -> SocketStream? {
    guard let descriptor = try? Libc.socket() else { return nil }
    Libc.makeNonBlocking(descriptor)
    Libc.sendAtOnce(descriptor)
    do throws(RedisTestError) {
      _ = try Libc.connectLoopback(descriptor, port: serverPort)
    } catch {
      Foundation.close(descriptor)
      return nil
    }
    return SocketStream(descriptor, loop)
  }

  func forget(_ connection: ProxyConnection) {
    guard connections.removeValue(forKey: connection.number) != nil else { return }
    count { $0.openConnections -= 1 }
  }

  /// Counts a request and asks the plan about it.
  func decide(connection: Int, number: Int, arguments: [[UInt8]]) -> (command: String, action: ChaosProxy.Action) {
    let command = String(decoding: arguments.first ?? [], as: UTF8.self).uppercased()
    let (plan, numberOfCommand) = state.withLock { state in
      state.seen[command, default: 0] += 1
      return (state.plan, state.seen[command, default: 0])
    }
    count { $0.requests[command, default: 0] += 1 }
    let request = ChaosProxy.Request(
      connection: connection, number: number, numberOfCommand: numberOfCommand, command: command,
      arguments: arguments)
    return (command, plan.action(request))
  }
}
