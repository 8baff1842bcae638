// SPDX-License-Identifier: Apache-2.0

/// One run of a statement whose rows come from others.
final class UnionExecution {
  private var ready: [ResultRow]?
  private var branches: [StatementExecutor] = []
  private var keepsDuplicates = true
  private var seen: Set<[Value]> = []
  private var collector: RowCollector?
  private var scope: Scope?
  private var conditions: [any Evaluable] = []

  /// A run that has its results.
  init(ready: [ResultRow]) {
    self.ready = ready
  }

  init(_ statement: SelectStatement, _ context: QueryContext, usesIndexes: Bool) async throws(RomeError) {
    let union = statement.union ?? SelectStatement.Union(branches: [], keepsDuplicates: true)
    keepsDuplicates = union.keepsDuplicates
    for branch in union.branches {
      guard branch.outputs.count == statement.outputs.count else {
        throw RomeError(.invalidQuery, "the queries of a union have different numbers of results")
      }
      var branch = branch
      branch.readDeleted = branch.readDeleted ?? statement.readDeleted
      branches.append(StatementExecutor(branch, context, usesIndexes: usesIndexes))
    }
    let scope = Scope(unionOf: statement, frame: Frame(), parent: nil)
    try await scope.prepareSubqueries(of: statement, context, usesIndexes: usesIndexes, readsBatches: false)
    conditions = try scope.bind(all: statement.conditions)
    collector = RowCollector(try RowPipeline(statement, scope, needsSort: true))
    self.scope = scope
  }

  /// The next results; nil at the end.
  func next(batch: Int) async throws(RomeError) -> [ResultRow]? {
    if let rows = ready {
      ready = nil
      return rows
    }
    guard let scope else { return nil }
    while collector != nil {
      if collector?.isFull != true, let branch = branches.first {
        guard let rows = try await branch.next(batch: batch) else {
          branches.removeFirst()
          continue
        }
        for row in rows where keepsDuplicates || seen.insert(row.identity).inserted {
          let tuple = Tuple(union: row)
          scope.load(tuple)
          if try conditions.allHold(in: scope.frame) { try collector?.add(tuple) }
        }
        if let taken = collector?.take(), !taken.isEmpty { return taken }
      } else {
        let rows = try collector?.finish() ?? []
        collector = nil
        if !rows.isEmpty { return rows }
      }
    }
    return nil
  }
}
