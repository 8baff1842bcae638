// SPDX-License-Identifier: Apache-2.0

extension RomeQuery {
  /// Keeps the rows for which all conditions are true; several calls add up.
  ///
  /// - Parameter conditions: The conditions.
  public func filter(_ conditions: Condition...) -> RomeQuery<Row> {
    changing { $0.conditions += conditions.map(\.node) }
  }

  /// Keeps the rows whose columns have these values.
  ///
  /// - Parameter values: The values by the names of columns or properties of the first entity of the query; nil is NULL.
  ///   A name that there is not is an ``RomeError/Code/unknownColumn``, a value of another type than its column's a
  ///   ``RomeError/Code/wrongType`` when the query is executed.
  public func filter(by values: [String: (any ColumnValue)?]) -> RomeQuery<Row> {
    attempting { statement throws(RomeError) in
      for (name, value) in values.sorted(by: { $0.key < $1.key }) {
        let (source, position) = try statement.column(name)
        let stored = value?.value ?? .null
        let node = ExpressionNode.column(source, position)
        if stored.isNull {
          statement.conditions.append(.isNull(node))
        } else {
          try source.schema.checkType(of: stored, at: position)
          statement.conditions.append(.comparison(.equal, node, .literal(stored)))
        }
      }
    }
  }

  /// Puts the rows that have the same values together; results are then the values themselves, and aggregates of the rows
  /// of each group.
  ///
  /// - Parameter keys: The expressions to group by.
  public func group(by keys: any QueryExpression...) -> RomeQuery<Row> {
    changing { $0.grouping += keys.map(\.node) }
  }

  /// Keeps the groups for which all conditions are true; several calls add up.
  ///
  /// - Parameter conditions: The conditions, of what the rows are grouped by and of aggregates.
  public func having(_ conditions: Condition...) -> RomeQuery<Row> {
    changing { $0.groupConditions += conditions.map(\.node) }
  }

  /// Yields equal results once. NULL equals NULL here, and an entity only itself.
  public func distinct() -> RomeQuery<Row> {
    changing { $0.isDistinct = true }
  }

  /// Says which soft-deleted rows the query reads, of entities with a column for that (``ColumnRole/deleted``).
  ///
  /// - Parameter choice: Which rows; without this call it is ``ReadDeleted/no``.
  public func readDeleted(_ choice: ReadDeleted) -> RomeQuery<Row> {
    changing { $0.readDeleted = choice }
  }

  /// Says that the rows will be changed, or that a decision depends on them: the commit then proves that nobody else has
  /// changed the entities that the query yields since.
  ///
  /// A transaction that is ``Isolation/serializable`` proves that of all that it reads anyway, so there it costs nothing
  /// and changes nothing. At the other isolations, and outside of transactions, the rows are checked by the next commit;
  /// that costs one more round trip a batch. Nobody waits: the later of two transactions gets the
  /// ``RomeError/Code/conflict``, and ``RomeSession/transaction(isolation:retry:holding:_:)`` runs it again.
  public func forUpdate() -> RomeQuery<Row> {
    var copy = self
    copy.isForUpdate = true
    return copy
  }
}

extension SelectStatement {
  /// The column of the first source with a name.
  ///
  /// - Throws: ``RomeError/Code/unknownColumn``.
  func column(_ name: String) throws(RomeError) -> (source: SourceID, position: Int) {
    guard let source = sources.first?.id ?? union?.branches.first?.sources.first?.id else {
      throw RomeError(.invalidQuery, "the query has no source that the column could be of", column: name)
    }
    guard let position = source.schema.position(of: name) else {
      throw RomeError(.unknownColumn, "there is no such column", entity: source.schema.table, column: name)
    }
    return (source, position)
  }
}

extension EntitySchema {
  /// Makes sure that a value that is not NULL is of the type of a column.
  ///
  /// - Throws: ``RomeError/Code/wrongType``.
  func checkType(of value: Value, at position: Int) throws(RomeError) {
    // Where decoding can't fail, the type says it all.
    if value.type != rowShape.parts[position].type
      || (failableColumns.contains(position) && columns[position].decode(value) == nil)
    {
      throw RomeError(
        .wrongType, "the value is none of the column's type", entity: table, column: columns[position].name)
    }
  }
}
