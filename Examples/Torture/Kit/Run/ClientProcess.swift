// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// This program once more, as a process of clients.
final class ClientProcess: Sendable {
  private struct State {
    var lines: [ClientLine] = []
    var input: FileHandle?
    var hasEnded = false
    var wasKilled = false
  }

  private let process: Process
  private let state = Mutex(State())
  private let ended = DispatchGroup()

  /// Starts a process.
  ///
  /// - Parameters:
  ///   - program: The program, which understands `--client-process`.
  ///   - assignment: What the clients do.
  ///   - onLine: Is called on a thread of its own with each line, as it comes.
  /// - Throws: When it can't be started.
  init(
    _ program: URL, _ assignment: ClientAssignment, onLine: @escaping @Sendable (ClientProcess, ClientLine) -> Void
  ) throws {
    // A process that has ended must not end this one when it is written to.
    signal(SIGPIPE, SIG_IGN)
    process = Process()
    let (input, output) = (Pipe(), Pipe())
    process.executableURL = program
    process.arguments = ["--client-process"]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    state.withLock { $0.input = input.fileHandleForWriting }
    let descriptor = output.fileHandleForReading.fileDescriptor
    ended.enter()
    Thread.detachNewThread { [self] in
      // The handle is closed when the last reference to the pipe is gone, so the thread has one.
      withExtendedLifetime(output) { read(descriptor, onLine) }
      process.waitUntilExit()
      state.withLock { $0.hasEnded = true }
      ended.leave()
    }
    let text = try JSONEncoder().encode(assignment) + Data("\n".utf8)
    try input.fileHandleForWriting.write(contentsOf: text)
  }

  private func read(_ descriptor: Int32, _ onLine: (ClientProcess, ClientLine) -> Void) {
    let decoder = JSONDecoder()
    var rest: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Foundation.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      rest += buffer[..<count]
      var start = 0
      while let end = rest[start...].firstIndex(of: UInt8(ascii: "\n")) {
        // A line that is cut off, by a process that was killed, says nothing.
        if let line = try? decoder.decode(ClientLine.self, from: Data(rest[start..<end])) {
          state.withLock { $0.lines.append(line) }
          onLine(self, line)
        }
        start = end + 1
      }
      rest.removeFirst(start)
    }
  }

  /// What the clients have told so far.
  var lines: [ClientLine] { state.withLock { $0.lines } }

  /// Whether the clients have committed something since a time.
  func hasCommitted(since time: Int) -> Bool { hasEnded(since: time) { $0.outcome == .committed } }

  /// Whether the store has refused something since a time, because it was away or full.
  func wasRefused(since time: Int) -> Bool { hasEnded(since: time, \.isRefusal) }

  private func hasEnded(since time: Int, _ isMeant: (ClientLine) -> Bool) -> Bool {
    state.withLock { state in
      // Two clients write lines at the same time, so one may be a little behind the next.
      state.lines.suffix(2000).contains { $0.kind == .end && $0.time > time && isMeant($0) }
    }
  }

  /// Whether the process runs; one that is stopped does.
  var isRunning: Bool { !state.withLock { $0.hasEnded } && process.isRunning }

  /// Sends a signal, if the process runs.
  func send(_ number: Int32) {
    guard process.isRunning else { return }
    if number == SIGKILL { state.withLock { $0.wasKilled = true } }
    kill(process.processIdentifier, number)
  }

  /// Tells the clients to end what they do, and to do no more.
  func endShift() {
    state.withLock { state in
      try? state.input?.close()
      state.input = nil
    }
  }

  /// Waits until the process has ended, and kills it when that takes longer than a minute.
  ///
  /// - Returns: What is wrong with how it ended; nil when nothing is.
  func waitForEnd() async -> String? {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { [self] in
        let isLate = ended.wait(timeout: .now() + 60) == .timedOut
        if isLate {
          send(SIGKILL)
          ended.wait()
        }
        continuation.resume(returning: problem(isLate))
      }
    }
  }

  private func problem(_ isLate: Bool) -> String? {
    if isLate { return "a process of clients did not end" }
    if state.withLock({ $0.wasKilled }) { return nil }
    if process.terminationReason == .exit, process.terminationStatus == 0 { return nil }
    return "a process of clients ended with \(process.terminationStatus)"
  }
}
