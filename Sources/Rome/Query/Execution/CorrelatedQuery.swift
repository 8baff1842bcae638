// SPDX-License-Identifier: Apache-2.0

/// A subquery that depends on the current rows of the statement around it.
///
/// What does not depend on them is read once, or for a batch of outer rows at a time where an index finds the rows by what
/// they must equal; the combinations are kept by those values, and the rest is decided in memory. No outer row costs a
/// round trip of its own.
final class CorrelatedQuery {
  private enum Body {
    case select(CorrelatedSelect)
    case union([CorrelatedQuery], RowPipeline, filters: [any Evaluable])
  }

  private let body: Body

  /// Prepares a subquery.
  ///
  /// - Parameters:
  ///   - statement: The subquery.
  ///   - outer: The scope of the statement around.
  ///   - inherited: What the statement around reads of soft-deleted rows.
  ///   - context: What to read through.
  ///   - readsBatches: Whether ``prepare(for:)`` will be called before rows are looked at; else everything is read now.
  init(
    _ statement: SelectStatement, in outer: Scope, inherited: ReadDeleted, _ context: QueryContext, usesIndexes: Bool,
    readsBatches: Bool
  ) async throws(RomeError) {
    var resolver = SubqueryResolver(context, usesIndexes: usesIndexes)
    let statement = try await resolver.resolve(try statement.normalised(inherited: inherited))
    guard let union = statement.union else {
      body = .select(
        try await CorrelatedSelect(
          statement, in: outer, context, usesIndexes: usesIndexes, readsBatches: readsBatches))
      return
    }
    var branches: [CorrelatedQuery] = []
    for branch in union.branches {
      branches.append(
        try await CorrelatedQuery(
          branch, in: outer, inherited: statement.readDeleted ?? inherited, context, usesIndexes: usesIndexes,
          readsBatches: readsBatches))
    }
    let scope = Scope(unionOf: statement, frame: outer.frame, parent: outer)
    try await scope.prepareSubqueries(of: statement, context, usesIndexes: usesIndexes, readsBatches: false)
    let filters = try scope.bind(all: statement.conditions)
    body = .union(branches, try RowPipeline(statement, scope, needsSort: true), filters: filters)
  }

  /// Reads what a batch of outer rows needs.
  func prepare(for tuples: [Tuple]) async throws(RomeError) {
    switch body {
    case .select(let select): try await select.prepare(for: tuples)
    case .union(let branches, _, _): for branch in branches { try await branch.prepare(for: tuples) }
    }
  }

  /// Whether there is a result for the current outer rows.
  func hasResult() throws(RomeError) -> Bool {
    if case .select(let select) = body { return try select.hasResult() }
    return try !rows().isEmpty
  }

  /// The values of the first result column for the current outer rows.
  func list() throws(RomeError) -> ValueList {
    if case .select(let select) = body { return try select.list() }
    return ValueList(try rows().map { $0.identity.first ?? .null })
  }

  /// The first value for the current outer rows.
  func firstValue() throws(RomeError) -> Value {
    try rows().first?.identity.first ?? .null
  }

  /// The results for the current outer rows.
  private func rows() throws(RomeError) -> [ResultRow] {
    switch body {
    case .select(let select): return try select.rows()
    case .union(let branches, let pipeline, let filters):
      var collector = RowCollector(pipeline)
      var seen: Set<[Value]> = []
      let keepsDuplicates = pipeline.statement.union?.keepsDuplicates ?? true
      for branch in branches {
        for row in try branch.rows() where keepsDuplicates || seen.insert(row.identity).inserted {
          let tuple = Tuple(union: row)
          pipeline.scope.load(tuple)
          if try filters.allHold(in: pipeline.scope.frame) { try collector.add(tuple) }
        }
      }
      return try collector.finish()
    }
  }
}
