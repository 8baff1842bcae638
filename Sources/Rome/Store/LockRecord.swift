// SPDX-License-Identifier: Apache-2.0

/// A point in time of the clock of a store, by which leases expire.
public protocol LeaseInstant: Comparable, Sendable {
  /// The instant after a duration. One that is negative counts as none; the sum never overflows.
  func advanced(byAtMost duration: Duration) -> Self

  /// The time from this instant to another one.
  func duration(to other: Self) -> Duration
}

extension ContinuousClock.Instant: LeaseInstant {}

/// One lock as a store keeps it: who holds it, and who waits for it. An adapter whose store does not decide about leases
/// itself keeps these, under whatever makes its commits atomic.
///
/// Call ``advance(to:)`` before anything else: what has expired counts as gone, whether or not it was removed.
public struct LockRecord<Instant: LeaseInstant>: Sendable {
  /// The lease that a lock is held under.
  public struct Lease: Sendable {
    /// Who holds the lock.
    public var claimant: LeaseClaimant
    /// The token of the lease.
    public var token: FencingToken
    /// When the lease expires.
    public var end: Instant

    /// Makes a lease.
    public init(claimant: LeaseClaimant, token: FencingToken, end: Instant) {
      self.claimant = claimant
      self.token = token
      self.end = end
    }
  }

  /// A place in the queue of a lock.
  public struct Place: Sendable {
    /// Who waits.
    public var claimant: LeaseClaimant
    /// Until when the place is kept.
    public var end: Instant

    /// Makes a place.
    public init(claimant: LeaseClaimant, end: Instant) {
      self.claimant = claimant
      self.end = end
    }
  }

  /// The present lease.
  public var lease: Lease?
  /// Who waits, in the order of the first asks.
  public var queue: [Place]

  /// Makes the record of a lock.
  public init(lease: Lease? = nil, queue: [Place] = []) {
    self.lease = lease
    self.queue = queue
  }

  /// Whether nobody holds the lock and nobody waits for it.
  public var isIdle: Bool { lease == nil && queue.isEmpty }

  /// Drops what has expired.
  public mutating func advance(to now: Instant) {
    if let lease, lease.end <= now { self.lease = nil }
    queue.removeAll { $0.end <= now }
  }

  /// Answers a request at a lock from which everything that has expired is gone.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - now: The time.
  ///   - lastToken: The last token that the store has granted; it grows when a lease is granted.
  /// - Returns: The token of the lease, or how many are ahead.
  public mutating func answer(_ request: LeaseRequest, _ now: Instant, lastToken: inout UInt64) -> LeaseAnswer {
    if let lease, lease.claimant == request.claimant {
      self.lease?.end = now.advanced(byAtMost: request.duration)
      return .granted(lease.token)
    }
    let position = queue.firstIndex { $0.claimant == request.claimant }
    if lease == nil, position ?? queue.count == 0 {
      if position != nil { queue.removeFirst() }
      lastToken += 1
      let token = FencingToken(rawValue: lastToken)
      lease = Lease(claimant: request.claimant, token: token, end: now.advanced(byAtMost: request.duration))
      return .granted(token)
    }
    let place = Place(claimant: request.claimant, end: now.advanced(byAtMost: request.patience))
    if let position {
      queue[position] = place
    } else {
      queue.append(place)
    }
    let ahead = (position ?? queue.count - 1) + (lease == nil ? 0 : 1)
    if request.patience <= .zero { queue.removeAll { $0.claimant == request.claimant } }
    return .busy(ahead: ahead, remaining: lease.map { now.duration(to: $0.end) } ?? .zero)
  }

  /// Whether the lock is held under the token.
  public func isHeld(_ token: FencingToken, _ now: Instant) -> Bool {
    guard let lease else { return false }
    return lease.token == token && now < lease.end
  }

  /// Removes a claimant from the queue, and ends its lease.
  public mutating func withdraw(_ claimant: LeaseClaimant) {
    queue.removeAll { $0.claimant == claimant }
    if lease?.claimant == claimant { lease = nil }
  }
}
