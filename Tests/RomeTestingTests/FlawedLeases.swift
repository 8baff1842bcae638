// SPDX-License-Identifier: Apache-2.0

import Rome

/// Locks as plainly as possible, with the one mistake that a bug names. Without one about leases they are right.
struct FlawedLeases {
  struct Lease {
    var claimant: LeaseClaimant
    var token: FencingToken
    var end: ContinuousClock.Instant
  }

  struct Lock {
    var lease: Lease?
    var queue: [(claimant: LeaseClaimant, end: ContinuousClock.Instant)] = []
    var lastToken: UInt64 = 0
  }

  let bug: PlantedBug
  private var locks: [String: Lock] = [:]
  private var lastToken: UInt64 = 0

  private let now: @Sendable () -> ContinuousClock.Instant

  init(_ bug: PlantedBug, _ now: @escaping @Sendable () -> ContinuousClock.Instant) {
    self.bug = bug
    self.now = now
  }

  /// The lock as it is now: without what has expired.
  func lock(_ name: String) -> Lock {
    var lock = locks[stored(name)] ?? Lock()
    let now = self.now()
    if let lease = lock.lease, lease.end <= now, bug != .ignoresExpiry { lock.lease = nil }
    if bug != .keepsPlaces { lock.queue.removeAll { $0.end <= now } }
    return lock
  }

  /// Answers a request at a lock that was looked at before.
  mutating func acquire(_ request: LeaseRequest, _ seen: Lock) -> LeaseAnswer {
    var lock = seen
    defer { locks[stored(request.name)] = lock }
    if let lease = lock.lease, lease.claimant == request.claimant, bug != .forgetsClaimants {
      if bug != .doesNotRenewForClaimants { lock.lease?.end = end(request.duration) }
      return .granted(lease.token)
    }
    if bug == .reordersQueue { lock.queue.removeAll { $0.claimant == request.claimant } }
    let position = lock.queue.firstIndex { $0.claimant == request.claimant }
    let isNext = bug == .jumpsQueue || (position ?? lock.queue.count) == 0
    if bug == .grantsHeldLocks || lock.lease == nil && isNext {
      lock.queue.removeAll { $0.claimant == request.claimant }
      let token = nextToken(&lock)
      lock.lease = Lease(claimant: request.claimant, token: token, end: end(request.duration))
      return .granted(token)
    }
    let ahead = (position ?? lock.queue.count) + (lock.lease == nil ? 0 : 1)
    let remaining = lock.lease.map { now().duration(to: $0.end) } ?? .zero
    let waits = request.patience > .zero || bug == .queuesWithoutPatience
    let place = (request.claimant, end(bug == .queuesWithoutPatience ? .seconds(600) : request.patience))
    if let position {
      lock.queue[position] = place
    } else {
      lock.queue.append(place)
    }
    if !waits { lock.queue.removeAll { $0.claimant == request.claimant } }
    return .busy(ahead: ahead, remaining: max(.zero, remaining))
  }

  mutating func renew(_ name: String, _ token: FencingToken, _ duration: Duration) -> Bool {
    var lock = bug == .revivesExpiredLeases ? locks[stored(name)] ?? Lock() : lock(name)
    defer { locks[stored(name)] = lock }
    guard let lease = lock.lease, lease.token == token || bug == .renewsAnyToken else { return false }
    if bug == .ignoresRenewal { return true }
    lock.lease?.end = bug == .onlyExtendsLeases ? max(lease.end, end(duration)) : end(duration)
    return true
  }

  mutating func release(_ name: String, _ token: FencingToken) -> Bool {
    var lock = lock(name)
    defer { locks[stored(name)] = lock }
    if lock.lease == nil, bug == .releasesTwice { return true }
    guard let lease = lock.lease, lease.token == token || bug == .releasesAnyToken else { return false }
    if bug == .reusesTokens, token.rawValue == lastToken { lastToken -= 1 }
    lock.lease = nil
    return true
  }

  mutating func withdraw(_ name: String, _ claimant: LeaseClaimant) {
    if bug == .ignoresWithdrawal { return }
    var lock = lock(name)
    lock.queue.removeAll { $0.claimant == claimant }
    let isHolder = lock.lease?.claimant == claimant || bug == .withdrawsAnybody
    if isHolder, bug != .keepsWithdrawnLeases { lock.lease = nil }
    locks[stored(name)] = lock
  }

  /// Whether the check of a commit holds.
  func holds(_ name: String, _ token: FencingToken) -> Bool {
    let lease = bug == .checksExpiredLeases ? locks[stored(name)]?.lease : lock(name).lease
    switch bug {
    case .ignoresLeaseChecks: return true
    case .comparesOnlyTokensOfLeases: return locks.keys.contains { lock($0).lease?.token == token }
    case .checksOnlyThatLocksAreHeld: return lease != nil
    case .acceptsGreaterTokens: return lease.map { token >= $0.token } ?? false
    default: return lease?.token == token
    }
  }

  private mutating func nextToken(_ lock: inout Lock) -> FencingToken {
    lastToken += 1
    lock.lastToken += 1
    return FencingToken(rawValue: bug == .countsTokensPerLock ? lock.lastToken : lastToken)
  }

  private func stored(_ name: String) -> String {
    bug == .mixesLockNames ? name.lowercased() : name
  }

  private func end(_ duration: Duration) -> ContinuousClock.Instant {
    now().advanced(by: max(.zero, min(duration, .seconds(1 << 40))))
  }
}
