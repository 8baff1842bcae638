// SPDX-License-Identifier: Apache-2.0

extension RomeQuery {
  /// All results, in the order of the query. Without an order it is that of the access path that was chosen.
  ///
  /// All of them are held in memory: ``stream(batchSize:)`` holds a batch. How many round trips it costs is what
  /// ``explain()`` says: for one entity found by key or through an index one, for each joined one another.
  ///
  /// - Throws: ``RomeError``: what is wrong with the query (``RomeError/Code/invalidQuery``,
  ///   ``RomeError/Code/unknownColumn``, ``RomeError/Code/wrongType``), what ``RomeSession/flush()`` throws, and the failures
  ///   of reading.
  public func all() async throws(RomeError) -> [Row] {
    let execution = try await QueryExecution(self)
    var results: [Row] = []
    while let batch = try await execution.next(batch: QueryExecution<Row>.wholeBatch) {
      if results.isEmpty { results = batch } else { results += batch }
    }
    return results
  }

  /// The first result, or nil when there is none. At most one is read where the access path has the order of the query.
  ///
  /// - Throws: As ``all()``.
  public func first() async throws(RomeError) -> Row? {
    try await limited(to: 1).all().first
  }

  /// The only result.
  ///
  /// - Throws: ``RomeError/Code/notFound`` when there is none, ``RomeError/Code/multipleResults`` when there are several,
  ///   else as ``all()``.
  public func one() async throws(RomeError) -> Row {
    guard let result = try await oneOrNil() else {
      throw RomeError(.notFound, "the query has no result", entity: draft.sources.first?.id.schema.table)
    }
    return result
  }

  /// The only result, or nil when there is none.
  ///
  /// - Throws: ``RomeError/Code/multipleResults`` when there are several, else as ``all()``.
  public func oneOrNil() async throws(RomeError) -> Row? {
    let results = try await limited(to: 2).all()
    if results.count > 1 {
      throw RomeError(
        .multipleResults, "the query has several results", entity: draft.sources.first?.id.schema.table)
    }
    return results.first
  }

  /// Whether the query has a result. At most one row is read where an index answers the filter.
  ///
  /// - Throws: As ``all()``.
  public func exists() async throws(RomeError) -> Bool {
    let statement = limited(to: 1).statement
    let executor = StatementExecutor(
      statement, try await context(for: statement), observer: try owningSession().onQuery)
    var isFound = false
    while let rows = try await executor.next(batch: 1) { isFound = isFound || !rows.isEmpty }
    return isFound
  }

  /// The number of results. No result is made; where an index answers the filter its entries are counted by the store.
  ///
  /// - Throws: As ``all()``.
  public func count() async throws(RomeError) -> Int {
    let statement = statement
    return try await StatementExecutor.count(
      statement, try await context(for: statement), observer: try owningSession().onQuery)
  }

  /// How the query is executed: access paths, joins and sorts, with the keys read and the round trips.
  ///
  /// - Throws: As ``all()``.
  public func explain() async throws(RomeError) -> QueryPlan {
    let statement = statement
    return try await StatementExecutor.explain(statement, try await context(for: statement))
  }

  /// The session of the query.
  func owningSession() throws(RomeError) -> RomeSession {
    guard let session else {
      throw RomeError(.invalidState, "the query has no session: make it with RomeSession.query")
    }
    return session
  }

  private func context(for statement: SelectStatement) async throws(RomeError) -> QueryContext {
    if let problem = statement.problem { throw problem }
    return try await owningSession().beginQuery(over: statement.schemas)
  }

  private func limited(to count: Int) -> RomeQuery<Row> {
    // A negative limit stays, so that it is an error here, too.
    changing { $0.limit = min($0.limit ?? count, count) }
  }
}
