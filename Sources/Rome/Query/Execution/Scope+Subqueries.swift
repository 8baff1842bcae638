// SPDX-License-Identifier: Apache-2.0

extension Scope {
  /// Prepares the subqueries that depend on the rows of the statement.
  func prepareSubqueries(
    of statement: SelectStatement, _ context: QueryContext, usesIndexes: Bool, readsBatches: Bool
  ) async throws(RomeError) {
    for subquery in statement.subqueries where correlated[subquery] == nil {
      correlated[subquery] = try await CorrelatedQuery(
        subquery.statement, in: self, inherited: statement.readDeleted ?? .no, context, usesIndexes: usesIndexes,
        readsBatches: readsBatches)
    }
  }

  /// The scope of what is done with the rows of a union: entities are sources, expressions are computed values.
  convenience init(unionOf statement: SelectStatement, frame: Frame, parent: Scope?) {
    var sources: [SourceID] = []
    var expressions: [ExpressionNode] = []
    for output in statement.outputs {
      switch output {
      case .entity(let source): sources.append(source)
      case .expression(let node): expressions.append(node)
      }
    }
    self.init(frame: frame, parent: parent, sources: sources)
    firstValue = frame.reserveValues(expressions.count)
    for (offset, node) in expressions.enumerated() where places[node] == nil {
      // A literal in a condition on the union is itself, not the result that is the same literal in the first statement.
      if case .literal = node { continue }
      places[node] = firstValue + offset
    }
  }
}

extension Tuple {
  /// A row of a union as a combination that expressions can look at.
  init(union row: ResultRow) {
    var rows: [SourceRow?] = []
    var values: [Value] = []
    for item in row {
      switch item {
      case .row(let found): rows.append(found)
      case .value(let value): values.append(value)
      }
    }
    self.init(rows, values: values)
  }
}

extension JoinPlanner {
  /// The planner of a statement.
  ///
  /// - Parameters:
  ///   - conditions: The conditions that it may use.
  ///   - limit: The rows that are enough when they come in order.
  ///   - ordered: Whether the order of the statement matters.
  ///   - explains: Whether somebody wants to know why indexes are not used.
  init(
    _ statement: SelectStatement, _ conditions: [ExpressionNode], _ context: QueryContext, usesIndexes: Bool,
    limit: Int?, ordered: Bool, explains: Bool = false
  ) {
    var planned = statement
    if !ordered {
      planned.order = []
      planned.marker = nil
    }
    self.init(
      statement: planned, conjuncts: conditions, needed: { statement.neededColumns(of: $0) },
      ways: { schema in
        let ways = context.ways(to: schema)
        return usesIndexes ? ways : Array(ways.prefix(1))
      },
      checksAgain: !context.capabilities.snapshotReads, limit: limit, explains: explains)
  }
}
