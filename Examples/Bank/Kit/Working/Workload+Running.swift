// SPDX-License-Identifier: Apache-2.0

public import Rome

extension Workload {
  /// A shift with the end that the workload names, which begins now.
  public func makeShift() -> Shift {
    Shift(orders: orders, seconds: seconds)
  }

  /// Lets the tellers work until the shift is over.
  ///
  /// - Parameters:
  ///   - store: Where the accounts are; they must be open.
  ///   - shift: How long to work.
  ///   - board: Where to write what was done, as it is done.
  /// - Throws: ``BankError/wrongSum(_:)`` when an audit finds a wrong sum; ``Rome/RomeError`` when the store fails and does
  ///   not come back.
  public func run(
    on store: any Store, during shift: Shift, board: TallyBoard
  ) async throws {
    let start = ContinuousClock.now
    let observed = ObservedStore(store)
    let book = AccountBook(observed)
    defer {
      board.update { tally in
        tally.seconds = (ContinuousClock.now - start) / .seconds(1)
        observed.fill(&tally)
      }
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<tasks {
        let teller = Teller(book: book, workload: self, shift: shift, board: board)
        group.addTask { try await teller.work() }
      }
      if isAudited {
        let auditor = Auditor(book: book, shift: shift, board: board)
        group.addTask { try await auditor.work() }
      }
      // Whoever fails ends the shift. The others carry out the orders that they have, so that what was counted is what
      // was done.
      var failure: (any Error)?
      while let result = await group.nextResult() {
        if case .failure(let error) = result {
          failure = failure ?? error
          shift.end()
        }
      }
      if let failure { throw failure }
    }
  }
}
