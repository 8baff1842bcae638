// SPDX-License-Identifier: Apache-2.0

import Rome
import Synchronization

extension PlantedBugStore {
  func acquireLease(_ request: LeaseRequest) async throws(StoreError) -> LeaseAnswer {
    if bug != .ignoresCancellationOfLeases { try refuseIfCancelled() }
    try refuse(request.name, request.duration)
    if bug == .racesForLeases {
      let seen = state.withLock { $0.leases.lock(request.name) }
      // Long enough for the others to look as well, also when they have just been started.
      for _ in 0..<100 { await Task.yield() }
      return state.withLock { $0.leases.acquire(request, seen) }
    }
    return state.withLock { $0.leases.acquire(request, $0.leases.lock(request.name)) }
  }

  func renewLease(_ name: String, token: FencingToken, duration: Duration) async throws(StoreError) -> Bool {
    if bug != .ignoresCancellationOfLeases { try refuseIfCancelled() }
    try refuse(name, duration)
    return state.withLock { $0.leases.renew(name, token, duration) }
  }

  func releaseLease(_ name: String, token: FencingToken) async throws(StoreError) -> Bool {
    if bug == .refusesReleaseWhenCancelled { try refuseIfCancelled() }
    try refuse(name)
    return state.withLock { $0.leases.release(name, token) }
  }

  func withdrawLease(_ name: String, claimant: LeaseClaimant) async throws(StoreError) {
    try refuse(name)
    state.withLock { $0.leases.withdraw(name, claimant) }
  }

  /// A check that holds or fails as that of the lease does.
  func stored(_ check: Check, lease name: String, _ token: FencingToken) -> Check {
    // The store below knows no leases, so that this one never holds there.
    state.withLock { $0.leases.holds(name, token) } ? Self.nothing : .lease(name, token: token)
  }

  private func refuseIfCancelled() throws(StoreError) {
    if Task.isCancelled { throw StoreError(.cancelled, "the task was cancelled") }
  }

  private func refuse(_ name: String, _ duration: Duration = .seconds(1)) throws(StoreError) {
    if bug == .acceptsEmptyLeases { return }
    guard !name.isEmpty, duration > .zero else { throw StoreError(.refused, "no name, or no duration") }
  }
}
