// SPDX-License-Identifier: Apache-2.0

/// The locks of a memory store: who holds them, and who waits for them.
struct MemoryLeases: Sendable {
  private typealias Lock = LockRecord<ContinuousClock.Instant>

  /// The locks that are held or waited for, and some whose last lease has expired unseen.
  private var locks: [String: Lock] = [:]
  private var lastToken: UInt64 = 0
  /// How many locks there may be before those that have expired unseen are looked for.
  private var sweepCount = 64

  /// How many locks are kept.
  var count: Int { locks.count }

  /// Grants a lock, or gives a place in its queue.
  mutating func acquire(_ request: LeaseRequest, _ now: ContinuousClock.Instant) -> LeaseAnswer {
    var lock = locks[request.name] ?? Lock()
    lock.advance(to: now)
    let answer = lock.answer(request, now, lastToken: &lastToken)
    store(lock, request.name, now)
    return answer
  }

  /// Lets a lease that is not over last for the duration from now on.
  mutating func renew(
    _ name: String, _ token: FencingToken, _ duration: Duration, _ now: ContinuousClock.Instant
  ) -> Bool {
    guard isHeld(name, token, now) else { return false }
    locks[name]?.lease?.end = now.advanced(byAtMost: duration)
    return true
  }

  /// Ends a lease that is not over.
  mutating func release(_ name: String, _ token: FencingToken, _ now: ContinuousClock.Instant) -> Bool {
    guard var lock = locks[name], isHeld(name, token, now) else { return false }
    lock.lease = nil
    store(lock, name, now)
    return true
  }

  /// Removes a claimant from the queue, and ends its lease.
  mutating func withdraw(_ name: String, _ claimant: LeaseClaimant, _ now: ContinuousClock.Instant) {
    guard var lock = locks[name] else { return }
    lock.withdraw(claimant)
    store(lock, name, now)
  }

  /// Whether the lock is held under the token.
  func isHeld(_ name: String, _ token: FencingToken, _ now: ContinuousClock.Instant) -> Bool {
    locks[name]?.isHeld(token, now) ?? false
  }

  private mutating func store(_ lock: Lock, _ name: String, _ now: ContinuousClock.Instant) {
    locks[name] = lock.isIdle ? nil : lock
    guard locks.count > sweepCount else { return }
    // Names that nobody asks for again must not pile up. Doubling the mark makes the sweeps cost next to nothing.
    locks = locks.compactMapValues { lock in
      var lock = lock
      lock.advance(to: now)
      return lock.isIdle ? nil : lock
    }
    sweepCount = max(64, 2 * locks.count)
  }
}
