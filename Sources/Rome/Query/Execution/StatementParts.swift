// SPDX-License-Identifier: Apache-2.0

/// The conditions of a statement, sorted by when they can be checked.
struct StatementParts {
  /// Conditions on the sources of the statement alone, which the planner uses.
  var planned: [ExpressionNode] = []
  /// Conditions that have subqueries or look at statements around; checked on whole combinations.
  var late: [ExpressionNode] = []

  init(_ statement: SelectStatement) {
    let own = Set(statement.sources.map(\.id))
    var conditions = statement.conditions
    for source in statement.sources where source.kind == .inner { conditions += source.conditions }
    for conjunct in conditions.flatMap(\.conjuncts) {
      if !conjunct.hasSubquery, conjunct.freeSources.isSubset(of: own) {
        planned.append(conjunct)
      } else {
        late.append(conjunct)
      }
    }
  }
}

extension SelectStatement {
  /// The columns of a source that the statement looks at; nil when it needs whole rows.
  func neededColumns(of source: SourceID) -> Set<Int>? {
    if outputs.contains(.entity(source)) { return nil }
    var columns = Set<Int>()
    var isUsedInside = false
    for node in nodes {
      node.visitColumns { found, position in if found == source { columns.insert(position) } }
      node.visitSubqueries { if $0.statement.freeSources.contains(source) { isUsedInside = true } }
    }
    return isUsedInside ? nil : columns
  }

  /// The subqueries of the statement's expressions, not those inside them.
  var subqueries: [Subquery] {
    var result: [Subquery] = []
    for node in nodes { node.visitSubqueries { if !result.contains($0) { result.append($0) } } }
    return result
  }
}
