// SPDX-License-Identifier: Apache-2.0

import BankKit
import ExampleSupport
import Foundation

/// What a process of tellers is told on its standard input, as one line of JSON: so no password is among its arguments.
struct TellerAssignment: Codable, Sendable {
  /// The server where the accounts are; nil when they are elsewhere.
  var redis: String?
  /// The file where the accounts are; nil when they are elsewhere.
  var file: String?
  /// What to do.
  var workload: Workload

  /// The other side: reads the assignment, does what it says, and writes what was done so far to the standard output,
  /// four times a second and at the end, each time as one line of JSON. The end of the standard input ends the shift
  /// early, so the process does not outlive the one that has started it.
  static func carryOut() async throws {
    signal(SIGINT, SIG_IGN)
    signal(SIGPIPE, SIG_IGN)
    guard let line = readLine() else { return }
    let assignment = try JSONDecoder().decode(TellerAssignment.self, from: Data(line.utf8))
    let board = TallyBoard()
    try await StoreOptions(redis: assignment.redis, file: assignment.file).withStore(of: "bank", erasing: false) {
      store in
      let shift = assignment.workload.makeShift()
      Thread.detachNewThread {
        while readLine() != nil {}
        shift.end()
      }
      let reporting = Task {
        while (try? await Task.sleep(for: .milliseconds(250))) != nil { report(board.tally) }
      }
      defer { reporting.cancel() }
      try await assignment.workload.runOnThreads(of: store, during: shift, board: board)
      reporting.cancel()
      await reporting.value
    }
    report(board.tally)
  }

  private static func report(_ tally: Tally) {
    guard let text = try? JSONEncoder().encode(tally) else { return }
    // It fails when the process that wants to know has ended; then there is nobody to tell.
    try? FileHandle.standardOutput.write(contentsOf: text + Data("\n".utf8))
  }
}
