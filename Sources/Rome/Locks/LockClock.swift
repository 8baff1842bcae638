// SPDX-License-Identifier: Apache-2.0

/// The time that waiting goes by: of locks, of transactions that run again, and of commits whose answers were lost. Tests and
/// simulations bring their own, so that they need not wait.
package struct LockClock: Sendable {
  /// Tells the time.
  package var now: @Sendable () -> ContinuousClock.Instant
  /// Waits, and says whether the time is over; false when the task was cancelled.
  package var sleep: @Sendable (Duration) async -> Bool
  /// Waits without noticing a cancellation: a cancelled task must learn what became of its commit all the same.
  package var sleepThrough: @Sendable (Duration) async -> Void
  /// Draws the part of a limit, from 0 to 1, that a task waits before it tries again.
  package var fraction: @Sendable () -> Double

  /// Draws who asks for a lock.
  package var claimant: @Sendable () -> LeaseClaimant
  /// Starts work that goes on in the background, such as the renewal of a lease.
  package var start:
    @Sendable (_ priority: TaskPriority?, _ work: @escaping @Sendable () async -> Void) -> Task<Void, Never>

  /// Makes a clock.
  package init(
    now: @escaping @Sendable () -> ContinuousClock.Instant, sleep: @escaping @Sendable (Duration) async -> Bool,
    sleepThrough: @escaping @Sendable (Duration) async -> Void = { duration in
      let sleep = Task.detached { try? await Task.sleep(for: duration) }
      await sleep.value
    },
    fraction: @escaping @Sendable () -> Double = { .random(in: 0...1) },
    claimant: @escaping @Sendable () -> LeaseClaimant = { .random() },
    start: @escaping @Sendable (TaskPriority?, @escaping @Sendable () async -> Void) -> Task<Void, Never> = {
      priority, work in
      Task.detached(priority: priority) { await work() }
    }
  ) {
    self.now = now
    self.sleep = sleep
    self.sleepThrough = sleepThrough
    self.fraction = fraction
    self.claimant = claimant
    self.start = start
  }

  /// The clock of the sessions of this task.
  @TaskLocal package static var current = LockClock.continuous

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
