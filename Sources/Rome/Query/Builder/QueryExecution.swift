// SPDX-License-Identifier: Apache-2.0

/// A query on its way: its results, batch by batch.
struct QueryExecution<Row> {
  /// How many rows a query asks for at a time that takes all of them.
  static var wholeBatch: Int { 1024 }

  private let query: RomeQuery<Row>
  private let session: RomeSession
  private let executor: StatementExecutor

  /// Begins the query.
  init(_ query: RomeQuery<Row>) async throws(RomeError) {
    self.query = query
    session = try query.owningSession()
    let statement = query.statement
    if let problem = statement.problem { throw problem }
    let context = try await session.beginQuery(over: statement.schemas)
    executor = StatementExecutor(statement, context, usesIndexes: statement.usesIndexes, observer: session.onQuery)
  }

  /// The next results, perhaps none; nil at the end.
  ///
  /// - Parameter batch: About how many rows to read.
  func next(batch: Int) async throws(RomeError) -> [Row]? {
    guard let batch = try await executor.nextBatch(batch) else { return nil }
    if case .rows(let rows) = batch, !query.isForUpdate, query.loaders.isEmpty, let makeEntities = query.makeEntities {
      return try makeEntities(session, rows)
    }
    let rows = batch.takeResults()
    if query.isForUpdate { try await guardRows(rows) }
    let maker = RowMaker(session, keepsEntities: !query.loaders.isEmpty)
    for case .entity(let source) in query.draft.outputs {
      session.identity.table(of: source.schema).makeRoom(for: rows.count)
    }
    var results: [Row] = []
    results.reserveCapacity(rows.count)
    for row in rows {
      maker.begin(row)
      results.append(try query.make(maker))
    }
    var entities = maker.entities
    for loader in query.loaders {
      entities = try await loader.entities(with: entities, in: session)
    }
    return results
  }

  /// Lets the commit prove that the rows are still the same, where it does not do so anyway.
  private func guardRows(_ rows: [ResultRow]) async throws(RomeError) {
    if session.unit.isolation == .serializable { return }
    var addresses: Set<RowAddress> = []
    for row in rows {
      for (item, output) in zip(row, query.draft.outputs) {
        if case .row(let found?) = item, case .entity(let source) = output {
          addresses.insert(source.schema.address(found.key))
        }
      }
    }
    if !addresses.isEmpty { _ = try await session.unit.read(Array(addresses), guarding: true) }
  }
}

extension RelationshipLoader {
  /// Loads the relationship, and adds the entities that it leads to.
  fileprivate func entities(
    with entities: [any Entity], in session: RomeSession
  )
    async throws(RomeError) -> [any Entity]
  {
    let known = Set(entities.map { ObjectIdentifier($0) })
    return entities + (try await load(session, entities)).filter { !known.contains(ObjectIdentifier($0)) }
  }
}
