// SPDX-License-Identifier: Apache-2.0

extension ExpressionNode {
  /// All aliases in the expression, those in subqueries too.
  var aliases: Set<String> {
    var result = Set<String>()
    visitColumns { source, _ in if let alias = source.alias { result.insert(alias) } }
    visitSubqueries { result.formUnion($0.statement.aliases) }
    return result
  }

  /// The same expression with a source in the place of another one, also where subqueries take it from outside.
  func replacing(_ old: SourceID, with new: SourceID) -> ExpressionNode {
    func replace(_ subquery: Subquery) -> Subquery { Subquery(subquery.statement.replacing(old, with: new)) }
    switch self {
    case .column(old, let position): return .column(new, position)
    case .exists(let subquery): return .exists(replace(subquery))
    case .scalar(let subquery): return .scalar(replace(subquery))
    case .isInQuery(let part, let subquery): return .isInQuery(part.replacing(old, with: new), replace(subquery))
    case .isBehind(let keys, let values): return .isBehind(keys.map { $0.replacing(old, with: new) }, values)
    default: return mapChildren { $0.replacing(old, with: new) }
    }
  }
}

extension OrderKey {
  fileprivate func replacing(_ old: SourceID, with new: SourceID) -> OrderKey {
    OrderKey(node.replacing(old, with: new), descending: isDescending, nullsFirst: hasNullsFirst)
  }
}

extension SelectStatement {
  /// All aliases in the statement, those in subqueries too.
  fileprivate var aliases: Set<String> {
    var result = Set(sources.compactMap(\.id.alias))
    for node in nodes { result.formUnion(node.aliases) }
    for branch in union?.branches ?? [] { result.formUnion(branch.aliases) }
    return result
  }

  /// The same statement with another source of a statement around it. A source of its own with the same name hides that.
  fileprivate func replacing(_ old: SourceID, with new: SourceID) -> SelectStatement {
    if sources.contains(where: { $0.id == old }) { return self }
    func replace(_ nodes: [ExpressionNode]) -> [ExpressionNode] { nodes.map { $0.replacing(old, with: new) } }
    var result = self
    for place in sources.indices { result.sources[place].conditions = replace(sources[place].conditions) }
    result.conditions = replace(conditions)
    result.grouping = replace(grouping)
    result.groupConditions = replace(groupConditions)
    result.order = order.map { $0.replacing(old, with: new) }
    result.outputs = outputs.map { output in
      if case .expression(let node) = output { .expression(node.replacing(old, with: new)) } else { output }
    }
    if let union {
      result.union?.branches = union.branches.map { $0.replacing(old, with: new) }
    }
    return result
  }
}
