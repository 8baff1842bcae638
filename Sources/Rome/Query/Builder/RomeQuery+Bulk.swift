// SPDX-License-Identifier: Apache-2.0

extension RomeQuery {
  /// Changes columns of all rows of the query's first entity that the query finds, without making entities of them.
  ///
  /// ```swift
  /// try await session.query(Book.self).filter(Book.price < 5).update { $0.set(Book.price, to: Book.price + 1) }
  /// ```
  ///
  /// The changes are staged like those of a flush: queries of the session and entities that it holds see them, indexes and
  /// timestamps are kept in step, and the commit writes them, unless somebody else has changed one of the rows. It costs the
  /// round trips of the query and holds the found rows in memory.
  ///
  /// - Parameter changes: Sets columns. Expressions see the values from before the update.
  /// - Returns: The number of rows that were found, those that had the values already among them.
  /// - Throws: ``RomeError/Code/invalidQuery`` for columns of another entity than the first one, or a query that is grouped
  ///   or a union; ``RomeError/Code/wrongType`` for a value that does not fit its column; ``RomeError/Code/invalidState``
  ///   for the primary key; ``RomeError/Code/notNullViolation``; else as ``all()``.
  @discardableResult
  public func update(_ changes: (inout ColumnChanges) -> Void) async throws(RomeError) -> Int {
    var collected = ColumnChanges()
    changes(&collected)
    let source = try bulkSource()
    var nodes: [Int: ExpressionNode] = [:]
    for change in collected.changes {
      guard change.schema === source.schema else {
        throw RomeError(
          .invalidQuery, "an update sets columns of the first entity of its query only", entity: change.schema.table)
      }
      nodes[change.position] = change.node
    }
    return try await update(nodes)
  }

  /// Changes columns of all rows of the query's first entity that the query finds.
  ///
  /// - Parameter values: The new values by the names of columns or properties; nil is NULL.
  /// - Returns: The number of rows that were found.
  /// - Throws: ``RomeError/Code/unknownColumn``, ``RomeError/Code/wrongType``, else as the update with a closure.
  @discardableResult
  public func update(_ values: [String: (any ColumnValue)?]) async throws(RomeError) -> Int {
    try await update(try literals(values.mapValues { $0?.value ?? .null }))
  }

  /// Changes columns of all rows of the query's first entity that the query finds, to values in their stored form.
  ///
  /// - Parameter values: The new values by the names of columns or properties.
  /// - Returns: The number of rows that were found.
  /// - Throws: As the update by name.
  @discardableResult
  public func update(stored values: [String: Value]) async throws(RomeError) -> Int {
    try await update(try literals(values))
  }

  /// Deletes all rows of the query's first entity that the query finds, and does with the rows that refer to them what
  /// their foreign keys say. Nothing is committed. It costs the round trips of the query, and one for each level of rows that
  /// refer to deleted ones.
  ///
  /// - Returns: The number of rows that were found.
  /// - Throws: ``RomeError/Code/restrictViolation`` when others refer to one of the rows, ``RomeError/Code/invalidQuery`` for
  ///   a query that is grouped or a union, else as ``all()``.
  @discardableResult
  public func delete() async throws(RomeError) -> Int {
    let source = try bulkSource()
    let found = try await bulkRows(source, [])
    try await owningSession().stageDelete(source.schema, found.map(\.row))
    return found.count
  }

  /// Soft-deletes all rows of the query's first entity that the query finds, as ``RomeSession/softDelete(_:)`` does with
  /// one, but for the column with the role ``ColumnRole/updatedAt``, which stays as it is (as in oslo.db). Foreign keys are
  /// not followed.
  ///
  /// - Returns: The number of rows that were found.
  /// - Throws: ``RomeError/Code/invalidState`` when the entity has no column with the role ``ColumnRole/deleted``, else as an
  ///   update.
  @discardableResult
  public func softDelete() async throws(RomeError) -> Int {
    let source = try bulkSource()
    let schema = source.schema
    guard let deleted = schema.position(of: .deleted) else {
      throw RomeError(.invalidState, "the entity has no column with the role 'deleted'", entity: schema.table)
    }
    var nodes: [Int: ExpressionNode] = [:]
    nodes[deleted] =
      schema.columns[deleted].type == .bool ? .literal(.bool(true)) : .column(source, schema.primaryKey[0])
    if let time = schema.position(of: .deletedAt) { nodes[time] = .literal(try owningSession().clock().value) }
    if let time = schema.position(of: .updatedAt) { nodes[time] = .column(source, time) }
    return try await update(nodes)
  }

  /// Changes one row if it has the values that are expected of it (compare and swap), as `update_on_match` of oslo.db.
  ///
  /// The expected values are conditions of the query beside its own, and the row must be the only one that it finds. Others
  /// can't change it between the comparison and the commit, which is a ``RomeError/Code/conflict`` then.
  ///
  /// ```swift
  /// try await session.query(Instance.self).filter(Instance.id == id)
  ///   .updateOnMatch(values: ["state": "deleting"], expected: ["state": "active"])
  /// ```
  ///
  /// - Parameters:
  ///   - values: The new values by the names of columns or properties; nil is NULL.
  ///   - expected: The values that the row must have; nil is NULL.
  /// - Throws: ``RomeError/Code/notFound`` when no row matches, ``RomeError/Code/multipleResults`` when several do, else as an
  ///   update by name.
  public func updateOnMatch(
    values: [String: (any ColumnValue)?], expected: [String: (any ColumnValue)?]
  ) async throws(RomeError) {
    let nodes = try literals(values.mapValues { $0?.value ?? .null })
    let query = filter(by: expected)
    let source = try query.bulkSource()
    let found = try await query.bulkRows(source, Array(nodes))
    if found.isEmpty {
      throw RomeError(.notFound, "no row has the expected values", entity: source.schema.table)
    }
    if found.count > 1 {
      throw RomeError(.multipleResults, "several rows have the expected values", entity: source.schema.table)
    }
    try await owningSession().stageUpdate(source.schema, found)
  }

  private func literals(_ values: [String: Value]) throws(RomeError) -> [Int: ExpressionNode] {
    let schema = try bulkSource().schema
    var nodes: [Int: ExpressionNode] = [:]
    for (name, stored) in values.sorted(by: { $0.key < $1.key }) {
      let position = try draft.column(name).position
      if !stored.isNull { try schema.checkType(of: stored, at: position) }
      if nodes.updateValue(.literal(stored), forKey: position) != nil {
        throw RomeError(.invalidState, "the column is named twice", entity: schema.table, column: name)
      }
    }
    return nodes
  }

  private func update(_ nodes: [Int: ExpressionNode]) async throws(RomeError) -> Int {
    let source = try bulkSource()
    let found = try await bulkRows(source, Array(nodes))
    try await owningSession().stageUpdate(source.schema, found)
    return found.count
  }

  /// The source whose rows are changed.
  private func bulkSource() throws(RomeError) -> SourceID {
    if let problem = draft.problem { throw problem }
    guard let source = draft.sources.first?.id, draft.union == nil, draft.grouping.isEmpty,
      draft.groupConditions.isEmpty
    else {
      throw RomeError(.invalidQuery, "the rows of a union or of groups can't be changed")
    }
    return source
  }

  /// The rows of the source that the query finds, each of them once, with the values of expressions by position.
  private func bulkRows(
    _ source: SourceID, _ nodes: [(key: Int, value: ExpressionNode)]
  )
    async throws(RomeError) -> [(row: FoundRow, values: [Int: Value])]
  {
    var statement = statement
    statement.outputs = [.entity(source)] + nodes.map { .expression($0.value) }
    statement.isDistinct = false
    if let problem = statement.problem { throw problem }
    let session = try owningSession()
    let context = try await session.beginQuery(over: statement.schemas)
    let executor = StatementExecutor(
      statement, context, usesIndexes: statement.usesIndexes, observer: session.onQuery)
    var found: [(row: FoundRow, values: [Int: Value])] = []
    var seen: Set<Key> = []
    // All rows are found before one is changed, so that the search does not meet changed ones again.
    while let rows = try await executor.next(batch: QueryExecution<Row>.wholeBatch) {
      for row in rows {
        guard case .row(let item?)? = row.first, let result = item.found else {
          throw RomeError(.invalidQuery, "the query finds no whole rows", entity: source.schema.table)
        }
        guard seen.insert(result.key).inserted else { continue }
        var values: [Int: Value] = [:]
        for (node, item) in zip(nodes, row.dropFirst()) {
          guard case .value(let value) = item else { continue }
          if !value.isNull { try source.schema.checkType(of: value, at: node.key) }
          values[node.key] = value
        }
        found.append((result, values))
      }
    }
    return found
  }
}
