// SPDX-License-Identifier: Apache-2.0

/// Where the columns of a statement are found in the frame; a subquery's scope has that of the statement around it as its
/// parent.
final class Scope {
  let frame: Frame
  let parent: Scope?
  let sources: [SourceID]
  /// The slot of the first source; the others follow.
  let firstSlot: Int
  /// Where the values of expressions are that were computed before: aggregates, outputs of a union.
  var places: [ExpressionNode: Int] = [:]
  /// The subqueries that depend on the current row.
  var correlated: [Subquery: CorrelatedQuery] = [:]

  init(frame: Frame, parent: Scope?, sources: [SourceID]) {
    self.frame = frame
    self.parent = parent
    self.sources = sources
    firstSlot = frame.reserveSlots(sources.count)
  }

  /// The slot of a source of this statement or of one around it.
  func slot(of source: SourceID) -> Int? {
    if let place = sources.firstIndex(of: source) { return firstSlot + place }
    return parent?.slot(of: source)
  }

  /// The subquery as it was prepared.
  func prepared(_ subquery: Subquery) -> CorrelatedQuery? {
    correlated[subquery] ?? parent?.prepared(subquery)
  }

  /// Makes the rows and values of a tuple the current ones.
  func load(_ tuple: Tuple) {
    for place in sources.indices { frame.slots[firstSlot + place] = tuple[place] }
    for (offset, value) in tuple.values.enumerated() { frame.values[firstValue + offset] = value }
  }

  /// The place of the first value of tuples that have values.
  var firstValue = 0

  /// Binds expressions to the slots of the frame.
  func bind(all nodes: [ExpressionNode]) throws(RomeError) -> [any Evaluable] {
    var result: [any Evaluable] = []
    for node in nodes { result.append(try bind(node)) }
    return result
  }

  /// Binds an expression to the slots of the frame.
  ///
  /// - Throws: ``RomeError/Code/invalidQuery`` when it uses a source that is not in the query, an aggregate where there
  ///   is no group, or is malformed itself.
  func bind(_ node: ExpressionNode) throws(RomeError) -> any Evaluable {
    if let place = places[node] { return PlaceEvaluation(place: place) }
    switch node {
    case .literal(let value): return LiteralEvaluation(literal: value)
    case .column(let source, let position):
      return ColumnEvaluation(slot: try slot(of: source, column: position), position: position)
    case .comparison(let comparison, let left, let right): return try bind(comparison, left, right)
    case .and(let parts): return AndEvaluation(parts: try bind(all: parts))
    case .or(let parts): return OrEvaluation(parts: try bind(all: parts))
    case .not(let part): return NotEvaluation(part: try bind(part))
    case .isNull(let part): return NullEvaluation(part: try bind(part))
    case .isIn(let part, let list): return ListEvaluation(part: try bind(part), list: list)
    case .arithmetic(let operation, let left, let right):
      return ArithmeticEvaluation(operation: operation, left: try bind(left), right: try bind(right))
    case .function(let function, let arguments):
      return FunctionEvaluation(function: function, arguments: try bind(all: arguments))
    case .like(let part, let pattern): return LikeEvaluation(part: try bind(part), pattern: pattern)
    case .matches(let part, let pattern): return try RegexEvaluation(try bind(part), pattern: pattern)
    case .choice(let branches, let otherwise):
      var bound: [(condition: any Evaluable, result: any Evaluable)] = []
      for branch in branches { bound.append((try bind(branch.condition), try bind(branch.result))) }
      return ChoiceEvaluation(branches: bound, otherwise: try bind(otherwise))
    case .aggregate(let function, _, _):
      throw RomeError(.invalidQuery, "'\(function.rawValue)' stands where there is no group, such as in a filter")
    case .isInQuery(let part, let subquery):
      return MembershipEvaluation(part: try bind(part), query: try query(subquery))
    case .exists(let subquery): return ExistenceEvaluation(query: try query(subquery))
    case .scalar(let subquery): return ScalarEvaluation(query: try query(subquery))
    case .isBehind(let keys, let marker):
      var bound: [(key: OrderKey, part: any Evaluable)] = []
      for key in keys { bound.append((key, try bind(key.node))) }
      return MarkerEvaluation(keys: bound, marker: marker)
    case .invalid(let reason): throw RomeError(.invalidQuery, reason)
    }
  }

  private func slot(of source: SourceID, column position: Int) throws(RomeError) -> Int {
    let columns = source.schema.columns
    guard columns.indices.contains(position) else {
      throw RomeError(.unknownColumn, "the table has no column \(position)", entity: source.schema.table)
    }
    guard let slot = slot(of: source) else {
      throw RomeError(
        .invalidQuery, "'\(source.name)' is no source of the query: join it", entity: source.schema.table,
        column: columns[position].name)
    }
    return slot
  }

  private func query(_ subquery: Subquery) throws(RomeError) -> CorrelatedQuery {
    guard let query = prepared(subquery) else {
      throw RomeError(.invalidQuery, "a subquery stands where there can be none")
    }
    return query
  }

  private func bind(
    _ comparison: ComparisonOperator, _ left: ExpressionNode, _ right: ExpressionNode
  )
    throws(RomeError) -> any Evaluable
  {
    if case .literal = left, case .column = right { return try bind(comparison.flipped, right, left) }
    if case .column(let source, let position) = left, case .literal(let literal) = right, places[left] == nil {
      let slot = try slot(of: source, column: position)
      let bytes: [UInt8]? =
        switch literal {
        case .string(let text): Array(text.utf8)
        case .bytes(let bytes), .json(let bytes): bytes
        default: nil
        }
      if let bytes, source.schema.columns[position].type == literal.type {
        return BytesComparisonEvaluation(
          comparison: comparison, slot: slot, position: position, literal: literal, bytes: bytes)
      }
    }
    return ComparisonEvaluation(comparison: comparison, left: try bind(left), right: try bind(right))
  }
}
