// SPDX-License-Identifier: Apache-2.0

extension StoreError {
  /// Refuses a call of a task that is cancelled. For adapters, before anything is sent.
  ///
  /// - Throws: ``Code/cancelled``.
  public static func throwIfCancelled() throws(StoreError) {
    if Task.isCancelled { throw StoreError(.cancelled, "the task was cancelled before the request was sent") }
  }

  /// Refuses the name of a lock, or the duration of a lease, that there can't be. For adapters, before anything is sent.
  ///
  /// - Parameters:
  ///   - name: The name of the lock.
  ///   - duration: How long the lease shall last, where the call says so.
  /// - Throws: ``Code/refused`` when the name is empty or the duration not more than zero.
  public static func throwIfNoLease(_ name: String, _ duration: Duration = .seconds(1)) throws(StoreError) {
    if name.isEmpty { throw StoreError(.refused, "a lock without a name") }
    if duration <= .zero { throw StoreError(.refused, "a lease that lasts no time") }
  }
}
