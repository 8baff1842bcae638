// SPDX-License-Identifier: Apache-2.0

/// What the query engine needs to know of the session for one query.
struct QueryContext {
  /// What to read through. Pending changes of entities are flushed into it.
  let reader: any RecordReader
  /// What the store can do.
  let capabilities: StoreCapabilities
  /// Whether an index is complete, so that it may answer queries.
  let isReadable: (EntitySchema.Index) -> Bool
}

/// A row that a query found.
struct FoundRow {
  /// The encoded primary key.
  let key: Key
  /// The version of the row; nil for one that this session has written and not yet committed.
  let version: Revision?
  /// The columns.
  let row: EncodedRow
}

extension RomeSession {
  /// Prepares a query over tables: checks their schemas once for each store, flushes pending changes (autoflush).
  func beginQuery(over schemas: [EntitySchema]) async throws(RomeError) -> QueryContext {
    throw RomeError(.invalidState, "not yet")
  }

  /// The entity of a row: the one that the session holds already, else a new one.
  func entity<E: Entity>(_ type: E.Type, of found: FoundRow) throws(RomeError) -> E {
    throw RomeError(.invalidState, "not yet")
  }

  /// Stages new values for columns of rows that a bulk update found. Constraints, indexes, timestamps and entities that
  /// the session holds are kept in step. Nothing is committed.
  func stageUpdate(_ schema: EntitySchema, _ changes: [(row: FoundRow, values: [Int: Value])])
    async throws(RomeError)
  {
    throw RomeError(.invalidState, "not yet")
  }

  /// Stages the deletion of rows that a bulk delete found, with what their foreign keys say. Nothing is committed.
  func stageDelete(_ schema: EntitySchema, _ rows: [FoundRow]) async throws(RomeError) {
    throw RomeError(.invalidState, "not yet")
  }
}
