// SPDX-License-Identifier: Apache-2.0

/// The conditions of a statement, sorted by when they can be checked.
struct StatementParts {
  /// Conditions on the sources of the statement alone, which the planner uses.
  var planned: [ExpressionNode] = []
  /// Conditions that have subqueries or look at statements around; checked on whole combinations.
  var late: [ExpressionNode] = []

  init(_ statement: SelectStatement) {
    var conditions = statement.conditions
    for source in statement.sources where source.kind == .inner { conditions += source.conditions }
    for conjunct in conditions.flatMap(\.conjuncts) {
      if !conjunct.hasSubquery, conjunct.dependsOnly(on: statement.sources) {
        planned.append(conjunct)
      } else {
        late.append(conjunct)
      }
    }
  }
}

extension SelectStatement {
  /// The columns of a source that the statement looks at; nil when it needs whole rows.
  func neededColumns(of source: SourceID) -> PositionSet? {
    if outputs.contains(.entity(source)) { return nil }
    var columns = PositionSet()
    var isUsedInside = false
    forEachNode { node in
      node.visitColumns { found, position in if found == source { columns.insert(position) } }
      node.visitSubqueries { if $0.statement.freeSources.contains(source) { isUsedInside = true } }
    }
    return isUsedInside ? nil : columns
  }

  /// The subqueries of the statement's expressions, not those inside them. The results of a union are computed by its
  /// statements: its own expressions only name them.
  var subqueries: [Subquery] {
    var hasSubquery = false
    forEachNode { hasSubquery = hasSubquery || $0.hasSubquery }
    guard hasSubquery else { return [] }
    let names = resultNames
    var result: [Subquery] = []
    func visit(_ node: ExpressionNode) {
      if names.contains(node) { return }
      if let subquery = node.subquery, !result.contains(subquery) { result.append(subquery) }
      node.children.forEach(visit)
    }
    nodes.forEach(visit)
    return result
  }

  /// The expressions that name results of a union; empty for other statements.
  var resultNames: Set<ExpressionNode> {
    if union == nil { return [] }
    return Set(outputs.compactMap { output in if case .expression(let node) = output { node } else { nil } })
  }
}
