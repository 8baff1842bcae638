// SPDX-License-Identifier: Apache-2.0

/// One run of a statement that reads sources.
final class SelectExecution {
  private let pipeline: RowPipeline
  private let scope: Scope
  private let reader: TupleReader
  private let aggregation: RowAggregation?
  private let lateConditions: [any Evaluable]
  /// Subqueries that read what a batch of combinations needs.
  private let batched: [CorrelatedQuery]
  private var collector: RowCollector
  private var isAtEnd = false
  /// What is left of the offset and of the limit, when the results are the rows of the only source as they are found.
  private var rowsOpen: (skipped: Int, taken: Int)?

  init(_ statement: SelectStatement, _ context: QueryContext, usesIndexes: Bool, batch: Int) async throws(RomeError) {
    let parts = StatementParts(statement)
    let scope = Scope(frame: Frame(), parent: nil, sources: statement.sources.map(\.id))
    // Results of groups come after all batches, and outer joins decide inside a batch: their subqueries read everything.
    let readsBatches = !statement.isGrouped && statement.sources.allSatisfy { $0.kind == .inner || !$0.hasSubquery }
    try await scope.prepareSubqueries(of: statement, context, usesIndexes: usesIndexes, readsBatches: readsBatches)
    batched = readsBatches ? statement.subqueries.compactMap { scope.correlated[$0] } : []
    self.scope = scope
    let window = statement.window
    let canStop = parts.late.isEmpty && !statement.isGrouped && !statement.isDistinct
    let plan = try JoinPlanner(
      statement, parts.planned, context, usesIndexes: usesIndexes, limit: canStop ? window : nil, ordered: true
    ).plan()
    pipeline = try RowPipeline(statement, scope, needsSort: !plan.isOrdered || statement.isGrouped)
    collector = RowCollector(pipeline)
    if canStop, pipeline.yieldsRows { rowsOpen = (statement.offset ?? 0, statement.limit ?? .max) }
    aggregation =
      parts.late.isEmpty ? RowAggregation(statement, plan, pipeline, context.reader) : nil
    lateConditions = try scope.bind(all: parts.late)
    let isStreamed = !pipeline.needsSort && !pipeline.isGrouped
    let wanted = isStreamed ? min(window.map { $0 == .max ? $0 : $0 + 1 } ?? batch, batch) : SourceCursor.maximumBatch
    let isExact = canStop && plan.isWhole && window != nil
    reader = try TupleReader(
      plan, scope, reader: context.reader,
      batch: isExact ? max(1, min(window ?? 1, wanted)) : max(wanted, min(batch, 64)))
  }

  /// The next results; nil at the end.
  func next() async throws(RomeError) -> ResultBatch? {
    if let rowsOpen { return try await nextRows(rowsOpen).map { .rows($0) } }
    return try await nextResults().map { .results($0) }
  }

  private func nextRows(_ open: (skipped: Int, taken: Int)) async throws(RomeError) -> RowBatch? {
    var (skipped, taken) = open
    while taken > 0, let rows = try await reader.nextWholeRows() {
      if Task.isCancelled { throw RomeError(.cancelled, "the task was cancelled") }
      let first = min(skipped, rows.count)
      rows.drop(first: first, last: max(0, rows.count - first - taken))
      skipped -= first
      taken -= rows.count
      rowsOpen = (skipped, taken)
      if !rows.isEmpty { return rows }
    }
    return nil
  }

  private func nextResults() async throws(RomeError) -> [ResultRow]? {
    if let aggregation, !isAtEnd {
      isAtEnd = true
      collector.addGroup(try await aggregation.run())
      return try collector.finish()
    }
    while !isAtEnd {
      if !collector.isFull, let tuples = try await reader.next() {
        if Task.isCancelled { throw RomeError(.cancelled, "the task was cancelled") }
        for query in batched where !tuples.isEmpty { try await query.prepare(for: tuples) }
        for tuple in tuples {
          if !lateConditions.isEmpty { scope.load(tuple) }
          if try lateConditions.allHold(in: scope.frame) { try collector.add(tuple) }
          if collector.isFull { break }
        }
        let rows = collector.take()
        if !rows.isEmpty { return rows }
      } else {
        isAtEnd = true
        let rows = try collector.finish()
        if !rows.isEmpty { return rows }
      }
    }
    return nil
  }
}

extension SelectStatement {
  /// The number of rows up to the end of the limit; nil when there is none.
  var window: Int? {
    guard let limit else { return nil }
    let (sum, overflow) = limit.addingReportingOverflow(offset ?? 0)
    return overflow ? nil : sum
  }
}

extension SelectStatement.Source {
  /// Whether a condition of the join has a subquery.
  var hasSubquery: Bool { conditions.contains { $0.hasSubquery } }
}
