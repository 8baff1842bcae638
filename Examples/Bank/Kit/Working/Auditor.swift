// SPDX-License-Identifier: Apache-2.0

internal import Rome

/// Adds up all balances again and again, for as long as the shift lasts.
struct Auditor {
  let book: AccountBook
  let shift: Shift
  let board: TallyBoard

  /// - Throws: ``BankError/wrongSum(_:)`` when the sum of one point in time is wrong.
  func work() async throws {
    while !shift.isOver {
      do {
        let statement = try await book.statement(retry: .never)
        guard statement.isRight else { throw BankError.wrongSum(statement) }
        board.update { $0.audits += 1 }
      } catch let error as RomeError where error.code == .conflict {
        board.update { $0.overtakenAudits += 1 }
      } catch let error as RomeError where error.code == .store {
        // The server is away: the tellers count that, and give up when it lasts.
        try await Task.sleep(for: .milliseconds(100))
      }
      await Task.yield()
    }
  }
}
