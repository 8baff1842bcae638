// SPDX-License-Identifier: Apache-2.0

/// Runs a statement. Rows come in batches, in their final order; what need not be sorted or grouped is streamed.
final class StatementExecutor {
  private enum State {
    case new
    case select(SelectExecution)
    case union(UnionExecution)
    case done
  }

  private let statement: SelectStatement
  private let context: QueryContext
  private let usesIndexes: Bool
  private var state = State.new
  /// Who is told of the run once all rows are read.
  private let observer: QueryObserver?
  /// How the statement is run, and what it has cost so far; nil when nobody wants to know.
  private var plan: QueryPlan?

  /// Makes an executor; reading begins with the first call of ``next(batch:)``.
  ///
  /// - Parameters:
  ///   - statement: What to run.
  ///   - context: What to read through.
  ///   - usesIndexes: Whether indexes may be used; without them the answer is the same.
  ///   - observer: Who is told of the run once all rows are read.
  init(
    _ statement: SelectStatement, _ context: QueryContext, usesIndexes: Bool = true, observer: QueryObserver? = nil
  ) {
    self.observer = observer
    self.statement = statement
    self.context = context
    self.usesIndexes = usesIndexes && statement.usesIndexes
  }

  /// The next results; nil at the end.
  ///
  /// - Parameter batch: About how many rows to read at once.
  func next(batch: Int) async throws(RomeError) -> [ResultRow]? {
    try await nextBatch(batch)?.takeResults()
  }

  /// The next results; nil at the end.
  ///
  /// - Parameter batch: About how many rows to read at once.
  func nextBatch(_ batch: Int) async throws(RomeError) -> ResultBatch? {
    guard let observer else { return try await advance(batch) }
    if case .done = state { return nil }
    var plan: QueryPlan
    if let begun = self.plan { plan = begun } else { plan = try await Explainer(context: context).plan(statement) }
    let before = context.reader.statistics
    let rows = try await advance(batch)
    plan.statistics = plan.statistics + context.reader.statistics.since(before)
    plan.resultCount += rows?.count ?? 0
    self.plan = plan
    if rows == nil { observer(plan) }
    return rows
  }

  private func advance(_ batch: Int) async throws(RomeError) -> ResultBatch? {
    if case .new = state { try await begin(batch) }
    switch state {
    case .select(let execution):
      if let rows = try await execution.next() { return rows }
    case .union(let execution):
      if let rows = try await execution.next(batch: batch) { return .results(rows) }
    case .new, .done: return nil
    }
    state = .done
    return nil
  }

  private func begin(_ batch: Int) async throws(RomeError) {
    let normalised = try statement.normalised(inherited: .no)
    if let number = try await fastCount(normalised) {
      state = .union(UnionExecution(ready: [ResultRow(.value(.int(Int64(number))))]))
      return
    }
    var resolver = SubqueryResolver(context, usesIndexes: usesIndexes)
    let resolved = try await resolver.resolve(normalised)
    if resolved.limit == 0 {
      state = .done
    } else if resolved.union != nil {
      state = .union(try await UnionExecution(resolved, context, usesIndexes: usesIndexes))
    } else {
      state = .select(try await SelectExecution(resolved, context, usesIndexes: usesIndexes, batch: batch))
    }
  }

  /// The only result of a statement that counts rows which a range of an index holds; nil when it is none.
  private func fastCount(_ statement: SelectStatement) async throws(RomeError) -> Int? {
    guard statement.outputs == [.expression(.aggregate(.count, nil, distinct: false))], statement.grouping.isEmpty,
      statement.groupConditions.isEmpty, statement.union == nil, (statement.limit ?? 1) > 0,
      (statement.offset ?? 0) == 0
    else { return nil }
    return try await Self.countFromIndex(statement, context, usesIndexes: usesIndexes)
  }

  /// The number of rows that a statement yields, without making them: from an index where its ranges say it all.
  ///
  /// - Parameter observer: Who is told of it.
  static func count(
    _ statement: SelectStatement, _ context: QueryContext, observer: QueryObserver? = nil
  ) async throws(RomeError) -> Int {
    guard let observer else { return try await number(of: statement, context) }
    var counted = statement
    if statement.marker == nil, statement.limit == nil, statement.offset == nil { counted.order = [] }
    var plan = try await Explainer(context: context).plan(counted)
    let before = context.reader.statistics
    plan.resultCount = try await number(of: statement, context)
    plan.statistics = context.reader.statistics.since(before)
    observer(plan)
    return plan.resultCount
  }

  private static func number(of statement: SelectStatement, _ context: QueryContext) async throws(RomeError) -> Int {
    var counted = statement
    if statement.union == nil, !statement.isGrouped, !statement.isDistinct {
      if statement.limit == nil, statement.offset == nil {
        // A marker is a place in the order.
        if statement.marker == nil { counted.order = [] }
        let normalised = try counted.normalised(inherited: .no)
        if let number = try await countFromIndex(normalised, context, usesIndexes: statement.usesIndexes) {
          return number
        }
        if statement.marker == nil { return try await aggregatedCount(counted, context) }
      }
      counted.outputs = [.expression(.literal(.int(1)))]
    }
    let executor = StatementExecutor(counted, context)
    var count = 0
    while let batch = try await executor.nextBatch(SourceCursor.maximumBatch) { count += batch.count }
    return count
  }

  /// The number of rows of a statement without a window, which are counted where they lie in the store if that can be.
  private static func aggregatedCount(
    _ statement: SelectStatement, _ context: QueryContext
  ) async throws(RomeError) -> Int {
    var counted = statement
    counted.outputs = [.expression(.aggregate(.count, nil, distinct: false))]
    let executor = StatementExecutor(counted, context)
    var count = 0
    while let rows = try await executor.next(batch: 1) {
      if case .value(.int(let number))? = rows.first?.first { count = Int(number) }
    }
    return count
  }

  private static func countFromIndex(
    _ statement: SelectStatement, _ context: QueryContext, usesIndexes: Bool
  )
    async throws(RomeError) -> Int?
  {
    let parts = StatementParts(statement)
    guard statement.sources.count == 1, parts.late.isEmpty else { return nil }
    if parts.planned.isEmpty {
      let rows = Scan(statement.sources[0].id.schema.rowSpace, fetch: .count)
      return try await context.reader.scan([rows]).reduce(0) { $0 + $1.count }
    }
    var counted = statement
    counted.outputs = [.expression(.literal(.int(1)))]
    let plan = try JoinPlanner(
      counted, parts.planned, context, usesIndexes: usesIndexes, limit: nil, ordered: false
    ).plan()
    guard plan.isWhole, case .access(let access) = plan.steps[0].strategy else { return nil }
    switch access.path {
    case .nothing: return 0
    case .index(let index, _), .covering(let index, _):
      let scans = index.ranges.map { Scan(index.index.space, $0, fetch: .count) }
      return try await context.reader.scan(scans).reduce(0) { $0 + $1.count }
    case .keys, .union, .intersection: return nil
    }
  }
}
