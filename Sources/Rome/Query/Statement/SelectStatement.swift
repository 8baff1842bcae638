// SPDX-License-Identifier: Apache-2.0

/// Which rows a query sees of entities that have a column for soft deletes (``ColumnRole/deleted``).
public enum ReadDeleted: Hashable, Sendable {
  /// Those that are not deleted. The default, for every source of the query.
  case no
  /// All.
  case yes
  /// Of the first source of the query those that are deleted, of the joined ones all.
  case only
}

/// A query without its Swift types.
struct SelectStatement: Sendable {
  /// How a source is connected to those before it.
  enum JoinKind: Hashable, Sendable {
    /// Only combinations that fulfil the conditions.
    case inner
    /// As inner, and what finds no partner stays, with NULLs in place of the source.
    case left
  }

  /// A source of rows.
  struct Source: Sendable {
    var id: SourceID
    var kind: JoinKind
    var conditions: [ExpressionNode]
  }

  /// A result of the query.
  enum Output: Hashable, Sendable {
    case entity(SourceID)
    case expression(ExpressionNode)
  }

  /// Two statements whose rows are put together.
  struct Union: Sendable {
    var branches: [SelectStatement]
    var keepsDuplicates: Bool
  }

  /// What the statement is made of. It is handed through many layers, and a copy of all parts would count a dozen references.
  var contents = StatementContents()

  /// The statement of all rows of a source.
  init(_ source: SourceID) {
    sources = [Source(id: source, kind: .inner, conditions: [])]
    outputs = [.entity(source)]
  }

  /// The statement of expressions; their first source is the one that it is of.
  init(_ expressions: [ExpressionNode]) {
    outputs = expressions.map { .expression($0) }
    var found: [SourceID] = []
    for expression in expressions {
      expression.visitColumns { source, _ in if !found.contains(source) { found.append(source) } }
    }
    sources = found.map { Source(id: $0, kind: .inner, conditions: []) }
  }

  /// The statement of the rows of several others.
  init(union branches: [SelectStatement], keepsDuplicates: Bool) {
    union = Union(branches: branches, keepsDuplicates: keepsDuplicates)
    outputs = branches.first?.outputs ?? []
    problem = branches.lazy.compactMap(\.problem).first
  }

  /// Whether the rows are groups: there is a grouping or an aggregate.
  var isGrouped: Bool {
    if !grouping.isEmpty || !groupConditions.isEmpty { return true }
    return outputs.contains { output in
      if case .expression(let node) = output { node.hasAggregate } else { false }
    } || order.contains { $0.node.hasAggregate }
  }

  /// All schemas that the statement reads, those of subqueries too.
  var schemas: [EntitySchema] {
    var result: [EntitySchema] = []
    func add(_ schema: EntitySchema) {
      if !result.contains(where: { $0 === schema }) { result.append(schema) }
    }
    for source in sources { add(source.id.schema) }
    for branch in union?.branches ?? [] { branch.schemas.forEach(add) }
    forEachNode { $0.visitSubqueries { $0.statement.schemas.forEach(add) } }
    return result
  }

  /// All expressions of the statement itself.
  var nodes: [ExpressionNode] {
    var result: [ExpressionNode] = []
    forEachNode { result.append($0) }
    return result
  }

  /// Calls the closure with each of ``nodes``, without making a list of them.
  func forEachNode(_ body: (ExpressionNode) -> Void) {
    conditions.forEach(body)
    grouping.forEach(body)
    groupConditions.forEach(body)
    for key in order { body(key.node) }
    for source in sources { source.conditions.forEach(body) }
    for case .expression(let node) in outputs { body(node) }
  }

  /// Keeps the first problem.
  mutating func note(_ problem: RomeError) {
    if self.problem == nil { self.problem = problem }
  }
}
