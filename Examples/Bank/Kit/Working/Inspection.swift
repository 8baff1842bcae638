// SPDX-License-Identifier: Apache-2.0

public import Rome

/// What the bank looks like after the work.
public struct Inspection: Sendable {
  /// The sums.
  public let statement: Statement
  /// What `verify()` says of rows and indexes.
  public let verification: VerificationReport
  /// What is wrong, in words; empty when nothing is.
  public let problems: [String]

  /// Looks at the bank, which must be at rest.
  ///
  /// - Parameters:
  ///   - book: The accounts.
  ///   - tally: What was done in the run.
  ///   - run: The name under which its transfers were written down; nil when none were.
  /// - Throws: ``Rome/RomeError`` when the store can't be read.
  public init(of book: AccountBook, after tally: Tally, run: String?) async throws {
    statement = try await book.statement()
    verification = try await book.store.verify()
    var problems: [String] = []
    if !statement.isRight { problems.append("the sum is wrong: \(statement)") }
    if !verification.isClean { problems.append("rows and indexes do not agree: \(verification)") }
    if let run {
      let (count, amount) = try await book.transfers(of: run)
      if !(tally.commits...tally.commits + tally.unsettled).contains(count) {
        problems.append("\(count) transfers are written down, \(tally.commits) were acknowledged")
      } else if tally.unsettled == 0, amount != tally.moved {
        problems.append("the transfers that are written down move \(amount), those acknowledged \(tally.moved)")
      }
    }
    self.problems = problems
  }
}
