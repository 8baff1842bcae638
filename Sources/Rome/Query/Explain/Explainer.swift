// SPDX-License-Identifier: Apache-2.0

extension StatementExecutor {
  /// Runs a statement and tells how.
  static func explain(_ statement: SelectStatement, _ context: QueryContext) async throws(RomeError) -> QueryPlan {
    var plan = QueryPlan()
    let executor = StatementExecutor(statement, context) { plan = $0 }
    while try await executor.next(batch: SourceCursor.maximumBatch) != nil {}
    return plan
  }
}

/// Describes what the executor does with a statement.
struct Explainer {
  let context: QueryContext

  func plan(_ statement: SelectStatement) async throws(RomeError) -> QueryPlan {
    let statement = try statement.normalised(inherited: .no)
    var plan = QueryPlan()
    plan.lines += heading(statement)
    if let union = statement.union {
      for (number, branch) in union.branches.enumerated() {
        plan.append(try await self.plan(branch), under: "branch \(number + 1) of the union")
      }
      return plan
    }
    for subquery in statement.subqueries {
      let isCorrelated = !subquery.statement.freeSources.isEmpty
      var inner = subquery.statement
      if isCorrelated { inner = inner.forBatch(context) }
      plan.append(
        try await self.plan(inner),
        under: isCorrelated ? "subquery, read for a batch of rows or once" : "subquery, run once")
    }
    var resolver = SubqueryResolver(context, usesIndexes: statement.usesIndexes)
    let resolved = try await resolver.resolve(statement)
    let parts = StatementParts(resolved)
    let canStop = parts.late.isEmpty && !resolved.isGrouped && !resolved.isDistinct
    let join = try JoinPlanner(
      resolved, parts.planned, context, usesIndexes: statement.usesIndexes, limit: canStop ? resolved.window : nil,
      ordered: true, explains: true
    ).plan()
    if !join.isOrdered { plan.lines.append("sort" + (resolved.limit == nil ? "" : ", keeping what the limit leaves")) }
    if !parts.late.isEmpty { plan.lines.append("filter \(parts.late.map(\.text).joined(separator: " AND "))") }
    // Of one source in its order, without a condition that is left to check, no more is read than the limit asks for.
    let isCut = canStop && resolved.window != nil && join.isOrdered && join.isWhole && join.steps.count == 1
    for step in join.steps.reversed() { append(step, isCut: isCut, to: &plan) }
    return plan
  }

  private func heading(_ statement: SelectStatement) -> [String] {
    var lines: [String] = []
    if statement.limit != nil || statement.offset != nil {
      lines.append(
        [statement.limit.map { "limit \($0)" }, statement.offset.map { "offset \($0)" }].compactMap { $0 }
          .joined(separator: " "))
    }
    if !statement.order.isEmpty { lines.append("order by \(statement.order.map(\.text).joined(separator: ", "))") }
    if statement.isDistinct { lines.append("distinct") }
    if statement.union != nil {
      lines.append(statement.union?.keepsDuplicates == true ? "union all" : "union")
    } else if statement.isGrouped {
      let keys = statement.grouping.map(\.text).joined(separator: ", ")
      lines.append(keys.isEmpty ? "aggregate all rows" : "group by \(keys)")
    }
    return lines
  }

  private func append(_ step: SourceStep, isCut: Bool, to plan: inout QueryPlan) {
    let name = step.source.name
    let access: QueryPlan.Access
    switch step.strategy {
    case .access(let planned): access = describe(planned, name, prefix: "", isCut: isCut)
    case .hash(let planned, let equalities):
      let keys = equalities.map { "\($0.own.text) = \($0.other.text)" }.joined(separator: " AND ")
      access = describe(
        planned, name,
        prefix: (step.kind == .left ? "left " : "") + (keys.isEmpty ? "nested loop, " : "hash join on \(keys), "))
    case .lookup(let index, let parts):
      let text =
        (step.kind == .left ? "left " : "") + "join by batched lookup in \(index.title) of "
        + parts.map(\.text).joined(separator: ", ")
      access = QueryPlan.Access(source: name, index: index.name, isFullScan: false, text: text, rejected: [:])
    }
    plan.accesses.insert(access, at: 0)
    plan.lines.append("\(name): \(access.text)")
    if !step.filters.isEmpty { plan.lines.append("  filter \(step.filters.map(\.text).joined(separator: " AND "))") }
    for (index, reason) in access.rejected.sorted(by: { $0.key < $1.key }) {
      plan.lines.append("  not \(index): \(reason)")
    }
  }

  private func describe(
    _ planned: PlannedAccess, _ name: String, prefix: String, isCut: Bool = false
  ) -> QueryPlan.Access {
    let rejected = Dictionary(planned.rejected.map { ($0.index, $0.reason.text) }) { first, _ in first }
    func make(_ index: String?, _ isFullScan: Bool, _ text: String) -> QueryPlan.Access {
      QueryPlan.Access(source: name, index: index, isFullScan: isFullScan, text: prefix + text, rejected: rejected)
    }
    switch planned.path {
    case .nothing: return make(nil, false, "nothing, the conditions exclude each other")
    case .keys(let keys): return make(nil, false, "read \(count(keys.count, "key"))")
    case .index(let access, let direction):
      return make(access.index.name, access.isWholeTable && !isCut, scan(access, direction, isCut: isCut))
    case .covering(let access, let direction):
      let text = scan(access, direction, isCut: isCut) + ", entries only"
      return make(access.index.name, access.isWholeTable && !isCut, text)
    case .union(let accesses):
      return make(
        accesses.first?.index.name, accesses.contains { $0.isWholeTable },
        "union of " + accesses.map { scan($0, .forward) }.joined(separator: " and "))
    case .intersection(let first, let second):
      return make(first.index.name, false, "intersection of \(scan(first, .forward)) and \(scan(second, .forward))")
    }
  }

  private func scan(_ access: IndexAccess, _ direction: Scan.Direction, isCut: Bool = false) -> String {
    let way = direction == .backward ? " backward" : ""
    if access.isWholeTable, isCut { return "the first of \(access.index.title)\(way)" }
    if access.isWholeTable {
      return access.index.name == nil ? "full scan\(way)" : "all of \(access.index.title)\(way)"
    }
    return "\(count(access.ranges.count, "range")) of \(access.index.title)\(way)"
  }

  private func count(_ number: Int, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
  }
}

extension IndexAccess {
  /// Whether the ranges hold the whole table.
  var isWholeTable: Bool { ranges == [.all] }
}

extension SelectStatement {
  /// The statement as it is read for a batch of outer rows: without the conditions that look at statements around it, but
  /// with the column by which an index finds what the batch needs.
  fileprivate func forBatch(_ context: QueryContext) -> SelectStatement {
    let own = Set(sources.map(\.id))
    var result = self
    let parts = conditions.flatMap(\.conjuncts)
    result.conditions = parts.filter { $0.freeSources.isSubset(of: own) }
    for place in sources.indices {
      result.sources[place].conditions = sources[place].conditions.flatMap(\.conjuncts)
        .filter { $0.freeSources.isSubset(of: own) }
    }
    let equalities = parts.compactMap { CorrelatedSelect.equality($0, own)?.own }
    if let lookup = CorrelatedSelect.lookup(equalities, context), case .column(let source, let position) = lookup.column
    {
      let value = Value.zero(of: source.schema.columns[position].type)
      result.conditions.append(.isIn(lookup.column, ValueList([value])))
    }
    return result
  }
}
