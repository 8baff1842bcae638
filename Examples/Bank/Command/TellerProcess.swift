// SPDX-License-Identifier: Apache-2.0

import BankKit
import Foundation
import Synchronization

/// This program once more, as a process of tellers.
final class TellerProcess: Sendable {
  /// What the process has done so far, each time it says so; the last one is all that it has done. It throws when the
  /// process fails.
  let reports: AsyncThrowingStream<Tally, any Error>
  /// The standard input of the process; nil when the shift was ended.
  private let input: Mutex<FileHandle?>

  /// A process that ended with another exit code than 0, or can't be understood.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Starts a process.
  init(_ assignment: TellerAssignment) throws {
    guard let program = Bundle.main.executableURL else {
      throw Failure(description: "the program does not know itself")
    }
    // A process that has ended must not end this one when it is written to.
    signal(SIGPIPE, SIG_IGN)
    let process = Process()
    let (input, output) = (Pipe(), Pipe())
    process.executableURL = program
    process.arguments = ["--teller-process"]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    let (reports, continuation) = AsyncThrowingStream<Tally, any Error>.makeStream()
    self.reports = reports
    self.input = Mutex(input.fileHandleForWriting)
    let reader = output.fileHandleForReading
    Thread.detachNewThread {
      do {
        var lines = Data()
        while let piece = try Self.nextBytes(of: reader) {
          lines += piece
          while let end = lines.firstIndex(of: UInt8(ascii: "\n")) {
            continuation.yield(try JSONDecoder().decode(Tally.self, from: lines[..<end]))
            lines = Data(lines[(end + 1)...])
          }
        }
        process.waitUntilExit()
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
          let way = process.terminationReason == .exit ? "exit code" : "signal"
          throw Failure(description: "it ended with the \(way) \(process.terminationStatus)")
        }
        continuation.finish()
      } catch {
        continuation.finish(throwing: error)
      }
    }
    try input.fileHandleForWriting.write(contentsOf: JSONEncoder().encode(assignment) + Data("\n".utf8))
  }

  /// Waits for bytes; nil at the end. `FileHandle.read(upToCount:)` would wait until it has as many as it was asked
  /// for.
  private static func nextBytes(of handle: FileHandle) throws -> Data? {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(handle.fileDescriptor, &bytes, bytes.count)
      if count > 0 { return Data(bytes[..<count]) }
      if count == 0 { return nil }
      guard errno == EINTR else {
        throw Failure(description: "its output can't be read: \(String(cString: strerror(errno)))")
      }
    }
  }

  /// Lets the tellers carry out what they have begun, and end.
  func endShift() {
    input.withLock { input in
      try? input?.close()
      input = nil
    }
  }
}
