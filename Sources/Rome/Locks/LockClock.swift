// SPDX-License-Identifier: Apache-2.0

/// The time that locks go by. Tests bring their own, so that they need not wait.
struct LockClock: Sendable {
  /// Tells the time.
  var now: @Sendable () -> ContinuousClock.Instant
  /// Waits, and says whether the time is over; false when the task was cancelled.
  var sleep: @Sendable (Duration) async -> Bool

  /// The clock of the machine, which goes on while it sleeps. It wakes its sleepers after a day at the latest, since the
  /// timers of some systems can't count centuries; they look at the time again.
  static let continuous = LockClock(
    now: { ContinuousClock.now },
    sleep: { duration in
      do {
        try await Task.sleep(for: min(duration, Duration.seconds(86_400)), clock: .continuous)
        return true
      } catch {
        return false
      }
    })
}

extension ContinuousClock.Instant {
  /// The instant after a duration, which counts as none when it is negative, and as some thousands of years when it is
  /// longer: sums of instants and durations must not overflow.
  public func advanced(byAtMost duration: Duration) -> ContinuousClock.Instant {
    advanced(by: max(.zero, min(duration, .seconds(1 << 40))))
  }
}
