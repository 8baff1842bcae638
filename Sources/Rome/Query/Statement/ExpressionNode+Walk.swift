// SPDX-License-Identifier: Apache-2.0

extension ExpressionNode {
  /// The expressions that this one is made of directly; not those of a subquery.
  var children: [ExpressionNode] {
    var result: [ExpressionNode] = []
    forEachChild { result.append($0) }
    return result
  }

  /// Calls the closure with each of ``children``, without making a list of them.
  func forEachChild(_ body: (ExpressionNode) -> Void) {
    switch self {
    case .literal, .column, .exists, .scalar, .invalid: break
    case .comparison(_, let left, let right), .arithmetic(_, let left, let right):
      body(left)
      body(right)
    case .and(let parts), .or(let parts), .function(_, let parts): parts.forEach(body)
    case .not(let part), .isNull(let part), .isIn(let part, _), .like(let part, _), .matches(let part, _),
      .isInQuery(let part, _):
      body(part)
    case .choice(let branches, let otherwise):
      for branch in branches {
        body(branch.condition)
        body(branch.result)
      }
      body(otherwise)
    case .aggregate(_, let argument, _): argument.map(body)
    case .isBehind(let keys, _): for key in keys { body(key.node) }
    }
  }

  /// The subquery of this very expression.
  var subquery: Subquery? {
    switch self {
    case .isInQuery(_, let query), .exists(let query), .scalar(let query): query
    default: nil
    }
  }

  /// Calls the closure with each column, those outside subqueries.
  func visitColumns(_ body: (SourceID, Int) -> Void) {
    if case .column(let source, let position) = self { body(source, position) }
    forEachChild { $0.visitColumns(body) }
  }

  /// Calls the closure with each subquery, not those inside subqueries.
  func visitSubqueries(_ body: (Subquery) -> Void) {
    if let subquery { body(subquery) }
    forEachChild { $0.visitSubqueries(body) }
  }

  /// Whether an aggregate is part of the expression.
  var hasAggregate: Bool {
    if case .aggregate = self { return true }
    return anyChild { $0.hasAggregate }
  }

  /// Whether a subquery is part of the expression.
  var hasSubquery: Bool {
    subquery != nil || anyChild { $0.hasSubquery }
  }

  private func anyChild(_ isWanted: (ExpressionNode) -> Bool) -> Bool {
    var isFound = false
    forEachChild { isFound = isFound || isWanted($0) }
    return isFound
  }

  /// Whether the value depends on no sources but these, as ``freeSources`` says.
  func dependsOnly(on sources: [SelectStatement.Source]) -> Bool {
    var isSo = true
    visitColumns { source, _ in isSo = isSo && sources.contains { $0.id == source } }
    visitSubqueries { subquery in
      isSo = isSo && subquery.statement.freeSources.allSatisfy { free in sources.contains { $0.id == free } }
    }
    return isSo
  }

  /// The sources that the value depends on: those of its columns, and those that subqueries take from outside.
  var freeSources: Set<SourceID> {
    var result = Set<SourceID>()
    visitColumns { source, _ in result.insert(source) }
    visitSubqueries { result.formUnion($0.statement.freeSources) }
    return result
  }

  /// The parts of a conjunction, or the expression itself.
  var conjuncts: [ExpressionNode] {
    if case .and(let parts) = self { return parts.flatMap(\.conjuncts) }
    return [self]
  }

  /// The same expression with its direct parts replaced.
  func mapChildren<Failure: Error>(
    _ body: (ExpressionNode) throws(Failure) -> ExpressionNode
  )
    throws(Failure) -> ExpressionNode
  {
    func all(_ parts: [ExpressionNode]) throws(Failure) -> [ExpressionNode] {
      var result: [ExpressionNode] = []
      for part in parts { result.append(try body(part)) }
      return result
    }
    switch self {
    case .literal, .column, .exists, .scalar, .invalid, .isBehind: return self
    case .comparison(let op, let left, let right): return .comparison(op, try body(left), try body(right))
    case .arithmetic(let op, let left, let right): return .arithmetic(op, try body(left), try body(right))
    case .and(let parts): return .and(try all(parts))
    case .or(let parts): return .or(try all(parts))
    case .function(let function, let parts): return .function(function, try all(parts))
    case .not(let part): return .not(try body(part))
    case .isNull(let part): return .isNull(try body(part))
    case .isIn(let part, let list): return .isIn(try body(part), list)
    case .like(let part, let pattern): return .like(try body(part), pattern)
    case .matches(let part, let pattern): return .matches(try body(part), pattern)
    case .isInQuery(let part, let query): return .isInQuery(try body(part), query)
    case .choice(let branches, let otherwise):
      var mapped: [ChoiceBranch] = []
      for branch in branches {
        mapped.append(ChoiceBranch(condition: try body(branch.condition), result: try body(branch.result)))
      }
      return .choice(mapped, try body(otherwise))
    case .aggregate(let function, let argument, let distinct):
      guard let argument else { return self }
      return .aggregate(function, try body(argument), distinct: distinct)
    }
  }
}

extension SelectStatement {
  /// The sources of the statements around that this one depends on.
  var freeSources: Set<SourceID> {
    var result = Set<SourceID>()
    for node in nodes { result.formUnion(node.freeSources) }
    for branch in union?.branches ?? [] { result.formUnion(branch.freeSources) }
    for source in sources { result.remove(source.id) }
    if let union, let first = union.branches.first {
      // What is done with the rows of a union names them by the outputs of its first statement.
      for source in first.sources where !first.freeSources.contains(source.id) { result.remove(source.id) }
    }
    return result
  }
}
