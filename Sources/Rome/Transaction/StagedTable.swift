// SPDX-License-Identifier: Apache-2.0

/// What a unit of work has staged for one table.
struct StagedTable: Sendable {
  /// A row that is written.
  struct Row: Sendable {
    /// The version of the row in the store when it was first staged; nil when it was not there.
    let base: Revision?
    /// The new bytes; nil when the row is deleted.
    var bytes: [UInt8]?
    /// Whether the primary key of an inserted row was allocated by Rome.
    var isAllocated = false
  }

  /// An entry of an index that is written.
  struct Entry: Sendable {
    let columnsLength: Int
    /// Whether the store holds the entry.
    let wasStored: Bool
    /// Whether the commit leaves the entry there.
    var isPresent: Bool
  }

  /// What is staged for one index.
  struct Index: Sendable {
    /// The key space of the index.
    let space: KeySpace
    /// Whether rows got values that no other row may have.
    var mustBeUnique = false
    var entries = SortedBuffer<Entry>()
  }

  /// The rows by their primary keys.
  var rows = SortedBuffer<Row>()
  /// The indexes by their names.
  var indexes = NameMap<Index>()
  /// The greatest explicit id, where the store allocates the primary keys.
  var explicitID: Int64?

  /// - Parameter indexCount: The number of indexes that the table has.
  init(indexCount: Int = 0) {
    indexes.entries.reserveCapacity(indexCount)
  }

  /// The number of entries of all indexes.
  var entryCount: Int { indexes.entries.indices.reduce(0) { $0 + indexes.entries[$1].value.entries.count } }
}
