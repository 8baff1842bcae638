// SPDX-License-Identifier: Apache-2.0

public import Rome

extension LMDBStore {
  /// Asks for a lock. Leases expire by the clock of the machine since its start, which all processes share; none outlives a start
  /// of the machine, as no process does.
  ///
  /// - Parameter request: The lock, who asks, and for how long.
  /// - Returns: The token of the lease, or how many are ahead.
  /// - Throws: `StoreError` with the code `refused` when the name is empty or the duration not more than zero, `cancelled` when
  ///   the task was cancelled, and what ``commit(_:)`` throws.
  public func acquireLease(_ request: LeaseRequest) async throws(StoreError) -> LeaseAnswer {
    try StoreError.throwIfCancelled()
    try StoreError.throwIfNoLease(request.name, request.duration)
    return try await write { state throws(StoreError) in try state.acquire(request) }
  }

  /// Lets a lease last for the duration from now on.
  ///
  /// - Parameters:
  ///   - name: The name of the lock.
  ///   - token: The token of the lease.
  ///   - duration: How long the lease lasts from now on; more than zero.
  /// - Returns: Whether the lock is still held under the token.
  /// - Throws: As ``acquireLease(_:)``.
  public func renewLease(_ name: String, token: FencingToken, duration: Duration) async throws(StoreError) -> Bool {
    try StoreError.throwIfCancelled()
    try StoreError.throwIfNoLease(name, duration)
    return try await write { state throws(StoreError) in try state.renew(name, token, duration) }
  }

  /// Ends a lease, if it still is the one of the lock. It works in a cancelled task too.
  ///
  /// - Parameters:
  ///   - name: The name of the lock.
  ///   - token: The token of the lease.
  /// - Returns: Whether the lock was held under the token until now.
  /// - Throws: `StoreError` with the code `refused` when the name is empty, and what ``commit(_:)`` throws.
  public func releaseLease(_ name: String, token: FencingToken) async throws(StoreError) -> Bool {
    try StoreError.throwIfNoLease(name)
    return try await write { state throws(StoreError) in try state.release(name, token) }
  }

  /// Gives up the claimant's place in the queue of a lock, or the lock itself. It works in a cancelled task too.
  ///
  /// - Parameters:
  ///   - name: The name of the lock.
  ///   - claimant: Who asked.
  /// - Throws: As ``releaseLease(_:token:)``.
  public func withdrawLease(_ name: String, claimant: LeaseClaimant) async throws(StoreError) {
    try StoreError.throwIfNoLease(name)
    try await write { state throws(StoreError) in try state.withdraw(name, claimant) }
  }
}
