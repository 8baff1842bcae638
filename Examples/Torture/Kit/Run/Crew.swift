// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// The processes of clients: each that ended is followed by another one.
final class Crew: Sendable {
  private struct State {
    var atWork: [ClientProcess] = []
    var all: [ClientProcess] = []
    var nextClient = 1
    var trap: Trap?
  }

  /// What is to be done to the process that tells a step of a kind next.
  private struct Trap {
    let kind: ClientLine.Kind
    let signal: Int32
    var caught: ClientProcess?
  }

  private let program: URL
  private let assignment: ClientAssignment
  private let clientsPerProcess: Int
  private let state = Mutex(State())

  /// Starts processes.
  ///
  /// - Parameters:
  ///   - program: The program of the clients.
  ///   - processes: How many there are at the same time.
  ///   - clients: How many clients each of them has.
  ///   - assignment: What they do, but for the numbers of the clients.
  /// - Throws: When a process can't be started.
  init(_ program: URL, processes: Int, clients: Int, _ assignment: ClientAssignment) throws {
    self.program = program
    self.assignment = assignment
    clientsPerProcess = clients
    for _ in 0..<processes { try hire() }
  }

  /// Starts one more process.
  ///
  /// - Throws: When it can't be started.
  func hire() throws {
    var part = assignment
    part.clients = state.withLock { state in
      defer { state.nextClient += clientsPerProcess }
      return Array(state.nextClient..<(state.nextClient + clientsPerProcess))
    }
    let process = try ClientProcess(program, part) { [weak self] process, line in self?.look(at: line, of: process) }
    state.withLock { state in
      state.atWork.append(process)
      state.all.append(process)
    }
  }

  private func look(at line: ClientLine, of process: ClientProcess) {
    let signal = state.withLock { state -> Int32? in
      guard let trap = state.trap, trap.caught == nil, trap.kind == line.kind else { return nil }
      state.trap?.caught = process
      return trap.signal
    }
    if let signal { process.send(signal) }
  }

  /// Sends a signal to the process that tells a step of a kind next, as soon as it does.
  ///
  /// - Returns: The process; nil when nobody has told such a step for five seconds.
  func catchNext(_ kind: ClientLine.Kind, _ signal: Int32) async -> ClientProcess? {
    state.withLock { $0.trap = Trap(kind: kind, signal: signal) }
    let deadline = ContinuousClock.now + .seconds(5)
    while ContinuousClock.now < deadline, state.withLock({ $0.trap?.caught }) == nil {
      try? await Task.sleep(for: .milliseconds(1))
    }
    return state.withLock { state in
      defer { state.trap = nil }
      return state.trap?.caught
    }
  }

  /// Kills all processes at the same time.
  func killAll() {
    for process in state.withLock({ $0.atWork }) { process.send(SIGKILL) }
  }

  /// Puts others in the place of processes that were killed.
  ///
  /// - Throws: When one can't be started.
  func replaceDead(_ dead: [ClientProcess]? = nil) async throws {
    let dead = dead ?? state.withLock { $0.atWork }
    for process in dead { _ = await process.waitForEnd() }
    state.withLock { state in state.atWork.removeAll { process in dead.contains { $0 === process } } }
    for _ in dead { try hire() }
  }

  /// Waits until the store has refused somebody since a time, or something else is so; at the most five seconds.
  func waitForRefusal(since time: Int, or isEnough: () -> Bool) async {
    let deadline = ContinuousClock.now + .seconds(5)
    while ContinuousClock.now < deadline, !isEnough() {
      if state.withLock({ $0.atWork }).contains(where: { $0.wasRefused(since: time) }) { return }
      try? await Task.sleep(for: .milliseconds(5))
    }
  }

  /// Waits until each process has committed something since a time, at the most ten seconds.
  func waitForService(since time: Int) async {
    let deadline = ContinuousClock.now + .seconds(10)
    while ContinuousClock.now < deadline {
      let waiting = state.withLock { $0.atWork }.contains { !$0.hasCommitted(since: time) && $0.isRunning }
      if !waiting { return }
      try? await Task.sleep(for: .milliseconds(5))
    }
  }

  /// Lets all processes end what they do.
  ///
  /// - Returns: What each process has told, and what went wrong with it.
  func goHome() async -> (lines: [[ClientLine]], problems: [String]) {
    let (all, atWork) = state.withLock { ($0.all, $0.atWork) }
    for process in atWork {
      process.send(SIGCONT)
      process.endShift()
    }
    var problems: [String] = []
    for process in atWork {
      if let problem = await process.waitForEnd() { problems.append(problem) }
    }
    return (all.map(\.lines), problems)
  }
}
