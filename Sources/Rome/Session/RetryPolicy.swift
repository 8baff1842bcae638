// SPDX-License-Identifier: Apache-2.0

/// How often a transaction is run again after a conflict, and how long it waits in between.
///
/// Of those that meet one always wins, so waiting is only there to waste less work. The limits here are therefore upper ones: the
/// wait is also no longer than the attempt took, doubled with each further one. Who loses a race of 50 microseconds does not
/// stand aside for a millisecond. Who loses a row to a transaction of the same process, on a store that is not merely in
/// memory, waits for its turn at the row instead.
public struct RetryPolicy: Hashable, Sendable {
  /// How often the transaction is run at the most, the first time included; at least 1.
  public var maximumAttempts: Int
  /// The longest wait before the second attempt. It doubles with each further one.
  public var firstDelay: Duration
  /// The longest wait of all.
  public var maximumDelay: Duration

  /// Makes a policy. Each wait is a random part of its limit, so that transactions which met don't meet again.
  public init(
    maximumAttempts: Int = 64, firstDelay: Duration = .milliseconds(1), maximumDelay: Duration = .milliseconds(100)
  ) {
    self.maximumAttempts = max(1, maximumAttempts)
    self.firstDelay = firstDelay
    self.maximumDelay = maximumDelay
  }

  /// 64 attempts, with waits of at most 1 to 100 milliseconds.
  public static let `default` = RetryPolicy()
  /// A conflict is thrown at once.
  public static let never = RetryPolicy(maximumAttempts: 1)

  /// The longest wait after an attempt that failed.
  ///
  /// - Parameters:
  ///   - attempt: Which one it was, counted from 1.
  ///   - duration: How long it took.
  func longestDelay(afterAttempt attempt: Int, lasting duration: Duration) -> Duration {
    min(maximumDelay, min(firstDelay, duration) * (1 << min(attempt - 1, 20)))
  }

  /// How long to wait after an attempt that failed.
  ///
  /// - Parameters:
  ///   - attempt: Which one it was, counted from 1.
  ///   - duration: How long it took.
  func delay(afterAttempt attempt: Int, lasting duration: Duration) -> Duration {
    longestDelay(afterAttempt: attempt, lasting: duration) * LockClock.current.fraction()
  }
}
