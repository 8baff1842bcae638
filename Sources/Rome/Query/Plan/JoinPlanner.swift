// SPDX-License-Identifier: Apache-2.0

/// How one source of a statement gets its rows.
struct SourceStep {
  enum Strategy {
    /// The first source: an access path.
    case access(PlannedAccess)
    /// The rows whose leading index columns have the values of expressions over the sources before, looked up for many
    /// combinations at once.
    case lookup(IndexReference, [ExpressionNode])
    /// All rows that its own conditions leave, read once and found by the values of expressions; without equalities
    /// each of them meets each combination.
    case hash(PlannedAccess, equalities: [Equality])
  }

  /// An equality between an expression of the source and one of the sources before.
  struct Equality {
    let own: ExpressionNode
    let other: ExpressionNode
  }

  /// The place of the source in the statement.
  let place: Int
  let source: SourceID
  let kind: SelectStatement.JoinKind
  let strategy: Strategy
  /// What a row must fulfil to be a partner.
  let joinConditions: [ExpressionNode]
  /// What a combination must fulfil from here on.
  let filters: [ExpressionNode]
}

/// The order in which the sources of a statement are read, and how.
struct JoinPlan {
  var steps: [SourceStep]
  /// Whether the combinations come in the order of the statement.
  var isOrdered: Bool
  /// Whether the access path of the only source answers all conditions.
  var isWhole: Bool
}

/// Orders the sources of a statement so that few combinations are made: it begins with the source that its own
/// conditions narrow most, and goes on with those that are connected to what is there.
struct JoinPlanner {
  let statement: SelectStatement
  /// The conjuncts of WHERE and of the inner joins, without those that have subqueries.
  let conjuncts: [ExpressionNode]
  let needed: (SourceID) -> PositionSet?
  let ways: (EntitySchema) -> [IndexReference]
  /// Whether rows of an index must be checked again, because the store may have changed between entry and row.
  let checksAgain: Bool
  /// The rows that are enough when they come in order and nothing is filtered later.
  let limit: Int?
  /// Whether somebody wants to know why indexes are not used.
  let explains: Bool

  func plan() throws(RomeError) -> JoinPlan {
    let sources = statement.sources
    let free = conjuncts.map(places)
    var pending = PositionSet(conjuncts.indices)
    var remaining = PositionSet(sources.indices)
    var bound = PositionSet()
    var steps: [SourceStep] = []

    let (first, access, own) = driver(free)
    let answered = PositionSet(access.answered.map { own[$0] })
    remaining.subtract(PositionSet(first))
    bound.insert(first)
    if !checksAgain || access.isCovering { pending.subtract(answered) }
    func takeFilters() -> [ExpressionNode] {
      let ready = pending.filter { free[$0].isSubset(of: bound) }
      pending.subtract(PositionSet(ready))
      return ready.map { conjuncts[$0] }
    }
    let isWhole = sources.count == 1 && answered.count == conjuncts.count
    steps.append(
      SourceStep(
        place: first, source: sources[first].id, kind: .inner, strategy: .access(access), joinConditions: [],
        filters: takeFilters()))

    while !remaining.isEmpty {
      guard let next = next(remaining, bound, free, pending) else {
        throw RomeError(
          .invalidQuery, "the conditions of the outer joins depend on each other",
          entity: remaining.first { _ in true }.map { sources[$0].id.schema.table })
      }
      let source = sources[next]
      remaining.subtract(PositionSet(next))
      var conditions: [ExpressionNode]
      if source.kind == .left {
        conditions = source.conditions.flatMap(\.conjuncts)
      } else {
        let mine = connecting(next, bound, free, pending)
        pending.subtract(PositionSet(mine))
        conditions = mine.map { conjuncts[$0] }
      }
      let strategy = strategy(for: next, conditions)
      bound.insert(next)
      steps.append(
        SourceStep(
          place: next, source: source.id, kind: source.kind, strategy: strategy, joinConditions: conditions,
          filters: takeFilters()))
    }
    if !pending.isEmpty {
      let unknown = pending.flatMap { conjuncts[$0].freeSources }.first { !bound.contains(place(of: $0)) }
      throw RomeError(
        .invalidQuery, "'\(unknown?.name ?? "a source")' is no source of the query: join it",
        entity: unknown?.schema.table)
    }
    return JoinPlan(steps: steps, isOrdered: access.isOrdered || statement.order.isEmpty, isWhole: isWhole)
  }

  /// The source to begin with, its access path, and the conjuncts that the path was planned for.
  private func driver(_ free: [PositionSet]) -> (Int, PlannedAccess, [Int]) {
    var best: (Int, PlannedAccess, [Int])?
    for (place, source) in statement.sources.enumerated() where source.kind == .inner {
      let alone = PositionSet(place)
      let own = conjuncts.indices.filter { free[$0] == alone }
      let request = statement.sources.count == 1 || orderIs(of: source.id) ? orderRequest(source.id) : nil
      let isAlone = statement.sources.count == 1
      var access = planner(
        source.id, own.map { conjuncts[$0] }, order: request,
        limit: isAlone && own.count == conjuncts.count ? limit : nil
      ).plan()
      if request == nil, !statement.order.isEmpty { access.isOrdered = false }
      if access.cost < best?.1.cost ?? .infinity { best = (place, access, own) }
    }
    // The first source is never that of an outer join.
    return best ?? (0, PlannedAccess(path: .nothing, answered: .empty, estimate: 0, cost: 0, isOrdered: false), [])
  }

  private func orderIs(of source: SourceID) -> Bool {
    statement.order.allSatisfy { $0.node.freeSources == [source] }
  }

  private func orderRequest(_ source: SourceID) -> OrderRequest? {
    if statement.order.isEmpty || statement.isGrouped || statement.isDistinct { return nil }
    var parts: [OrderRequest.Part] = []
    for key in statement.order {
      guard case .column(source, let position) = key.node else { return nil }
      parts.append(
        OrderRequest.Part(
          position: position, isDescending: key.isDescending, hasNullsFirst: key.hasNullsFirst))
    }
    return OrderRequest(parts: parts, marker: statement.marker)
  }

  private func planner(
    _ source: SourceID, _ conjuncts: [ExpressionNode], order: OrderRequest? = nil, limit: Int? = nil
  )
    -> AccessPlanner
  {
    AccessPlanner(
      source: source, conjuncts: conjuncts, needed: needed(source), order: order, limit: limit,
      ways: ways(source.schema), explains: explains)
  }

  /// The place of a source in the statement; one that is in none stands behind them all.
  private func place(of source: SourceID) -> Int {
    statement.sources.firstIndex { $0.id == source } ?? statement.sources.count
  }

  /// The places of the sources that the value of an expression depends on.
  private func places(_ node: ExpressionNode) -> PositionSet {
    var result = PositionSet()
    node.visitColumns { source, _ in result.insert(place(of: source)) }
    node.visitSubqueries { for source in $0.statement.freeSources { result.insert(place(of: source)) } }
    return result
  }

  /// The conjuncts that connect a source with those before it, or are about it alone.
  private func connecting(_ source: Int, _ bound: PositionSet, _ free: [PositionSet], _ pending: PositionSet) -> [Int] {
    let known = bound.union(PositionSet(source))
    return pending.filter { free[$0].contains(source) && free[$0].isSubset(of: known) }
  }

  /// The source to read next: one that an index or an equality connects, before outer joins, before combinations of all
  /// with all.
  private func next(
    _ remaining: PositionSet, _ bound: PositionSet, _ free: [PositionSet], _ pending: PositionSet
  ) -> Int? {
    var best: (rank: Int, place: Int)?
    for place in remaining {
      let source = statement.sources[place]
      let rank: Int
      if source.kind == .left {
        let known = bound.union(PositionSet(place))
        guard source.conditions.allSatisfy({ places($0).isSubset(of: known) }) else { continue }
        rank = 2
      } else {
        switch strategy(for: place, connecting(place, bound, free, pending).map { conjuncts[$0] }) {
        case .lookup: rank = 0
        case .hash(_, let equalities): rank = equalities.isEmpty ? 3 : 1
        case .access: rank = 3
        }
      }
      if rank < best?.rank ?? .max { best = (rank, place) }
    }
    return best?.place
  }

  private func strategy(for place: Int, _ conditions: [ExpressionNode]) -> SourceStep.Strategy {
    let source = statement.sources[place].id
    let alone = PositionSet(place)
    var equalities: [SourceStep.Equality] = []
    var byColumn: [Int: ExpressionNode] = [:]
    var isConnected = PositionSet()
    for condition in conditions {
      guard case .comparison(.equal, let left, let right) = condition else { continue }
      for (own, other) in [(left, right), (right, left)] {
        let others = places(other)
        guard places(own) == alone, !others.contains(place), !own.hasSubquery, !other.hasSubquery else { continue }
        let isLiteral = others.isEmpty
        if !isLiteral { equalities.append(SourceStep.Equality(own: own, other: other)) }
        if case .column(_, let position) = own, byColumn[position] == nil || !isLiteral {
          if case .literal(let value) = other, value.type != source.schema.columns[position].type { continue }
          byColumn[position] = other
          if isLiteral { isConnected.subtract(PositionSet(position)) } else { isConnected.insert(position) }
        }
      }
    }
    var best: (index: IndexReference, columns: Int)?
    for index in ways(source.schema) {
      let leading = index.columns.prefix { byColumn[$0] != nil }
      guard leading.contains(where: isConnected.contains) else { continue }
      let isPoint = index.isUnique && leading.count == index.columns.count
      if isPoint {
        best = (index, leading.count)
        break
      }
      if leading.count > best?.columns ?? 0 { best = (index, leading.count) }
    }
    if let best {
      let parts = best.index.columns.prefix(best.columns).compactMap { byColumn[$0] }
      return .lookup(best.index, parts)
    }
    let own = conditions.filter { places($0) == alone && !$0.hasSubquery }
    return .hash(planner(source, own).plan(), equalities: equalities)
  }
}
