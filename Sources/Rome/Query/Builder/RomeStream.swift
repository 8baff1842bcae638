// SPDX-License-Identifier: Apache-2.0

extension RomeQuery {
  /// The results one after the other, of which a batch at a time is read and held in memory.
  ///
  /// ```swift
  /// for try await book in session.query(Book.self).stream() { … }
  /// ```
  ///
  /// A query that must see all rows before it knows its first one holds more: one that is sorted without an index, grouped,
  /// distinct or a union. Each batch costs the round trips of the query again. Outside of a transaction with a snapshot,
  /// rows that others change in the meantime may or may not be seen; none is seen twice by a query that follows an index.
  /// Each iteration executes the query anew. What is wrong with the query is thrown by the first step.
  ///
  /// - Parameter batchSize: About how many rows to read at a time; less than 1 is taken as 1.
  public func stream(batchSize: Int = 256) -> RomeStream<Row> {
    RomeStream(query: self, batchSize: max(1, batchSize))
  }
}

/// The results of a query, one after the other. Like its session, it stays in the task that made it.
public struct RomeStream<Row>: AsyncSequence {
  /// A result.
  public typealias Element = Row
  /// What reading throws.
  public typealias Failure = RomeError

  let query: RomeQuery<Row>
  let batchSize: Int

  /// Begins to execute the query.
  public func makeAsyncIterator() -> Iterator {
    Iterator(query: query, batchSize: batchSize)
  }

  /// The state of one execution of the query.
  public struct Iterator: AsyncIteratorProtocol {
    let query: RomeQuery<Row>
    let batchSize: Int
    private var execution: QueryExecution<Row>?
    private var results: [Row] = []
    private var position = 0
    private var isAtEnd = false

    init(query: RomeQuery<Row>, batchSize: Int) {
      self.query = query
      self.batchSize = batchSize
    }

    /// The next result, or nil at the end.
    ///
    /// - Throws: ``RomeError``, as ``RomeQuery/all()``.
    public mutating func next() async throws(RomeError) -> Row? {
      try await next(isolation: #isolation)
    }

    /// The next result, or nil at the end, read on an actor.
    ///
    /// - Parameter actor: The actor to run on.
    /// - Throws: ``RomeError``, as ``RomeQuery/all()``.
    public mutating func next(isolation actor: isolated (any Actor)?) async throws(RomeError) -> Row? {
      while position == results.count {
        if isAtEnd { return nil }
        let execution: QueryExecution<Row>
        if let existing = self.execution {
          execution = existing
        } else {
          execution = try await QueryExecution(query)
          self.execution = execution
        }
        position = 0
        if let batch = try await execution.next(batch: batchSize) {
          results = batch
        } else {
          results = []
          isAtEnd = true
        }
      }
      position += 1
      return Optional<Row>.some(results[position - 1])
    }
  }
}
