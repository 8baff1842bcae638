// SPDX-License-Identifier: Apache-2.0

/// What tellers have done: of one task, of a process, or of all of them together.
public struct Tally: Codable, Hashable, Sendable {
  /// Orders that were carried out.
  public var commits = 0
  /// Orders that were refused because the payer had not enough money.
  public var refused = 0
  /// Orders whose every attempt ended in a conflict. Nothing was moved.
  public var abandoned = 0
  /// Orders that failed with the store. Nothing was moved.
  public var failed = 0
  /// Orders of which nobody could find out what became of them.
  public var unsettled = 0
  /// How often the closure of a transaction has run.
  public var attempts = 0
  /// Attempts that ended in a conflict.
  public var conflicts = 0
  /// Commits whose answer was lost.
  public var doubts = 0
  /// Lost answers of commits that turned out to be applied.
  public var doubtsApplied = 0
  /// Lost answers of commits that turned out not to be applied.
  public var doubtsNotApplied = 0
  /// Requests that went to the store and back.
  public var roundTrips = 0
  /// The cents that were moved.
  public var moved = 0
  /// Sums of all accounts that were proved to be of one point in time, and right.
  public var audits = 0
  /// Sums that could not be proved, because the accounts changed while they were read.
  public var overtakenAudits = 0
  /// How long the work took, in seconds.
  public var seconds = 0.0
  /// How long the orders took that were carried out, their repetitions included, in nanoseconds.
  public var latency = Histogram()

  /// Nothing was done.
  public init() {}

  /// Attempts that were made again after a conflict.
  public var retries: Int { conflicts - abandoned }
  /// All orders.
  public var orders: Int { commits + refused + abandoned + failed + unsettled }

  /// Adds what others have done in the same time.
  public static func += (left: inout Tally, right: Tally) {
    left.commits += right.commits
    left.refused += right.refused
    left.abandoned += right.abandoned
    left.failed += right.failed
    left.unsettled += right.unsettled
    left.attempts += right.attempts
    left.conflicts += right.conflicts
    left.doubts += right.doubts
    left.doubtsApplied += right.doubtsApplied
    left.doubtsNotApplied += right.doubtsNotApplied
    left.roundTrips += right.roundTrips
    left.moved += right.moved
    left.audits += right.audits
    left.overtakenAudits += right.overtakenAudits
    left.seconds = max(left.seconds, right.seconds)
    left.latency += right.latency
  }
}
