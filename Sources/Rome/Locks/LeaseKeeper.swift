// SPDX-License-Identifier: Apache-2.0

internal import Logging
internal import Synchronization

/// What is behind a ``Lease``: its state, and the task that renews it. The task holds the keeper and not the lease, so
/// that it ends with a lease that nobody holds any more.
final class LeaseKeeper: Sendable {
  /// How a lease ended.
  enum End {
    /// It was held until it was released.
    case released
    /// It was over before.
    case lost
    /// It was held by all that is known here, but the store did not answer to the release.
    case unanswered(StoreError)
  }

  private enum Phase {
    case held, ending, released, lost
  }

  private enum Renewal {
    case renewed, refused, failed
  }

  private struct State {
    var phase = Phase.held
    /// Until when the lease lasts at least: its duration after the last request that granted it was *sent*.
    var heldUntil: ContinuousClock.Instant
    var task: Task<Void, Never>?
    var waiters: [Int: CheckedContinuation<Bool, Never>] = [:]
    var lastWaiter = 0
  }

  let store: any Store
  let name: String
  let token: FencingToken
  private let duration: Duration
  private let clock: LockClock
  private let logger: Logger?
  private let state: Mutex<State>

  /// Keeps a lease that was granted.
  ///
  /// - Parameters:
  ///   - sent: When the request was sent that granted it.
  ///   - duration: How long it lasts.
  init(
    _ name: String, _ token: FencingToken, of store: any Store, sent: ContinuousClock.Instant, duration: Duration,
    clock: LockClock, logger: Logger?
  ) {
    self.store = store
    self.name = name
    self.token = token
    self.duration = duration
    self.clock = clock
    self.logger = logger
    state = Mutex(State(heldUntil: sent.advanced(byAtMost: duration)))
  }

  /// Begins to watch over the lease, and to renew it.
  func start(renews: Bool) {
    // Late renewals lose locks: they come before ordinary work.
    let task = clock.start(.high) { await self.watch(renews: renews) }
    state.withLock { $0.task = task }
  }

  /// Stops to renew the lease, which ends by itself then.
  func abandon() {
    state.withLock { $0.task }?.cancel()
  }

  /// How long the lease lasts at least, if it is not renewed; zero when it is over.
  var remaining: Duration {
    let now = clock.now()
    return state.withLock { state in
      state.phase == .held ? max(.zero, now.duration(to: state.heldUntil)) : .zero
    }
  }

  /// Notes that the lease is lost, and tells all who wait for that.
  func lose() {
    finish(.lost, if: .held)
  }

  /// Waits until the lease is over.
  ///
  /// - Returns: Whether it was lost; false when it was released, and when the task is cancelled.
  func lost() async -> Bool {
    let number = state.withLock { state in
      state.lastWaiter += 1
      return state.lastWaiter
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let answer = state.withLock { state -> Bool? in
          switch state.phase {
          case .lost: return true
          case .released: return false
          case .held, .ending:
            if Task.isCancelled { return false }
            state.waiters[number] = continuation
            return nil
          }
        }
        if let answer { continuation.resume(returning: answer) }
      }
    } onCancel: {
      state.withLock { $0.waiters.removeValue(forKey: number) }?.resume(returning: false)
    }
  }

  /// Releases the lease.
  ///
  /// - Returns: How it ended; nil when it was released before.
  func end() async -> End? {
    let now = clock.now()
    let (phase, wasHeld, task) = state.withLock { state in
      let phase = state.phase
      if phase == .held { state.phase = .ending }
      return (phase, phase == .held && now < state.heldUntil, state.task)
    }
    task?.cancel()
    switch phase {
    case .ending, .released: return nil
    case .held, .lost: break
    }
    // A lease that seemed to be over may not be so for the store: nobody should have to wait for that.
    var hasFailed = false
    while true {
      do throws(StoreError) {
        let wasReleased = try await store.releaseLease(name, token: token)
        // When an answer was lost, the store may say no because it has released the lease already.
        let isReleased = wasHeld && (wasReleased || hasFailed)
        finish(isReleased ? .released : .lost, if: .ending)
        return isReleased ? .released : .lost
      } catch {
        guard hasFailed else {
          hasFailed = true
          continue
        }
        finish(wasHeld ? .released : .lost, if: .ending)
        return wasHeld ? .unanswered(error) : .lost
      }
    }
  }

  private func finish(_ end: Phase, if expected: Phase) {
    let waiters = state.withLock { state -> [CheckedContinuation<Bool, Never>] in
      guard state.phase == expected else { return [] }
      state.phase = end
      defer { state.waiters = [:] }
      return Array(state.waiters.values)
    }
    for waiter in waiters { waiter.resume(returning: end == .lost) }
  }

  // MARK: Renewal

  /// Renews the lease at about a third of its duration, until it is over.
  private func watch(renews: Bool) async {
    let lasting = min(duration, .seconds(1 << 40))
    var nextRenewal = renews ? clock.now().advanced(byAtMost: jittered(lasting / 3)) : nil
    while let end = state.withLock({ $0.phase == .held ? $0.heldUntil : nil }) {
      let now = clock.now()
      if now >= end {
        logger?.debug("lease expired", metadata: ["lock": "\(name)", "token": "\(token)"])
        return lose()
      }
      guard let due = nextRenewal, due <= now else {
        guard await clock.sleep(now.duration(to: min(end, nextRenewal ?? end))) else { return }
        continue
      }
      switch await renew(until: end) {
      case .renewed: nextRenewal = clock.now().advanced(byAtMost: jittered(lasting / 3))
      case .failed: nextRenewal = clock.now().advanced(byAtMost: jittered(lasting / 20))
      case .refused:
        logger?.debug("lease lost", metadata: ["lock": "\(name)", "token": "\(token)"])
        return lose()
      }
      if Task.isCancelled { return }
    }
  }

  /// Asks the store once to renew the lease. A store that never answers doesn't keep the holder from learning that the
  /// lease is over.
  private func renew(until end: ContinuousClock.Instant) async -> Renewal {
    let sent = clock.now()
    return await withTaskGroup(of: Renewal.self) { group in
      group.addTask {
        do throws(StoreError) {
          let isRenewed = try await self.store.renewLease(self.name, token: self.token, duration: self.duration)
          return isRenewed && self.extend(from: sent) ? .renewed : .refused
        } catch {
          return .failed
        }
      }
      group.addTask {
        if await self.clock.sleep(self.clock.now().duration(to: end)), self.clock.now() >= end { self.lose() }
        return .failed
      }
      let first = await group.next() ?? .failed
      group.cancelAll()
      return first
    }
  }

  /// Notes a renewal. Once the lease has seemed to be over, it stays over.
  private func extend(from sent: ContinuousClock.Instant) -> Bool {
    let now = clock.now()
    return state.withLock { state in
      guard state.phase == .held, now < state.heldUntil else { return false }
      state.heldUntil = sent.advanced(byAtMost: duration)
      return true
    }
  }

  /// The duration or up to a fifth less, so that leases that were taken together are not renewed together.
  private func jittered(_ duration: Duration) -> Duration {
    duration * (0.8 + clock.fraction() / 5)
  }
}
