// SPDX-License-Identifier: Apache-2.0

import Logging

extension RomeSession {
  /// Flushes and commits all changes in one round trip, whole or not at all. Rows that were changed by somebody else since
  /// they were loaded are a `conflict`. After an error the changes are still there: roll back, or mend them and commit again.
  ///
  /// - Returns: The receipt of the store; nil when there was nothing to commit.
  /// - Throws: ``RomeError``: what ``flush()`` throws; `conflict`, `uniqueViolation`, `duplicatePrimaryKey`,
  ///   `foreignKeyViolation` when the commit was refused; `unknownOutcome` when nobody can tell whether it was applied,
  ///   after which the session is rolled back; `store` when the store failed and nothing was committed; `invalidState`
  ///   inside ``transaction(isolation:retry:holding:_:)``, which commits by itself.
  @discardableResult
  public func commit() async throws(RomeError) -> CommitReceipt? {
    if isInTransaction {
      throw RomeError(.invalidState, "a transaction commits when its closure returns")
    }
    return try await commitUnit()
  }

  /// Drops all changes that were not committed: entities get the values back that they were loaded with, added ones are
  /// new again, deleted ones are there again.
  public func rollback() {
    rollBackUnit()
    beginUnit(isInTransaction ? unit.isolation : .readCommitted)
  }

  /// Runs the closure as one transaction and commits it. On a conflict everything is rolled back and the closure runs
  /// again, so it should do nothing that can't be done twice but through the session.
  ///
  /// Inside the closure of a transaction, a further call is a savepoint: when its closure throws, what it did is rolled
  /// back, and the transaction around it goes on.
  ///
  /// What was loaded before the transaction is not part of it: load it again inside. An entity that the closure changes is
  /// checked all the same, and loaded again before the closure runs again.
  ///
  /// - Parameters:
  ///   - isolation: What concurrent transactions may notice of each other. A savepoint has that of its transaction.
  ///   - retry: How often the closure runs again after a conflict. A savepoint does not run again by itself.
  ///   - leases: Locks in the session's store that must be held when the commit is applied: the store checks it with the
  ///     commit, so it makes no difference how late the commit comes. A transaction that writes nothing needs no commit and
  ///     proves nothing about them. Those of a savepoint join those of its transaction, unless it is rolled back.
  ///   - body: The work; the session that it gets is this one.
  /// - Returns: What the closure returns.
  /// - Throws: What the closure throws, after a rollback; ``RomeError`` with the code `conflict` when the last attempt ended
  ///   so, the other codes of ``commit()``, `leaseLost` when one of the leases is over, `invalidState` when the session has
  ///   uncommitted changes, and `cancelled`.
  @discardableResult
  public func transaction<Result>(
    isolation: Isolation = .serializable, retry: RetryPolicy = .default, holding leases: [Lease] = [],
    _ body: (RomeSession) async throws -> Result
  ) async throws -> Result {
    if isInTransaction { return try await savepoint(holding: leases, body) }
    if hasChanges {
      throw RomeError(.invalidState, "the session has changes: commit or roll them back before a transaction")
    }
    isInTransaction = true
    // In memory a commit takes no longer than a look at a line, so nobody need stand in one.
    let capabilities = store.capabilities
    if !capabilities.snapshotReads || capabilities.durability != .memory { turn = RowTurn(store.catalog.turns) }
    var isCommitted = false
    defer {
      turn?.leave()
      turn = nil
      isInTransaction = false
      self.leases = []
      // A commit has begun a new unit already.
      if isCommitted { unit.turn = nil } else { beginUnit(.readCommitted) }
    }
    var attempt = 1
    while true {
      beginUnit(isolation)
      self.leases = leases
      lostRow = nil
      let clock = LockClock.current
      let start = clock.now()
      do {
        if Task.isCancelled { throw RomeError(.cancelled, "the task was cancelled") }
        let result = try await body(self)
        try await commitUnit()
        isCommitted = true
        return result
      } catch {
        let error = await meaning(of: error)
        // Only who holds an entity beyond the attempt needs its values: the others are not loaded again.
        let changed = rollBackUnit().map { WeakEntity(entity: $0) }
        guard let conflict = error as? RomeError, conflict.isRetryable, attempt < retry.maximumAttempts else {
          throw error
        }
        logger?.debug("conflict", metadata: ["attempt": "\(attempt)", "entity": "\(conflict.entity ?? "")"])
        guard await waitForNextAttempt(attempt, retry, lasting: start.duration(to: clock.now())) else {
          throw RomeError(.cancelled, "the task was cancelled")
        }
        attempt += 1
        beginUnit(isolation)
        try await reload(changed.compactMap(\.entity))
      }
    }
  }

  /// Waits for the turn at the row that the attempt has lost, or where there is no such row, for a random while.
  ///
  /// - Returns: Whether the transaction may go on; false when the task was cancelled.
  private func waitForNextAttempt(_ attempt: Int, _ retry: RetryPolicy, lasting duration: Duration) async -> Bool {
    var attempt = attempt
    if let turn, let lostRow {
      if await turn.join(lost: lostRow, lasting: duration) { return !Task.isCancelled }
      // Whose turn it is competes with newcomers and other processes only, and would never win if it stood aside for long.
      if turn.holds(lostRow) { attempt = 1 }
    }
    return await LockClock.current.sleep(retry.delay(afterAttempt: attempt, lasting: duration))
  }

  /// What the error of an attempt means. Without snapshots the reads of an attempt may show two states, and then an error
  /// says nothing, such as that a sum is wrong: it is a conflict. One round trip, where it can be so.
  private func meaning(of error: any Error) async -> any Error {
    guard unit.isolation == .serializable, !unit.reads.isEmpty, unit.snapshotRevision == nil, !Task.isCancelled,
      !((error as? RomeError)?.isRetryable ?? false)
    else { return error }
    let builder = CommitBuilder(readsOf: unit)
    unit.countRoundTrip()
    do throws(StoreError) {
      if case .conflict(let check) = try await store.commit(builder.commit) { return builder.error(forFailed: check) }
    } catch {
      logger?.debug("the reads of a failed transaction could not be looked at", metadata: ["error": "\(error)"])
    }
    return error
  }

  /// Runs the closure, and takes back what it did when it throws: staged writes, and the values of entities. What was
  /// changed before stays, inside a transaction or outside. Pending changes are flushed at its begin and at its end.
  ///
  /// - Parameter body: The work; the session that it gets is this one.
  /// - Returns: What the closure returns.
  /// - Throws: What the closure throws, and what ``flush()`` throws.
  @discardableResult
  public func savepoint<Result>(_ body: (RomeSession) async throws -> Result) async throws -> Result {
    try await savepoint(holding: [], body)
  }

  private func savepoint<Result>(
    holding inner: [Lease], _ body: (RomeSession) async throws -> Result
  ) async throws -> Result {
    try await flush()
    let mark = unit.buffer.mark()
    let number = unitNumber
    let outer = leases
    if touched.isEmpty { touched.append(TouchedEntities()) }
    touched.append(TouchedEntities())
    leases += inner
    do {
      let result = try await body(self)
      try await flush()
      // A commit or a rollback inside has ended the unit of work, and the savepoint with it.
      guard unitNumber == number else { return result }
      unit.buffer.release()
      let inner = touched.removeLast()
      touched[touched.count - 1].merge(inner)
      return result
    } catch {
      guard unitNumber == number else {
        // All of the unit of work that is running began inside of the savepoint.
        rollback()
        leases = outer
        throw error
      }
      let restored = restore(touched.removeLast())
      let held = Set((loadedPending + reached).map { ObjectIdentifier($0) })
      anchor(restored.filter { !held.contains(ObjectIdentifier($0)) })
      unit.buffer.rollBack(to: mark)
      leases = outer
      misuse = nil
      forgetLoads()
      throw error
    }
  }

  /// Flushes and commits the unit of work, and begins a new one.
  @discardableResult
  private func commitUnit() async throws(RomeError) -> CommitReceipt? {
    try await flush()
    // What a transaction has read from one snapshot was true at one point in time: nothing is left to prove.
    let provesReads = unit.isolation == .serializable && !unit.reads.isEmpty && unit.snapshotRevision == nil
    if unit.buffer.isEmpty && !provesReads {
      finishUnit(nil)
      return nil
    }
    await turn?.standAside(for: unit.buffer)
    var stored =
      UnbuiltEntries.mayConcern(unit.buffer, view) ? try await UnbuiltEntries(unit.buffer, view, in: store) : .none
    while true {
      let builder = try CommitBuilder(unit, view, holding: leases, stored: stored)
      if Task.isCancelled { throw RomeError(.cancelled, "the task was cancelled", commitID: builder.commit.id) }
      unit.countRoundTrip()
      unit.endReads()
      let outcome: CommitOutcome
      do throws(RomeError) {
        outcome = try await store.commitResolving(builder.commit, patience: resolutionPatience)
      } catch {
        throw builder.error(forRefused: error, by: store.capabilities, view)
      }
      switch outcome {
      case .committed(let receipt):
        logger?.debug("commit", metadata: ["id": "\(receipt.id)", "writes": "\(builder.commit.writes.count)"])
        unit.buffer.forEachExplicitID { store.catalog.ids.skip(past: $1, of: $0) }
        turn?.note(unit.buffer, receipt.revision)
        finishUnit(receipt)
        return receipt
      case .conflict(let check):
        if builder.isSchemaCheck(check), try await schemaStillFits() { continue }
        if builder.isUniqueCheck(check) {
          // An old row may have got its entry meanwhile. It gets one once, so this ends.
          let newer = try await UnbuiltEntries(unit.buffer, view, in: store)
          if newer != stored {
            stored = newer
            continue
          }
        }
        // The holder learns of it here, if not before.
        builder.lease(ofFailed: check)?.keeper.lose()
        lostRow = builder.row(ofFailed: check)
        throw builder.error(forFailed: check)
      case .unknown(let error):
        rollBackUnit()
        beginUnit(unit.isolation)
        throw RomeError(
          .unknownOutcome, "the answer to the commit was lost, and the store can't tell whether it was applied",
          commitID: builder.commit.id, underlying: error)
      }
    }
  }

  /// Looks at the tables of the store again, because one of them was added or changed.
  ///
  /// - Returns: Whether what is staged is still right: the tables that it writes have the indexes and the references that
  ///   they had.
  private func schemaStillFits() async throws(RomeError) -> Bool {
    store.catalog.invalidate(view)
    let newer = try await store.catalog.view(of: view.schemas, in: store)
    // The older view stays with what was staged under it, so that committing again fails again.
    guard try await stagedWritesFit(newer) else { return false }
    view = newer
    return true
  }

  /// Gives the entities of the unit of work the version that the commit made, and begins a new unit.
  private func finishUnit(_ receipt: CommitReceipt?) {
    for level in touched { level.forEachEntity { settle($0.entityState, receipt) } }
    for entity in loadedPending { settle(entity.entityState, receipt) }
    beginUnit(.readCommitted)
  }

  private func settle(_ state: EntityState, _ receipt: CommitReceipt?) {
    guard state.session === self else { return }
    switch state.status {
    case .persistent:
      if let receipt, let key = state.key, unit.buffer.row(state.schema.address(key)) != nil {
        state.version = receipt.revision
      }
      state.isStaged = false
      state.hasAllocatedKey = false
      state.join(self, anchored: true)
    case .deleted:
      state.leaveSession()
    default:
      break
    }
  }
}
