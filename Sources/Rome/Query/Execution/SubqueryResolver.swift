// SPDX-License-Identifier: Apache-2.0

/// Runs the subqueries that do not depend on the statement around them, each once, and puts their results in their place:
/// then an index can answer what was IN (SELECT …).
struct SubqueryResolver {
  let context: QueryContext
  let usesIndexes: Bool
  private var results: [Subquery: [[Value]]] = [:]
  /// Expressions that stay as they are, because they name results of a union.
  private var names: Set<ExpressionNode> = []

  init(_ context: QueryContext, usesIndexes: Bool) {
    self.context = context
    self.usesIndexes = usesIndexes
  }

  /// The statement with the results of its independent subqueries.
  mutating func resolve(_ statement: SelectStatement) async throws(RomeError) -> SelectStatement {
    let independent = statement.subqueries.filter { $0.statement.freeSources.isEmpty }
    if independent.isEmpty { return statement }
    names = statement.resultNames
    for subquery in independent where results[subquery] == nil {
      var inner = subquery.statement
      inner.readDeleted = inner.readDeleted ?? statement.readDeleted
      results[subquery] = try await run(inner, onlyExistence: statement.onlyAsksExistence(of: subquery))
    }
    var result = statement
    result.conditions = try replaced(statement.conditions)
    result.grouping = try replaced(statement.grouping)
    result.groupConditions = try replaced(statement.groupConditions)
    for place in result.sources.indices {
      result.sources[place].conditions = try replaced(statement.sources[place].conditions)
    }
    var outputs: [SelectStatement.Output] = []
    for output in statement.outputs {
      if case .expression(let node) = output {
        outputs.append(.expression(try replaced(node)))
      } else {
        outputs.append(output)
      }
    }
    result.outputs = outputs
    var order: [OrderKey] = []
    for key in statement.order {
      order.append(OrderKey(try replaced(key.node), descending: key.isDescending, nullsFirst: key.hasNullsFirst))
    }
    result.order = order
    return result
  }

  private func run(_ statement: SelectStatement, onlyExistence: Bool) async throws(RomeError) -> [[Value]] {
    var statement = statement
    if onlyExistence, statement.limit == nil { statement.limit = 1 }
    let executor = StatementExecutor(statement, context, usesIndexes: usesIndexes)
    var rows: [[Value]] = []
    while let batch = try await executor.next(batch: .max) { rows += batch.map(\.identity) }
    return rows
  }

  private func replaced(_ nodes: [ExpressionNode]) throws(RomeError) -> [ExpressionNode] {
    var result: [ExpressionNode] = []
    for node in nodes { result.append(try replaced(node)) }
    return result
  }

  private func replaced(_ node: ExpressionNode) throws(RomeError) -> ExpressionNode {
    if names.contains(node) { return node }
    let node = try node.mapChildren { child throws(RomeError) in try replaced(child) }
    guard let subquery = node.subquery, let rows = results[subquery] else { return node }
    switch node {
    case .exists: return .literal(.bool(!rows.isEmpty))
    case .scalar: return .literal(rows.first?.first ?? .null)
    case .isInQuery(let part, _): return .isIn(part, ValueList(rows.map { $0.first ?? .null }))
    default: return node
    }
  }
}

extension SelectStatement {
  /// Whether the statement asks of a subquery only whether it has rows.
  fileprivate func onlyAsksExistence(of subquery: Subquery) -> Bool {
    func asksMore(_ node: ExpressionNode) -> Bool {
      switch node {
      case .isInQuery(_, subquery), .scalar(subquery): true
      default: node.children.contains(where: asksMore)
      }
    }
    return !nodes.contains(where: asksMore)
  }
}
