// SPDX-License-Identifier: Apache-2.0

extension RomeQuery {
  /// Sorts the rows; keys of further calls come behind those before. An index with the same order saves the sort.
  ///
  /// - Parameter keys: The expressions to sort by, the most significant first. `.descending`, `.nullsFirst` and
  ///   `.nullsLast` say how; NULL is smaller than all values without them.
  public func order(by keys: any Orderable...) -> RomeQuery<Row> {
    changing { $0.order += keys.map(\.orderKey) }
  }

  /// Sorts the rows by a column that is given by its name.
  ///
  /// - Parameters:
  ///   - name: The name of a column or property of the first entity of the query. One that there is not is an
  ///     ``RomeError/Code/unknownColumn`` when the query is executed.
  ///   - descending: Whether the greatest value comes first.
  public func order(by name: String, descending: Bool = false) -> RomeQuery<Row> {
    attempting { statement throws(RomeError) in
      let (source, position) = try statement.column(name)
      statement.order.append(OrderKey(.column(source, position), descending: descending))
    }
  }

  /// Yields at most so many results.
  ///
  /// - Parameter count: How many; nil for all. A negative number is an ``RomeError/Code/invalidQuery``.
  public func limit(_ count: Int?) -> RomeQuery<Row> {
    changing { $0.limit = count }
  }

  /// Leaves out the first results. They are read all the same: ``after(_:)`` goes on where a page has ended without that.
  ///
  /// - Parameter count: How many; nil for none. A negative number is an ``RomeError/Code/invalidQuery``.
  public func offset(_ count: Int?) -> RomeQuery<Row> {
    changing { $0.offset = count }
  }

  /// Begins behind an entity in the order of the query: the next page of one whose last entity it was. An index with the
  /// order of the query makes each page cost as much as the first.
  ///
  /// A query of one entity with an order has the primary key behind it, so that no two rows are equal in it and the pages
  /// fit together: descending where an index is read backward for the order, else ascending. Only a query of one entity, which is not
  /// grouped, has such pages, and all keys of its order must be columns; else the query throws
  /// ``RomeError/Code/invalidQuery``.
  ///
  /// - Parameter entity: The last entity of the page before. Its values are taken now; it need not be in the store any more.
  public func after<E: Entity>(_ entity: E) -> RomeQuery<Row> {
    var copy = self
    let state = entity.entityState
    if let source = draft.sources.first?.id, source.schema !== E.schema {
      copy.draft.note(
        RomeError(.invalidQuery, "a page can't begin behind an entity of another table", entity: E.schema.table))
    }
    copy.marker = E.schema.columns.indices.map { state.value(at: $0) }
    copy.draft.marker = nil
    return copy
  }

  /// Begins behind a place in the order of the query, as ``after(_:)`` does.
  ///
  /// - Parameter values: The values of the keys of the order, and behind them those of the columns of the primary key
  ///   which the order does not have. A nil is NULL.
  public func after(values: (any ColumnValue)?...) -> RomeQuery<Row> {
    var copy = self
    copy.marker = nil
    copy.draft.marker = values.map { $0?.value ?? .null }
    return copy
  }

  /// The statement to execute: the draft with what depends on all of it.
  var statement: SelectStatement {
    var result = draft
    do {
      if let marker { try result.begin(behind: marker) }
      try result.checkMarker()
    } catch {
      result.note(error)
    }
    return result
  }
}

extension SelectStatement {
  /// The keys of the order with the columns of the primary key that it does not have yet.
  private func keysWithTieBreaker(_ source: SourceID) -> [ExpressionNode] {
    let nodes = order.map(\.node)
    return nodes + source.schema.primaryKey.map { .column(source, $0) }.filter { !nodes.contains($0) }
  }

  /// Sets the marker to the place of a row.
  ///
  /// - Parameter row: The columns of the row.
  fileprivate mutating func begin(behind row: [Value]) throws(RomeError) {
    guard let source = sources.first?.id else { return }
    var values: [Value] = []
    for node in keysWithTieBreaker(source) {
      guard case .column(source, let position) = node, row.indices.contains(position) else {
        throw RomeError(
          .invalidQuery, "the order has a key that is no column of the entity: give the values with 'after(values:)'",
          entity: source.schema.table)
      }
      values.append(row[position])
    }
    marker = values
  }

  /// Makes sure that values of a marker have the types of their columns.
  fileprivate func checkMarker() throws(RomeError) {
    guard let marker, let source = sources.first?.id else { return }
    for (node, value) in zip(keysWithTieBreaker(source), marker) where !value.isNull {
      guard case .column(let owner, let position) = node else { continue }
      try owner.schema.checkType(of: value, at: position)
    }
  }
}
