// SPDX-License-Identifier: Apache-2.0

import CLMDB
import Rome

extension StoreState {
  /// Applies a commit: whole, or not at all, or it throws, after which the transaction must be given up.
  ///
  /// - Parameters:
  ///   - commit: The commit.
  ///   - remembered: How many commits are remembered.
  func apply(_ commit: Commit, remembered: Int) throws(StoreError) -> CommitOutcome {
    if let revision = try revision(of: commit.id) { return .committed(receipt(commit.id, revision)) }
    if try meta.get(MetaKey.refused(commit.id)) != nil {
      throw StoreError(.refused, "the commit was settled as not committed before it arrived")
    }
    if let check = try failedCheck(commit) { return .conflict(check: check) }
    let head = try head()
    let revision = Revision(rawValue: head.revision + 1)
    if !head.keepsCounts { try countAll() }
    var counts = CountChanges()
    for write in commit.writes { try apply(write, revision, &counts) }
    try change(counts)
    try remember(commit.id, revision, remembered)
    return .committed(receipt(commit.id, revision))
  }

  /// Settles a commit in doubt.
  func resolve(_ id: CommitID) throws(StoreError) -> CommitResolution {
    if let revision = try revision(of: id) { return .committed(receipt(id, revision)) }
    if try meta.get(MetaKey.refused(id)) != nil { return .notCommitted }
    if try meta.get(MetaKey.hasForgotten) != nil { return .forgotten }
    try meta.put(MetaKey.refused(id), [])
    return .notCommitted
  }

  /// Takes numbers of a sequence; all of them or none.
  func reserveIDs(_ sequence: String, count: Int) throws(StoreError) -> ClosedRange<Int64> {
    let key = try MetaKey.sequence(sequence)
    let last = Int64(bitPattern: try number(key))
    let (end, overflows) = last.addingReportingOverflow(Int64(count))
    guard !overflows else { throw StoreError(.sequenceExhausted, "the sequence has not that many numbers left") }
    try meta.put(key, UInt64(bitPattern: end).bytes)
    return (last + 1)...end
  }

  func receipt(_ id: CommitID, _ revision: Revision) -> CommitReceipt {
    CommitReceipt(id: id, revision: revision, durability: .synchronous)
  }

  private func revision(of id: CommitID) throws(StoreError) -> Revision? {
    try meta.get(MetaKey.commit(id)).flatMap { UInt64(bytes: $0) }.map { Revision(rawValue: $0) }
  }

  private func remember(_ id: CommitID, _ revision: Revision, _ remembered: Int) throws(StoreError) {
    try meta.put(MetaKey.revision, revision.rawValue.bytes + [MetaKey.countsMark])
    try meta.put(MetaKey.commit(id), revision.rawValue.bytes)
    try meta.put(MetaKey.commit(of: revision.rawValue), id.bytes)
    // Revisions follow each other, so the oldest one that is remembered is known without a search.
    guard revision.rawValue > UInt64(max(1, remembered)) else { return }
    let old = MetaKey.commit(of: revision.rawValue - UInt64(max(1, remembered)))
    guard let forgotten = try meta.get(old) else { return }
    try meta.delete(old)
    try meta.delete([UInt8(ascii: "C")] + forgotten)
    if try meta.get(MetaKey.hasForgotten) == nil { try meta.put(MetaKey.hasForgotten, []) }
  }

  /// Applies a write, and adds to the counts how many rows or entries the spaces have more or less.
  private func apply(_ write: Write, _ revision: Revision, _ counts: inout CountChanges) throws(StoreError) {
    switch write {
    case .putRow(let address, let bytes):
      let space = try existingSpace(.rows(address.table))
      let isNew = try rows.withCursor { cursor throws(StoreError) in
        try cursor.put(EntryLayout.key(space, address.key), revision.rawValue.bytes, bytes)
      }
      if isNew { counts.add(1, to: space) }
    case .deleteRow(let address):
      guard let space = try space(.rows(address.table)) else { return }
      if try rows.delete(EntryLayout.key(space, address.key)) { counts.add(-1, to: space) }
    case .putEntry(let keySpace, let entry):
      let space = try existingSpace(keySpace)
      let isNew = try entries.withCursor { cursor throws(StoreError) in
        try cursor.put(EntryLayout.head(space, entry.key), EntryLayout.value(entry))
      }
      if isNew { counts.add(1, to: space) }
    case .deleteEntry(let keySpace, let entry):
      guard let space = try space(keySpace) else { return }
      try entries.withCursor { cursor throws(StoreError) in
        let head = EntryLayout.head(space, entry.key)
        let value = EntryLayout.searchValue(EntryLayout.rest(entry.key))
        guard let found = try cursor.seek(head, value), found.value.dropLast(2).elementsEqual(value.dropLast(2)) else {
          return
        }
        try cursor.delete()
        counts.add(-1, to: space)
      }
    case .advanceSequence(let sequence, let number):
      let key = try MetaKey.sequence(sequence)
      if Int64(bitPattern: try self.number(key)) < number { try meta.put(key, UInt64(bitPattern: number).bytes) }
    }
  }

  /// The number of a space, which it gets now if it has none.
  private func existingSpace(_ space: KeySpace) throws(StoreError) -> UInt32 {
    if let number = try self.space(space) { return number }
    let number = try number(MetaKey.lastSpace) + 1
    guard number < UInt64(UInt32.max) else { throw StoreError(.limitExceeded, "there are too many tables and indexes") }
    try meta.put(MetaKey.lastSpace, number.bytes)
    try meta.put(try MetaKey.space(space), number.bytes)
    return UInt32(number)
  }
}
