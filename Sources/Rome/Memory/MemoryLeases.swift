// SPDX-License-Identifier: Apache-2.0

/// The locks of a memory store: who holds them, and who waits for them.
struct MemoryLeases: Sendable {
  fileprivate struct Lease: Sendable {
    let claimant: LeaseClaimant
    let token: FencingToken
    var end: ContinuousClock.Instant
  }

  fileprivate struct Place: Sendable {
    let claimant: LeaseClaimant
    /// Until when the place is kept.
    var end: ContinuousClock.Instant
  }

  fileprivate struct Lock: Sendable {
    var lease: Lease?
    var queue: [Place] = []
    var isIdle: Bool { lease == nil && queue.isEmpty }

    /// Drops what has expired.
    mutating func advance(to now: ContinuousClock.Instant) {
      if let lease, lease.end <= now { self.lease = nil }
      queue.removeAll { $0.end <= now }
    }
  }

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
    lock.queue.removeAll { $0.claimant == claimant }
    if lock.lease?.claimant == claimant { lock.lease = nil }
    store(lock, name, now)
  }

  /// Whether the lock is held under the token.
  func isHeld(_ name: String, _ token: FencingToken, _ now: ContinuousClock.Instant) -> Bool {
    guard let lease = locks[name]?.lease else { return false }
    return lease.token == token && now < lease.end
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

extension MemoryLeases.Lock {
  /// Answers a request at a lock from which everything that has expired is gone.
  fileprivate mutating func answer(
    _ request: LeaseRequest, _ now: ContinuousClock.Instant, lastToken: inout UInt64
  ) -> LeaseAnswer {
    if let lease, lease.claimant == request.claimant {
      self.lease?.end = now.advanced(byAtMost: request.duration)
      return .granted(lease.token)
    }
    let position = queue.firstIndex { $0.claimant == request.claimant }
    if lease == nil, position ?? queue.count == 0 {
      if position != nil { queue.removeFirst() }
      lastToken += 1
      let token = FencingToken(rawValue: lastToken)
      lease = MemoryLeases.Lease(
        claimant: request.claimant, token: token, end: now.advanced(byAtMost: request.duration))
      return .granted(token)
    }
    let place = MemoryLeases.Place(claimant: request.claimant, end: now.advanced(byAtMost: request.patience))
    if let position {
      queue[position] = place
    } else {
      queue.append(place)
    }
    let ahead = (position ?? queue.count - 1) + (lease == nil ? 0 : 1)
    if request.patience <= .zero { queue.removeAll { $0.claimant == request.claimant } }
    return .busy(ahead: ahead, remaining: lease.map { now.duration(to: $0.end) } ?? .zero)
  }
}
