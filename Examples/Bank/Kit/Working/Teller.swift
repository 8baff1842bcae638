// SPDX-License-Identifier: Apache-2.0

internal import Rome

/// Takes orders and carries them out, one after the other, for as long as the shift lasts.
struct Teller {
  /// How many orders in a row may fail with the store before the teller gives up.
  private static let patience = 20
  /// How long a teller asks what became of a commit, beyond what the session does.
  private static let settlingTime = Duration.seconds(60)

  let book: AccountBook
  let workload: Workload
  let shift: Shift
  let board: TallyBoard

  func work() async throws {
    var generator = SystemRandomNumberGenerator()
    let session = RomeSession(book.store)
    var failures = 0
    while shift.takeOrder() {
      let order = Order.random(
        accounts: workload.accounts, maximumAmount: workload.maximumAmount, using: &generator)
      do {
        try await carryOut(order, session)
        failures = 0
      } catch let error as RomeError where error.code == .store && failures < Self.patience {
        // The server is away, or not itself: nothing was moved.
        failures += 1
        board.update { $0.failed += 1 }
      }
    }
  }

  private func carryOut(_ order: Order, _ session: RomeSession) async throws {
    let start = ContinuousClock.now
    let before = session.statistics
    var attempts = 0
    var ending = \Tally.commits
    defer {
      let roundTrips = session.statistics.since(before).roundTrips
      board.update { tally in
        tally.attempts += attempts
        // All attempts but the last one have ended in a conflict, or there would have been no further one.
        tally.conflicts += max(0, attempts - 1)
        tally.roundTrips += roundTrips
      }
    }
    do {
      try await book.transfer(order, writtenDownFor: workload.run, session) { attempts += 1 }
    } catch BankError.insufficientFunds {
      ending = \.refused
    } catch let error as RomeError {
      switch error.code {
      case .conflict:
        ending = \.abandoned
        board.update { $0.conflicts += 1 }
      case .unknownOutcome:
        switch await settle(error.commitID) {
        case true: break
        case false: ending = \.failed
        case nil: ending = \.unsettled
        }
      default: throw error
      }
    }
    let latency = Int((ContinuousClock.now - start) / .nanoseconds(1))
    board.update { [ending] tally in
      tally[keyPath: ending] += 1
      guard ending == \.commits else { return }
      tally.moved += order.amount
      tally.latency.add(latency)
    }
  }

  /// Finds out what became of a commit whose answer was lost, when the session could not.
  ///
  /// - Returns: Whether it was applied; nil when nobody knows.
  private func settle(_ id: CommitID?) async -> Bool? {
    guard let id else { return nil }
    let deadline = ContinuousClock.now + Self.settlingTime
    while ContinuousClock.now < deadline {
      do {
        switch try await book.store.resolve(id) {
        case .committed: return true
        case .notCommitted: return false
        case .forgotten: return nil
        }
      } catch {
        if error.code == .cancelled || error.code == .closed { return nil }
        try? await Task.sleep(for: .milliseconds(100))
      }
    }
    return nil
  }
}
