// SPDX-License-Identifier: Apache-2.0

import Rome
import Synchronization

extension PlantedBugStore {
  /// A check that always holds.
  static let nothing = Check.count(.index("nothing", of: "nothing"), .all, 0)

  func commit(_ commit: Commit) async throws(StoreError) -> CommitOutcome {
    var changed = commit
    changed.checks = try await commit.checks.asyncMap { check throws(StoreError) in try await stored(check) }
    changed.writes = commit.writes.map { stored($0) }
    var born: [RowAddress] = []
    if bug == .restartsVersions { born = try await absentRows(of: commit.writes) }
    try await change(&changed)
    var outcome = try await apply(changed)
    switch outcome {
    case .committed(let receipt):
      state.withLock { state in
        state.applied.insert(commit.id)
        for address in born { state.births[address] = receipt.revision.rawValue - 1 }
      }
      outcome = .committed(shown(receipt, commit, born))
    case .conflict(let check):
      if bug == .reportsLastFailingCheck { outcome = .conflict(check: commit.checks.count - 1 - check) }
      try await sideEffects(of: changed)
    case .unknown: break
    }
    return outcome
  }

  /// The changes that bugs make to the commit as a whole.
  private func change(_ commit: inout Commit) async throws(StoreError) {
    switch bug {
    case .forgetsCommitIDs: commit.id = .random()
    case .reportsLastFailingCheck: commit.checks.reverse()
    case .trustsSnapshotHint where commit.snapshot != nil: commit.checks = []
    case .trustsSnapshotsOfLeases where commit.snapshot != nil:
      commit.checks.removeSubrange(..<commit.snapshotChecks)
    case .deletesLast:
      let deletions = commit.writes.filter { if case .deleteRow = $0 { true } else { false } }
      commit.writes = commit.writes.filter { if case .deleteRow = $0 { false } else { true } } + deletions
    case .skipsUnchangedRows:
      var kept: [Write] = []
      for write in commit.writes {
        if case .putRow(let address, let bytes) = write, let row = try await base.read([address])[0],
          Array(row.bytes) == bytes
        {
          continue
        }
        kept.append(write)
      }
      commit.writes = kept
    case .ignoresAdvance:
      commit.writes.removeAll { if case .advanceSequence = $0 { true } else { false } }
    default: break
    }
  }

  private func apply(_ commit: Commit) async throws(StoreError) -> CommitOutcome {
    switch bug {
    case .commitsInTwoSteps where commit.writes.count > 1:
      var first = commit
      first.writes.removeSubrange((commit.writes.count / 2)...)
      guard case .committed = try await base.commit(first) else { return try await base.commit(first) }
      await Task.yield()
      return renamed(try await base.commit(Commit(writes: Array(commit.writes[(commit.writes.count / 2)...]))), commit)
    case .checksAndWritesApart:
      let outcome = try await base.commit(Commit(checks: commit.checks))
      guard case .committed = outcome else { return outcome }
      await Task.yield()
      return try await base.commit(Commit(id: commit.id, writes: commit.writes))
    case .ignoresCancellation:
      let base = self.base
      let task = Task.detached { await Result { () async throws(StoreError) in try await base.commit(commit) } }
      return try await task.value.get()
    case .reportsOtherError:
      do throws(StoreError) {
        return try await base.commit(commit)
      } catch {
        throw error.code == .refused ? StoreError(.unavailable, error.message) : error
      }
    default: return try await base.commit(commit)
    }
  }

  private func renamed(_ outcome: CommitOutcome, _ commit: Commit) -> CommitOutcome {
    guard case .committed(let receipt) = outcome else { return outcome }
    return .committed(CommitReceipt(id: commit.id, revision: receipt.revision, durability: receipt.durability))
  }

  private func shown(_ receipt: CommitReceipt, _ commit: Commit, _ born: [RowAddress]) -> CommitReceipt {
    var revision = receipt.revision
    for write in commit.writes {
      if case .putRow(let address, _) = write { revision = shown(receipt.revision, at: address) }
    }
    if bug == .wrapsVersions { revision = Revision(rawValue: receipt.revision.rawValue % 16) }
    return CommitReceipt(
      id: commit.id, revision: revision, durability: bug == .claimsMoreDurability ? .synchronous : receipt.durability)
  }

  /// What is left behind by a commit that a check refused.
  private func sideEffects(of commit: Commit) async throws(StoreError) {
    let left = commit.writes.filter { write in
      switch write {
      case .advanceSequence: bug == .advancesSequencesDespiteConflict
      case .putEntry, .deleteEntry: bug == .writesEntriesDespiteConflict
      default: false
      }
    }
    if !left.isEmpty { _ = try await base.commit(Commit(writes: left)) }
  }

  private func absentRows(of writes: [Write]) async throws(StoreError) -> [RowAddress] {
    let addresses = writes.compactMap { write -> RowAddress? in
      if case .putRow(let address, _) = write { address } else { nil }
    }
    let rows = try await base.read(addresses)
    return addresses.indices.filter { rows[$0] == nil }.map { addresses[$0] }
  }

  private func stored(_ write: Write) -> Write {
    switch write {
    case .putRow(let address, let bytes): return .putRow(stored(address), bytes)
    case .deleteRow(let address): return .deleteRow(stored(address))
    case .putEntry(let space, let entry): return .putEntry(stored(space), stored(entry))
    case .deleteEntry(let space, let entry): return .deleteEntry(stored(space), stored(entry))
    case .advanceSequence(let sequence, let number):
      state.withLock { state in
        let last = state.numbers[sequence, default: 0]
        state.numbers[sequence] = bug == .advancesBackwards ? number : max(last, number)
      }
      return write
    }
  }

  private func stored(_ check: Check) async throws(StoreError) -> Check {
    switch check {
    case .row(let address, let version):
      if bug == .ignoresAbsence, version == nil { return Self.nothing }
      if bug == .ignoresVersions, version != nil { return .exists(stored(address)) }
      guard let version, let current = try await base.read([stored(address)])[0]?.version else {
        return .row(stored(address), version: version)
      }
      // Where versions are shown as others, the one that is meant is the current one if it is shown as that.
      return .row(stored(address), version: shown(current, at: address) == version ? current : Revision.zero)
    case .exists(let address): return bug == .ignoresExistence ? Self.nothing : .exists(stored(address))
    case .range(let space, let range, let keys):
      let stored = self.stored(space)
      let storedRange = KeyRange(lower: self.stored(range.lower), upper: range.upper.map { self.stored($0) })
      switch bug {
      case .ignoresRanges: return Self.nothing
      case .comparesOnlyRangeCounts: return .count(stored, storedRange, keys.count)
      case .comparesOnlyRangeEnds:
        guard let first = keys.first, let last = keys.last else { break }
        let ends = try await base.scan([
          Scan(stored, storedRange, limit: 1, fetch: .entries),
          Scan(stored, storedRange, limit: 1, direction: .backward, fetch: .entries),
        ])
        let areEqual = ends[0].entries.first?.key == first && ends[1].entries.first?.key == last
        return areEqual ? Self.nothing : .range(stored, storedRange, keys: keys)
      default: break
      }
      return .range(stored, storedRange, keys: keys.map { self.stored($0) })
    case .count(let space, let range, let count):
      if bug == .ignoresCounts { return Self.nothing }
      let storedRange = KeyRange(lower: stored(range.lower), upper: range.upper.map { stored($0) })
      if bug == .countsAtMost {
        let found = try await base.scan([Scan(stored(space), storedRange, fetch: .count)])[0].count
        if found <= count { return Self.nothing }
      }
      return .count(stored(space), storedRange, count)
    case .lease(let name, let token): return stored(check, lease: name, token)
    }
  }
}

extension Array {
  fileprivate func asyncMap<Result>(
    _ body: (Element) async throws(StoreError) -> Result
  ) async throws(StoreError) -> [Result] {
    var results: [Result] = []
    for element in self { results.append(try await body(element)) }
    return results
  }
}

extension Result where Success: Sendable {
  fileprivate init(_ body: () async throws(Failure) -> Success) async {
    do throws(Failure) {
      self = .success(try await body())
    } catch {
      self = .failure(error)
    }
  }
}
