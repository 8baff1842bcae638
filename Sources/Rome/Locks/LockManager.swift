// SPDX-License-Identifier: Apache-2.0

public import Logging

/// Locks in a store, for work that only one process or task may do at a time.
///
/// ```swift
/// let locks = LockManager(store)
/// try await locks.withLock("nightly report") { lease in
///   try await session.transaction(holding: [lease]) { session in
///     session.add(Report(day: today))
///   }
/// }
/// ```
///
/// A lock is held under a ``Lease``, which ends by itself when its holder does not renew it. Make one manager for a store
/// and share it: its waiting tasks stand in one line and cost one that asks the store.
///
/// Locks are fair. The tasks of one manager get a lock in the order in which they asked for it. Of several managers (in
/// one process or many) each has at most one task in the store's queue, and these get the lock in the order in which they
/// came there, as long as they go on asking; one that is paused for longer than 20 times
/// ``LockPolicy/maximumInterval`` has lost its place.
///
/// Locks are not reentrant: a task that asks for a lock that it holds waits for itself.
///
/// <doc:UsingLocks> says what a lock can guarantee and what it can't.
public final class LockManager: Sendable {
  /// The store that keeps the locks.
  public let store: any Store
  /// How the store is asked for locks that somebody holds.
  public let policy: LockPolicy
  /// Where leases that are lost are written, at the level debug.
  public let logger: Logger?
  private let clock: LockClock
  /// The tasks that wait for locks.
  let line = WaitingLine()

  /// Makes a manager.
  ///
  /// - Parameters:
  ///   - store: The store that keeps the locks. All who want to exclude each other need the same one.
  ///   - policy: How to ask it for locks that somebody holds.
  ///   - logger: Where to write leases that are lost, at the level debug.
  public convenience init(_ store: any Store, policy: LockPolicy = .default, logger: Logger? = nil) {
    self.init(store, policy: policy, logger: logger, clock: .current)
  }

  /// Makes a manager that goes by a clock of the caller.
  init(_ store: any Store, policy: LockPolicy = .default, logger: Logger? = nil, clock: LockClock) {
    self.store = store
    self.policy = policy
    self.logger = logger
    self.clock = clock
  }

  /// Runs the closure while the lock is held, and releases the lock in any case. Two round trips when nobody else wants
  /// the lock.
  ///
  /// The closure runs in the caller's task, so it may use the caller's session. Bind what it commits to the lease, by
  /// ``RomeSession/transaction(isolation:retry:holding:_:)``, so that nothing is committed after the lease was lost.
  ///
  /// - Parameters:
  ///   - name: The name of the lock; not empty.
  ///   - duration: How long the lock outlives a holder that has died; more than zero. It does not bound how long the
  ///     closure runs.
  ///   - waiting: How long to wait for the lock at the most; nil for as long as it takes.
  ///   - body: The work.
  /// - Returns: What the closure returns.
  /// - Throws: What the closure throws; what ``acquire(_:lease:waiting:renews:)`` throws, before the closure runs;
  ///   ``RomeError/Code/leaseLost`` when the closure has returned but the lease was lost meanwhile, so that it may not
  ///   have been alone. A store that can't be reached for the release is no error: the lease expires by itself.
  public func withLock<Result>(
    _ name: String, lease duration: Duration = .seconds(10), waiting: Duration? = nil,
    _ body: (Lease) async throws -> Result
  ) async throws -> Result {
    let lease = try await acquire(name, lease: duration, waiting: waiting)
    let result: Result
    do {
      result = try await body(lease)
    } catch {
      _ = await lease.end()
      throw error
    }
    // When the closure itself has released the lease, it has seen how that ended.
    if case .lost = await lease.end() { throw RomeError(leaseLost: name) }
    return result
  }

  /// Takes a lock, and waits for it if need be. Release it with ``Lease/release()``; ``withLock(_:lease:waiting:_:)`` is
  /// the way that can't be forgotten.
  ///
  /// One round trip when nobody else wants the lock. Waiting costs one more for every ``LockPolicy/maximumInterval`` or
  /// less, however many tasks of this manager wait. An ask whose answer is lost is repeated; it can't take the lock twice.
  ///
  /// - Parameters:
  ///   - name: The name of the lock; not empty.
  ///   - duration: How long the lease lasts without being renewed; more than zero. It is renewed at a third of that.
  ///   - waiting: How long to wait at the most; nil for as long as it takes.
  ///   - renews: Whether the lease is renewed in the background until it is released.
  /// - Returns: The lease.
  /// - Throws: ``RomeError/Code/lockTimeout`` when the lock was not to be had in time; ``RomeError/Code/cancelled`` when
  ///   the task was cancelled; ``RomeError/Code/store`` when the store refused (an empty name, a duration that is not more
  ///   than zero), or failed for ``LockPolicy/failurePatience`` or to the end of the time. The place in the queue is given
  ///   up then, and a lock that was granted meanwhile released.
  public func acquire(
    _ name: String, lease duration: Duration = .seconds(10), waiting: Duration? = nil, renews: Bool = true
  ) async throws(RomeError) -> Lease {
    let deadline = waiting.map { clock.now().advanced(byAtMost: $0) }
    let place = line.enter(name)
    defer { line.leave(place, name) }
    while !line.isFirst(place, name) {
      if Task.isCancelled { throw RomeError(cancelledWaitingFor: name) }
      let now = clock.now()
      if let deadline, deadline <= now { throw RomeError(timeoutOf: name) }
      await place.signal.wait(atMost: deadline.map { now.duration(to: $0) }, clock)
    }
    return try await claim(name, duration, deadline, place, renews: renews)
  }

  /// Takes a lock if nobody holds it and nobody waits for it. One round trip, or none when a task of this manager waits.
  ///
  /// - Parameters:
  ///   - name: The name of the lock; not empty.
  ///   - duration: How long the lease lasts without being renewed; more than zero.
  ///   - renews: Whether the lease is renewed in the background until it is released.
  /// - Returns: The lease; nil when others are ahead.
  /// - Throws: ``RomeError``, as ``acquire(_:lease:waiting:renews:)``, but for `lockTimeout`.
  public func tryAcquire(
    _ name: String, lease duration: Duration = .seconds(10), renews: Bool = true
  ) async throws(RomeError) -> Lease? {
    guard let place = line.enterIfEmpty(name) else { return nil }
    defer { line.leave(place, name) }
    do throws(RomeError) {
      return try await claim(name, duration, clock.now(), place, renews: renews)
    } catch {
      if error.code == .lockTimeout { return nil }
      throw error
    }
  }

  /// Asks the store until it grants the lock, as the first of the line.
  private func claim(
    _ name: String, _ duration: Duration, _ deadline: ContinuousClock.Instant?, _ place: WaitingLine.Place,
    renews: Bool
  ) async throws(RomeError) -> Lease {
    let claimant = clock.claimant()
    var polling = LockPolling(policy, fraction: clock.fraction)
    var failures = LockFailures(patience: policy.failurePatience)
    while true {
      let sent = clock.now()
      // The last ask takes no place, so that there is none to give up.
      let isLast = deadline.map { $0 <= sent } ?? false
      let request = LeaseRequest(
        name: name, claimant: claimant, duration: duration, patience: isLast ? .zero : policy.placePatience)
      let delay: Duration
      do throws(StoreError) {
        switch try await ask(request, sent: sent) {
        case .granted(let token):
          let keeper = LeaseKeeper(name, token, of: store, sent: sent, duration: duration, clock: clock, logger: logger)
          keeper.start(renews: renews)
          return Lease(keeper, line)
        case .busy(let ahead, let remaining):
          failures.clear()
          delay = polling.delay(ahead: ahead, remaining: remaining)
        }
      } catch {
        guard failures.bears(error, at: clock.now(), isLast: isLast) else {
          // The answer that was lost may have granted the lock.
          try? await store.withdrawLease(name, claimant: claimant)
          throw RomeError(error, lock: name)
        }
        delay = polling.delay()
      }
      if isLast, !failures.isFailing { throw RomeError(timeoutOf: name) }
      let now = clock.now()
      await place.signal.wait(atMost: deadline.map { min(delay, now.duration(to: $0)) } ?? delay, clock)
    }
  }

  /// Asks the store once.
  private func ask(_ request: LeaseRequest, sent: ContinuousClock.Instant) async throws(StoreError) -> LeaseAnswer {
    let answer = try await store.acquireLease(request)
    guard case .granted = answer else { return answer }
    if Task.isCancelled { throw StoreError(.cancelled, "the task was cancelled while it waited for the lock") }
    guard clock.now() < sent.advanced(byAtMost: request.duration) else {
      throw StoreError(.timedOut, "the lease was over before the answer came")
    }
    return answer
  }
}

/// Failures of a store while it is asked for a lock.
private struct LockFailures {
  let patience: Duration
  private var count = 0
  private var first: ContinuousClock.Instant?

  init(patience: Duration) {
    self.patience = patience
  }

  /// Whether the last ask has failed.
  var isFailing: Bool { count > 0 }

  /// The store has answered.
  mutating func clear() {
    count = 0
    first = nil
  }

  /// Whether to ask again after a failure: one of the connection is borne once at least, and for as long as there is
  /// patience and time.
  mutating func bears(_ error: StoreError, at now: ContinuousClock.Instant, isLast: Bool) -> Bool {
    guard error.code == .unavailable || error.code == .timedOut else { return false }
    count += 1
    let first = self.first ?? now
    self.first = first
    return count == 1 || !isLast && first.duration(to: now) < patience
  }
}

extension RomeError {
  fileprivate init(timeoutOf name: String) {
    self.init(.lockTimeout, "the lock was not to be had in time", lock: name)
  }

  fileprivate init(cancelledWaitingFor name: String) {
    self.init(.cancelled, "the task was cancelled while it waited for the lock", lock: name)
  }
}
