// SPDX-License-Identifier: Apache-2.0

/// How a ``LockManager`` asks a store for a lock that somebody else holds.
public struct LockPolicy: Hashable, Sendable {
  /// The longest wait between the first ask and the second. It doubles with each further one, and begins anew whenever
  /// the queue has moved.
  public var firstInterval: Duration
  /// The longest wait between two asks: about how long a lock can be free before the next process notices. A process that
  /// has not asked for 20 times as long has lost its place in the queue.
  public var maximumInterval: Duration
  /// How long a store may fail without a break before ``LockManager/acquire(_:lease:waiting:renews:)`` gives up.
  public var failurePatience: Duration

  /// Makes a policy. Each wait is a random part, at least half, of its limit.
  ///
  /// - Parameters:
  ///   - firstInterval: The longest wait between the first ask and the second.
  ///   - maximumInterval: The longest wait between two asks.
  ///   - failurePatience: How long a store may fail without a break.
  public init(
    firstInterval: Duration = .milliseconds(1), maximumInterval: Duration = .milliseconds(50),
    failurePatience: Duration = .seconds(5)
  ) {
    self.firstInterval = firstInterval
    self.maximumInterval = maximumInterval
    self.failurePatience = failurePatience
  }

  /// Waits of at most 1 to 50 milliseconds, and 5 seconds of failures.
  public static let `default` = LockPolicy()

  /// How long a place in the queue is kept without being asked for again. It bears a few lost asks.
  var placePatience: Duration { longestInterval * 20 }

  /// The longest wait between two asks, within reason.
  var longestInterval: Duration { max(.microseconds(1), min(maximumInterval, .seconds(3600))) }
  /// The longest wait before the second ask, within reason.
  var shortestInterval: Duration { max(.microseconds(1), min(firstInterval, longestInterval)) }
}

/// How long to wait until the next ask.
struct LockPolling {
  private let policy: LockPolicy
  private let fraction: () -> Double
  private var interval: Duration
  private var ahead = Int.max

  /// The waits of one attempt to get a lock.
  ///
  /// - Parameters:
  ///   - policy: The limits of the waits.
  ///   - fraction: Draws the part of a limit, from 0 to 1.
  init(_ policy: LockPolicy, fraction: @escaping () -> Double = { .random(in: 0...1) }) {
    self.policy = policy
    self.fraction = fraction
    interval = policy.shortestInterval
  }

  /// The wait after an ask that failed.
  mutating func delay() -> Duration {
    defer { interval = min(interval * 2, policy.longestInterval) }
    return interval * (0.5 + fraction() / 2)
  }

  /// The wait after an ask that others were ahead of.
  ///
  /// - Parameters:
  ///   - ahead: How many are to have the lock before.
  ///   - remaining: How long the present lease lasts.
  mutating func delay(ahead: Int, remaining: Duration) -> Duration {
    if ahead < self.ahead { interval = policy.shortestInterval }
    self.ahead = ahead
    let delay = self.delay()
    return ahead == 1 && remaining > .zero ? min(delay, remaining) : delay
  }
}
