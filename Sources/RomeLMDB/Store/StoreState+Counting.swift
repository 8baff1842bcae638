// SPDX-License-Identifier: Apache-2.0

import CLMDB
import Rome

/// LMDB can't tell how many items a part of a database has, so the store keeps the count of each space beside them, and
/// changes it with the commit that changes the space. A part of a space is counted by a walk.
extension StoreState {
  /// How many rows or entries a range of a space has.
  func count(_ keySpace: KeySpace, _ space: UInt32, _ range: KeyRange) throws(StoreError) -> Int {
    if range.isEmpty { return 0 }
    if range == .all, let count = try keptCount(space) { return count }
    let isRows = keySpace.index == nil
    return try (isRows ? rows : entries).withCursor { cursor throws(StoreError) in
      try RangeCursor(cursor, space, isRows: isRows).count(range) { () throws(StoreError) in try keptCount(space) }
    }
  }

  /// The count of a space that is kept; nil when none is.
  func keptCount(_ space: UInt32) throws(StoreError) -> Int? {
    // A space without a count never had a row or an entry. A number is at most half of what 64 bits hold.
    try keepsCounts() ? Int(try number(MetaKey.size(space))) : nil
  }

  /// Whether the counts are those of the last commit.
  func keepsCounts() throws(StoreError) -> Bool { try head().keepsCounts }

  /// The revision of the last commit, and whether the counts are those of it. They are not in a file of the first format before
  /// the first commit to it, nor when a process with an older build, which had the file open already, has committed since.
  func head() throws(StoreError) -> (revision: UInt64, keepsCounts: Bool) {
    try meta.withValue(MetaKey.revision) { value throws(StoreError) in
      guard let value else { return (0, false) }
      return (try Self.number(value), value.count == 9 && value[8] == MetaKey.countsMark)
    }
  }

  // MARK: Writing

  /// Counts all spaces, where the counts are not kept. The revision that the commit writes then says that they are.
  func countAll() throws(StoreError) {
    try forgetCounts()
    for isRows in [true, false] {
      try (isRows ? rows : entries).withCursor { cursor throws(StoreError) in
        var begin: UInt32? = 0
        while let from = begin, let item = try cursor.seek(EntryLayout.prefix(from)) {
          guard item.key.count >= 4 else { throw StoreError(.corrupt, "the key of a row or an entry is too short") }
          let space = UInt32(bigEndian: item.key.loadUnaligned(as: UInt32.self))
          let count = try RangeCursor(cursor, space, isRows: isRows).count(.all) { nil }
          try meta.put(MetaKey.size(space), UInt64(count).bytes)
          begin = space == .max ? nil : space + 1
        }
      }
    }
    // Builds that don't keep the counts refuse the file from now on.
    try meta.put(MetaKey.format, MetaKey.currentFormat)
  }

  private func forgetCounts() throws(StoreError) {
    try meta.withCursor { cursor throws(StoreError) in
      while let item = try cursor.seek(MetaKey.sizes), item.key.starts(with: MetaKey.sizes) { try cursor.delete() }
    }
  }

  /// Changes the counts by what a commit has added to the spaces, or removed from them.
  func change(_ counts: CountChanges) throws(StoreError) {
    // Most commits change rows that are there.
    if counts.spaces.allSatisfy({ $0.change == 0 }) { return }
    try meta.withCursor { cursor throws(StoreError) in
      for (space, change) in counts.spaces where change != 0 {
        try cursor.replace(MetaKey.size(space)) { value throws(StoreError) in
          let (sum, overflows) = Int(try value.map(Self.number) ?? 0).addingReportingOverflow(change)
          // A count that was damaged must not keep anybody from writing; `verify()` finds it.
          return UInt64(overflows ? .max : max(0, sum))
        }
      }
    }
  }

  // MARK: Verification

  /// How many rows or entries a space has, when it is not what the count of it says; nil when it is, or none is kept.
  func miscountedSize(_ keySpace: KeySpace) throws(StoreError) -> Int? {
    guard let space = try space(keySpace), try keepsCounts() else { return nil }
    let isRows = keySpace.index == nil
    let count = try (isRows ? rows : entries).withCursor { cursor throws(StoreError) in
      try RangeCursor(cursor, space, isRows: isRows).count(.all) { nil }
    }
    // One that can't be read says nothing.
    return (try? keptCount(space)) == count ? nil : count
  }

  /// Sets the count of a space right.
  ///
  /// - Returns: Whether it was wrong.
  func mendCount(_ keySpace: KeySpace) throws(StoreError) -> Bool {
    guard let count = try miscountedSize(keySpace), let space = try space(keySpace) else { return false }
    try meta.put(MetaKey.size(space), UInt64(count).bytes)
    return true
  }
}
