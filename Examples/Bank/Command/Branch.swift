// SPDX-License-Identifier: Apache-2.0

import BankKit
import ExampleSupport
import Rome

/// The tellers at work: in this process, or in several.
struct Branch {
  let workload: Workload
  let processes: Int
  let redis: String?
  let file: String?
  let store: any Store

  /// Lets the tellers work, and shows on a terminal how far they are.
  ///
  /// - Parameter interruption: Ends the work early.
  /// - Returns: What was done, and what went wrong.
  func work(until interruption: Interruption) async -> (Tally, failures: [String]) {
    let board = ProcessBoard(processes + 1)
    let progress = ProgressLine()
    let start = ContinuousClock.now
    let watching = Task {
      while progress.isShown, (try? await Task.sleep(for: .milliseconds(250))) != nil {
        progress.show(Summary(board.total).progress(after: (ContinuousClock.now - start) / .seconds(1)))
      }
    }
    let failures = processes == 1 ? await workHere(board, interruption) : await workInProcesses(board, interruption)
    watching.cancel()
    await watching.value
    progress.finish()
    return (board.total, failures)
  }

  private func workHere(_ board: ProcessBoard, _ interruption: Interruption) async -> [String] {
    let shift = workload.makeShift()
    interruption.whenItComes { shift.end() }
    do {
      try await workload.runOnThreads(of: store, during: shift, board: board[0])
      return []
    } catch {
      return ["\(error)"]
    }
  }

  private func workInProcesses(_ board: ProcessBoard, _ interruption: Interruption) async -> [String] {
    // This process only looks after the others, and audits them.
    let end = Shift()
    interruption.whenItComes { end.end() }
    return await withTaskGroup(of: String?.self) { group in
      for (number, part) in parts.enumerated() {
        group.addTask {
          do {
            let process = try TellerProcess(TellerAssignment(redis: redis, file: file, workload: part))
            interruption.whenItComes { process.endShift() }
            for try await tally in process.reports { board[number].update { $0 = tally } }
            return nil
          } catch {
            return "process \(number + 1): \(error)"
          }
        }
      }
      if workload.isAudited {
        group.addTask {
          var audit = workload
          audit.tasks = 0
          do {
            try await audit.run(on: store, during: end, board: board[processes])
            return nil
          } catch {
            return "\(error)"
          }
        }
      }
      var failures: [String] = []
      var left = processes
      for await failure in group {
        left -= 1
        if let failure {
          failures.append(failure)
          interruption.interrupt()
        }
        if left == 0 { end.end() }
      }
      return failures
    }
  }

  /// What each process shall do.
  private var parts: [Workload] {
    (0..<processes).map { number in
      var part = workload
      part.isAudited = false
      part.orders = workload.orders.map { $0 / processes + (number < $0 % processes ? 1 : 0) }
      return part
    }
  }
}

/// What the processes have done so far.
private final class ProcessBoard: Sendable {
  private let boards: [TallyBoard]

  init(_ count: Int) {
    boards = (0..<count).map { _ in TallyBoard() }
  }

  subscript(number: Int) -> TallyBoard { boards[number] }

  var total: Tally {
    var total = Tally()
    for board in boards { total += board.tally }
    return total
  }
}
