// SPDX-License-Identifier: Apache-2.0

/// A lock that is held for a while: what ``LockManager/acquire(_:lease:waiting:renews:)`` gives.
///
/// It is renewed in the background until it is released, lost, or the last reference to it is gone; in the last case the
/// lock becomes free when the lease expires.
///
/// A lease can be lost without the holder's doing: the process was paused, or the store could not be reached, for longer
/// than it lasts. So holding one is never a proof. What must not happen after the loss has to be refused by whom it is
/// asked of: by the store, for commits of ``RomeSession/transaction(isolation:retry:holding:_:)``, and elsewhere by
/// means of the ``token``.
public final class Lease: Sendable {
  let keeper: LeaseKeeper
  private let line: WaitingLine

  init(_ keeper: LeaseKeeper, _ line: WaitingLine) {
    self.keeper = keeper
    self.line = line
  }

  deinit {
    keeper.abandon()
  }

  /// The name of the lock.
  public var name: String { keeper.name }

  /// The number of the lease, greater than that of every lease before it.
  public var token: FencingToken { keeper.token }

  /// Whether the lease is held, as far as this process can tell. It is on the safe side: the lease is counted from before
  /// the request for it was sent. Once false, it stays so.
  public var isHeld: Bool { keeper.remaining > .zero }

  /// How long the lease lasts at least, unless it is renewed; zero when it is not held.
  public var remaining: Duration { keeper.remaining }

  /// Makes sure that the lease is held, as far as this process can tell. No round trip.
  ///
  /// - Throws: ``RomeError/Code/leaseLost`` when it is not, released leases included.
  public func checkHeld() throws(RomeError) {
    if !isHeld { throw RomeError(leaseLost: name) }
  }

  /// Waits until the lease is over. Whoever waits here keeps the lease alive, and renewed.
  ///
  /// - Returns: Whether it was lost; false when it was released, and when the waiting task is cancelled.
  public func lost() async -> Bool {
    await keeper.lost()
  }

  /// Releases the lock, if this lease still is the one that holds it. Works in a cancelled task too. One round trip; a
  /// store that fails is asked once more.
  ///
  /// - Returns: Whether the lock was held under this lease until now. False says that the lease was lost, or that it was
  ///   released before.
  /// - Throws: ``RomeError/Code/store`` when the store can't be reached. The lease is renewed no more and expires by
  ///   itself.
  @discardableResult
  public func release() async throws(RomeError) -> Bool {
    switch await end() {
    case .released: return true
    case .lost, nil: return false
    case .unanswered(let error): throw RomeError(error, lock: name)
    }
  }

  /// Releases the lock and wakes the next task of this process that waits for it.
  func end() async -> LeaseKeeper.End? {
    let end = await keeper.end()
    line.wakeFirst(name)
    return end
  }
}

extension RomeError {
  /// The lease of a lock is over.
  init(leaseLost name: String, commitID: CommitID? = nil) {
    self.init(.leaseLost, "the lease of the lock is over", lock: name, commitID: commitID)
  }

  /// The failure of a store that was asked about a lock.
  init(_ error: StoreError, lock: String) {
    self.init(error)
    self.lock = lock
  }
}
