// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What Rome remembers about one store in this process: schemas that were checked, indexes that are complete, and blocks
/// of reserved ids. Every store holds one and gives it out as ``Store/catalog``.
public final class Catalog: Sendable {
  private let view = Mutex(CatalogView.empty)
  let ids = IDAllocator()
  let turns = RowTurns()

  /// Makes an empty catalog.
  public init() {}

  /// The tables of the store, these among them. The first time for each table, its record is read, compared and written.
  ///
  /// - Parameters:
  ///   - schemas: The tables that are needed.
  ///   - store: The store of this catalog.
  /// - Throws: ``RomeError`` when a schema is wrong in itself or does not fit the store.
  func view(of schemas: [EntitySchema], in store: any Store) async throws(RomeError) -> CatalogView {
    let known = current
    if schemas.allSatisfy({ known.binding($0) != nil }) { return known }
    for schema in schemas {
      if let problem = schema.problems.first { throw RomeError(.invalidSchema, problem, entity: schema.table) }
    }
    // A conflict means that another process has recorded something: look again. Each round one process gets through.
    for _ in 0..<maximumRounds {
      if let loaded = try await load(schemas, in: store) {
        view.withLock { $0 = loaded }
        return loaded
      }
    }
    throw RomeError(.conflict, "other processes keep changing the schema records")
  }

  /// The tables as this process knows them now.
  var current: CatalogView { view.withLock { $0 } }

  /// Forgets the tables, because the store has a new epoch.
  func invalidate(_ stale: CatalogView) {
    view.withLock { if $0 === stale { $0 = .empty } }
  }

  /// Reads the records, and writes what is new in the schemas.
  ///
  /// - Returns: The tables, or nil when another process was faster.
  private func load(_ needed: [EntitySchema], in store: any Store) async throws(RomeError) -> CatalogView? {
    let (epoch, records, versions) = try await readRecords(store)
    let known = current.schemas
    var schemas = known
    for schema in needed where !schemas.contains(where: { $0 === schema }) { schemas.append(schema) }

    var updated = records
    var commit = Commit(checks: [.row(TableRecord.epoch, version: epoch)])
    for schema in schemas {
      let address = TableRecord.address(of: schema.table)
      let before = updated[schema.table]
      let record: TableRecord
      if let before {
        if try before.updated(for: schema, isEmpty: false) == before { continue }
        let isEmpty = try await isEmpty(schema, in: store)
        record = try before.updated(for: schema, isEmpty: isEmpty)
        if isEmpty { commit.checks.append(.range(schema.rowSpace, .all, keys: [])) }
      } else {
        record = TableRecord(schema)
      }
      updated[schema.table] = record
      commit.checks.append(.row(address, version: versions[schema.table]))
      commit.writes.append(.putRow(address, try record.encoded))
    }
    if commit.writes.isEmpty { return try CatalogView(epoch: epoch, records: records, schemas: schemas) }
    return try await write(commit, updated, schemas, in: store)
  }

  /// Commits changed records under a new epoch.
  ///
  /// - Returns: The tables, or nil when another process was faster.
  private func write(
    _ changes: Commit, _ records: [String: TableRecord], _ schemas: [EntitySchema], in store: any Store
  ) async throws(RomeError) -> CatalogView? {
    var commit = changes
    commit.writes.append(.putRow(TableRecord.epoch, Array("epoch".utf8)))
    switch try await store.commitResolving(commit) {
    case .committed(let receipt):
      return try CatalogView(epoch: receipt.revision, records: records, schemas: schemas)
    case .conflict:
      return nil
    case .unknown(let error):
      throw RomeError(
        .unknownOutcome, "the answer to recording a schema was lost", commitID: commit.id, underlying: error)
    }
  }

  /// Changes the record of a table, under a new epoch.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - store: The store of this catalog.
  ///   - body: Changes the record, which it gets with those of all tables, and adds to the commit; run again when another
  ///     process was faster. Without a change nothing is written.
  func change(
    _ table: String, in store: any Store,
    _ body: (inout TableRecord, [String: TableRecord], inout Commit) throws(RomeError) -> Void
  ) async throws(RomeError) {
    for _ in 0..<maximumRounds {
      let (epoch, records, versions) = try await readRecords(store)
      guard var record = records[table], let version = versions[table] else {
        throw RomeError(.notFound, "the store has no record of the table", entity: table)
      }
      let address = TableRecord.address(of: table)
      var commit = Commit(checks: [.row(TableRecord.epoch, version: epoch), .row(address, version: version)])
      try body(&record, records, &commit)
      if record == records[table] { return }
      commit.writes.append(.putRow(address, try record.encoded))
      var updated = records
      updated[table] = record
      if let loaded = try await write(commit, updated, current.schemas, in: store) {
        view.withLock { $0 = loaded }
        return
      }
    }
    throw RomeError(.conflict, "other processes keep changing the schema records", entity: table)
  }

  /// All records of the store, by their tables.
  func records(in store: any Store) async throws(RomeError) -> [String: TableRecord] {
    try await readRecords(store).records
  }

  /// All tables that the store has a record of.
  func recordedTables(in store: any Store) async throws(RomeError) -> [TableBinding] {
    let (_, records, _) = try await readRecords(store)
    var tables: [TableBinding] = []
    for record in records.values.sorted(by: { $0.table < $1.table }) {
      tables.append(TableBinding(try record.makeSchema(), record, records))
    }
    return tables
  }

  private func readRecords(
    _ store: any Store
  ) async throws(RomeError) -> (
    epoch: Revision?, records: [String: TableRecord], versions: [String: Revision]
  ) {
    var epoch: Revision?
    var records: [String: TableRecord] = [:]
    var versions: [String: Revision] = [:]
    var scan = Scan(TableRecord.space)
    while true {
      let request = scan
      let pages = try await romeError { () async throws(StoreError) in try await store.scan([request]) }
      guard let page = pages.first else { break }
      for (entry, row) in zip(page.entries, page.rows) {
        guard let row else { continue }
        if entry.key == TableRecord.epoch.key {
          epoch = row.version
        } else {
          let record = try TableRecord.decode(row.bytes, key: entry.key)
          records[record.table] = record
          versions[record.table] = row.version
        }
      }
      guard page.isTruncated, let last = page.entries.last else { break }
      scan = scan.resumed(after: last)
    }
    return (epoch, records, versions)
  }

  private func isEmpty(_ schema: EntitySchema, in store: any Store) async throws(RomeError) -> Bool {
    let scan = Scan(schema.rowSpace, limit: 1, fetch: .entries)
    return try await romeError { () async throws(StoreError) in try await store.scan([scan]) }.first?.entries.isEmpty
      ?? true
  }
}

/// How often records are read again because another process has changed one; each round one process gets through.
private let maximumRounds = 64
