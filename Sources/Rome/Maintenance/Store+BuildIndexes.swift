// SPDX-License-Identifier: Apache-2.0

/// How far the building of an index is.
public struct IndexProgress: Hashable, Sendable {
  /// The table.
  public let table: String
  /// The index.
  public let index: String
  /// The rows that have their entries.
  public let finishedRows: Int
  /// The rows of the table when the building began.
  public let totalRows: Int
}

extension Store {
  /// Builds the indexes that were added to tables which had rows already. Until then they are kept up to date, but not
  /// used by queries. Others can read and write meanwhile.
  ///
  /// How far it is stands in the store, and moves with each batch: it can be stopped at any time, and goes on from there when it is run
  /// again; several processes that build at once share the work. A batch of which a row was changed meanwhile is done again in
  /// smaller ones.
  ///
  /// - Parameters:
  ///   - batchSize: How many rows to handle in one commit at most.
  ///   - progress: Called after each commit.
  /// - Returns: How many indexes were built.
  /// - Throws: ``RomeError`` with the code `uniqueViolation` when rows have the same values in an index that shall be
  ///   unique, `conflict` when single rows change so often that they can't be given their entries, `corruptRow` for a row that is none
  ///   of its table, `cancelled`, and the failures of the store.
  @discardableResult
  public func buildIndexes(
    batchSize: Int = 200, progress: (IndexProgress) -> Void = { _ in }
  ) async throws(RomeError) -> Int {
    var built = 0
    for binding in try await catalog.recordedTables(in: self) {
      for index in binding.indexes where !binding.readable.contains(index.name) {
        let builder = IndexBuilder(store: self, binding: binding, index: index, batchSize: max(1, batchSize))
        if try await builder.build(progress) { built += 1 }
      }
    }
    return built
  }
}
