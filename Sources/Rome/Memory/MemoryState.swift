// SPDX-License-Identifier: Apache-2.0

/// Everything that a memory store holds; its store guards it by a lock.
struct MemoryState: Sendable {
  /// The rows and the index entries.
  var contents = MemoryContents()
  /// The locks.
  var leases = MemoryLeases()
  /// The greatest number of each sequence that was handed out or passed.
  private var sequences: [String: Int64] = [:]
  private var log: CommitLog

  /// Makes the state of an empty store.
  init(rememberedCommits: Int) {
    log = CommitLog(capacity: rememberedCommits)
  }

  /// Applies a commit whole or not at all.
  ///
  /// - Parameters:
  ///   - commit: The checks and the writes.
  ///   - now: Tells the time, when a check is about a lease.
  mutating func apply(_ commit: Commit, now: () -> ContinuousClock.Instant) throws(StoreError) -> CommitOutcome {
    if let revision = log.revision(of: commit.id) { return .committed(receipt(commit.id, revision)) }
    if log.refuses(commit.id) {
      throw StoreError(.refused, "the commit was settled as not committed before it arrived")
    }
    for (position, check) in commit.checks.enumerated() {
      if case .lease(let name, let token) = check {
        guard leases.isHeld(name, token, now()) else { return .conflict(check: position) }
        continue
      }
      // What no commit has touched since the snapshot still is what was read from it. A snapshot of the future is one of
      // another store and proves nothing.
      if position < commit.snapshotChecks, let snapshot = commit.snapshot, snapshot <= contents.revision,
        contents.lastModified(of: check) <= snapshot
      {
        continue
      }
      guard contents.holds(check) else { return .conflict(check: position) }
    }
    let revision = Revision(rawValue: contents.revision.rawValue + 1)
    contents.revision = revision
    for position in commit.writes.indices { apply(commit.writes[position], revision) }
    log.append(commit.id, revision)
    return .committed(receipt(commit.id, revision))
  }

  // Inlined, so that a write is not copied to be looked at.
  @inline(__always)
  private mutating func apply(_ write: Write, _ revision: Revision) {
    switch write {
    case .putRow(let address, let bytes):
      contents.changeRows(of: address.table) {
        $0.insert(address.key, MemoryRow(version: revision, bytes: bytes))
      }
    case .deleteRow(let address):
      contents.changeRows(of: address.table) { $0.remove(address.key) }
    case .putEntry(let space, let entry):
      contents.changeEntries(in: space) { $0.insert(entry.key, entry.columnsLength, replaces: false) }
    case .deleteEntry(let space, let entry):
      contents.changeEntries(in: space) { $0.remove(entry.key) }
    case .advanceSequence(let sequence, let number):
      sequences[sequence, default: 0] = max(sequences[sequence, default: 0], number)
    }
  }

  private func receipt(_ id: CommitID, _ revision: Revision) -> CommitReceipt {
    CommitReceipt(id: id, revision: revision, durability: .memory)
  }

  /// Settles a commit in doubt.
  mutating func resolve(_ id: CommitID) -> CommitResolution {
    log.resolve(id)
  }

  /// Takes numbers of a sequence; all of them or none.
  mutating func reserveIDs(_ sequence: String, count: Int64) throws(StoreError) -> ClosedRange<Int64> {
    let last = sequences[sequence, default: 0]
    let (end, overflows) = last.addingReportingOverflow(count)
    guard !overflows else { throw StoreError(.sequenceExhausted, "the sequence has not that many numbers left") }
    sequences[sequence] = end
    return (last + 1)...end
  }
}

extension MemoryContents {
  /// Changes the rows of a table, under the revision that the contents have got.
  @inline(__always)
  fileprivate mutating func changeRows(of table: String, _ body: (inout PersistentTree<MemoryRow>) -> Void) {
    let place = tables.position(of: table, orAdding: MemoryTable())
    tables.entries[place].value.rows.lastModified = revision
    body(&tables.entries[place].value.rows.tree)
  }

  /// Changes the entries of an index, under the revision that the contents have got.
  @inline(__always)
  fileprivate mutating func changeEntries(in space: KeySpace, _ body: (inout PersistentTree<Int>) -> Void) {
    // What has no name is no index: the capabilities have refused the commit.
    guard let name = space.index else { return }
    let place = tables.position(of: space.table, orAdding: MemoryTable())
    let index = tables.entries[place].value.indexes.position(of: name, orAdding: MemorySpace())
    tables.entries[place].value.indexes.entries[index].value.lastModified = revision
    body(&tables.entries[place].value.indexes.entries[index].value.tree)
  }
}
