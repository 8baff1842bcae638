// SPDX-License-Identifier: Apache-2.0

extension RomeSession {
  /// A query of an entity.
  ///
  /// - Parameters:
  ///   - type: The entity.
  ///   - readDeleted: Which soft-deleted rows to read, of all sources of the query; without it those that are not deleted.
  /// - Returns: The query of all its rows, whose results are the entities.
  public func query<E: Entity>(_ type: E.Type, readDeleted: ReadDeleted? = nil) -> RomeQuery<E> {
    query(SourceID(E.schema), E.self, readDeleted)
  }

  /// A query of an entity under an alias.
  ///
  /// - Parameters:
  ///   - alias: The alias; columns of it, such as `editor.name`, are used in the query.
  ///   - readDeleted: Which soft-deleted rows to read, of all sources of the query; without it those that are not deleted.
  /// - Returns: The query of all its rows, whose results are the entities.
  public func query<E: Entity>(_ alias: Alias<E>, readDeleted: ReadDeleted? = nil) -> RomeQuery<E> {
    query(alias._source, E.self, readDeleted)
  }

  private func query<E: Entity>(_ source: SourceID, _ type: E.Type, _ readDeleted: ReadDeleted?) -> RomeQuery<E> {
    var statement = SelectStatement(source)
    statement.readDeleted = readDeleted
    let projection = Projection<E>.entity(type)
    var query = RomeQuery<E>(self, statement) { maker throws(RomeError) in try maker.result(projection) }
    query.makeEntities = { session, rows throws(RomeError) in try session.entities(type, of: rows) }
    return query
  }

  /// A query of columns and other expressions. Its sources are the entities of the columns; when these are several,
  /// `filter` says which of their rows belong together, or `query(…).join(…).select(…)` is used instead. A query of
  /// ``count()`` alone has its source from ``RomeQuery/from(_:)-(E.Type)``.
  ///
  /// ```swift
  /// for (title, price) in try await session.select(Book.title, Book.price).all() { … }
  /// ```
  ///
  /// - Parameter expression: The column or expression; of several the results are tuples.
  /// - Returns: The query, whose results are its values.
  public func select<X: QueryExpression>(_ expression: X) -> RomeQuery<X.Output> {
    let projection = Projection<X.Output>.expression(expression)
    return RomeQuery<X.Output>(self, SelectStatement([expression.node])) { maker throws(RomeError) in
      try maker.result(projection)
    }
  }

  /// A query of several columns and other expressions.
  ///
  /// - Parameter expressions: The columns and expressions.
  /// - Returns: The query, whose results are tuples of their values.
  public func select<each X: QueryExpression>(_ expressions: repeat each X) -> RomeQuery<(repeat (each X).Output)> {
    var nodes: [ExpressionNode] = []
    repeat nodes.append((each expressions).node)
    let projections = RowProjection(repeat Projection<(each X).Output>.expression(each expressions))
    return RomeQuery<(repeat (each X).Output)>(self, SelectStatement(nodes)) { maker throws(RomeError) in
      try projections.make(maker)
    }
  }
}

extension RomeQuery {
  /// The same query with other results: columns and other expressions.
  ///
  /// - Parameter expression: The column or expression; of several the results are tuples.
  /// - Returns: The query, whose results are its values.
  public func select<X: QueryExpression>(_ expression: X) -> RomeQuery<X.Output> {
    var changed = draft
    changed.outputs = [.expression(expression.node)]
    let projection = Projection<X.Output>.expression(expression)
    return with(changed) { maker throws(RomeError) in try maker.result(projection) }
  }

  /// The same query with other results: several columns and other expressions.
  ///
  /// - Parameter expressions: The columns and expressions.
  /// - Returns: The query, whose results are tuples of their values.
  public func select<each X: QueryExpression>(_ expressions: repeat each X) -> RomeQuery<(repeat (each X).Output)> {
    var changed = draft
    changed.outputs = []
    repeat changed.outputs.append(.expression((each expressions).node))
    let projections = RowProjection(repeat Projection<(each X).Output>.expression(each expressions))
    return with(changed) { maker throws(RomeError) in try projections.make(maker) }
  }

  /// The same query with one of its entities as the only result.
  ///
  /// - Parameter type: The entity; it must be a source of the query.
  public func select<E: Entity>(_ type: E.Type) -> RomeQuery<E> {
    select(SourceID(E.schema), type)
  }

  /// The same query with one of its entities under an alias as the only result.
  ///
  /// - Parameter alias: The alias of a source of the query.
  public func select<E: Entity>(_ alias: Alias<E>) -> RomeQuery<E> {
    select(alias._source, E.self)
  }

  /// The same query with other results: one of its entities, and expressions.
  ///
  /// - Parameters:
  ///   - type: The entity; it must be a source of the query.
  ///   - expressions: Columns and expressions that come behind it.
  /// - Returns: The query, whose results are tuples of the entity and the values.
  public func select<E: Entity, each X: QueryExpression>(
    _ type: E.Type, with expressions: repeat each X
  )
    -> RomeQuery<(E, repeat (each X).Output)>
  {
    var changed = draft
    changed.outputs = [.entity(SourceID(E.schema))]
    repeat changed.outputs.append(.expression((each expressions).node))
    let projections = RowProjection(
      Projection<E>.entity(type), repeat Projection<(each X).Output>.expression(each expressions))
    return with(changed) { maker throws(RomeError) in try projections.make(maker) }
  }

  private func select<E: Entity>(_ source: SourceID, _ type: E.Type) -> RomeQuery<E> {
    var changed = draft
    changed.outputs = [.entity(source)]
    let projection = Projection<E>.entity(type)
    return with(changed) { maker throws(RomeError) in try maker.result(projection) }
  }

  /// Says which entity the query is of, where its columns do not: `session.select(count()).from(Book.self)`.
  ///
  /// - Parameter type: The entity. It becomes the first source of the query.
  public func from<E: Entity>(_ type: E.Type) -> RomeQuery<Row> {
    from(SourceID(E.schema))
  }

  /// Says which entity the query is of, where its columns do not.
  ///
  /// - Parameter alias: The alias of the entity. It becomes the first source of the query.
  public func from<E: Entity>(_ alias: Alias<E>) -> RomeQuery<Row> {
    from(alias._source)
  }

  private func from(_ source: SourceID) -> RomeQuery<Row> {
    changing { statement in
      statement.sources.removeAll { $0.id == source }
      statement.sources.insert(SelectStatement.Source(id: source, kind: .inner, conditions: []), at: 0)
    }
  }
}
