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
  let needed: (SourceID) -> Set<Int>?
  let indexes: (EntitySchema) -> [EntitySchema.Index]
  /// Whether rows of an index must be checked again, because the store may have changed between entry and row.
  let checksAgain: Bool
  /// The rows that are enough when they come in order and nothing is filtered later.
  let limit: Int?

  func plan() throws(RomeError) -> JoinPlan {
    let sources = statement.sources
    let free = conjuncts.map(\.freeSources)
    var pending = Set(conjuncts.indices)
    var remaining = Set(sources.indices)
    var bound = Set<SourceID>()
    var steps: [SourceStep] = []

    let (first, access, own) = driver(free)
    let answered = Set(access.answered.map { own[$0] })
    remaining.remove(first)
    bound.insert(sources[first].id)
    if !checksAgain || access.isCovering { pending.subtract(answered) }
    func takeFilters() -> [ExpressionNode] {
      let ready = pending.filter { free[$0].isSubset(of: bound) }
      pending.subtract(ready)
      return ready.sorted().map { conjuncts[$0] }
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
          entity: remaining.min().map { sources[$0].id.schema.table })
      }
      let source = sources[next]
      remaining.remove(next)
      var conditions: [ExpressionNode]
      if source.kind == .left {
        conditions = source.conditions.flatMap(\.conjuncts)
      } else {
        let mine = pending.filter { free[$0].contains(source.id) && free[$0].isSubset(of: bound.union([source.id])) }
        pending.subtract(mine)
        conditions = mine.sorted().map { conjuncts[$0] }
      }
      let strategy = strategy(for: source.id, conditions, bound)
      bound.insert(source.id)
      steps.append(
        SourceStep(
          place: next, source: source.id, kind: source.kind, strategy: strategy, joinConditions: conditions,
          filters: takeFilters()))
    }
    if !pending.isEmpty {
      let unknown = pending.sorted().flatMap { free[$0] }.first { !bound.contains($0) }
      throw RomeError(
        .invalidQuery, "'\(unknown?.name ?? "a source")' is no source of the query: join it",
        entity: unknown?.schema.table)
    }
    return JoinPlan(steps: steps, isOrdered: access.isOrdered || statement.order.isEmpty, isWhole: isWhole)
  }

  /// The source to begin with, its access path, and the conjuncts that the path was planned for.
  private func driver(_ free: [Set<SourceID>]) -> (Int, PlannedAccess, [Int]) {
    var best: (Int, PlannedAccess, [Int])?
    for (place, source) in statement.sources.enumerated() where source.kind == .inner {
      let own = conjuncts.indices.filter { free[$0] == [source.id] }
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
    return best ?? (0, PlannedAccess(path: .nothing, answered: [], estimate: 0, cost: 0, isOrdered: false), [])
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
      indexes: indexes(source.schema))
  }

  /// The source to read next: one that an index or an equality connects, before outer joins, before combinations of all
  /// with all.
  private func next(_ remaining: Set<Int>, _ bound: Set<SourceID>, _ free: [Set<SourceID>], _ pending: Set<Int>) -> Int?
  {
    var best: (rank: Int, place: Int)?
    for place in remaining.sorted() {
      let source = statement.sources[place]
      let rank: Int
      if source.kind == .left {
        let others = source.conditions.reduce(into: Set<SourceID>()) { $0.formUnion($1.freeSources) }
        guard others.subtracting([source.id]).isSubset(of: bound) else { continue }
        rank = 2
      } else {
        let mine = pending.filter { free[$0].contains(source.id) && free[$0].isSubset(of: bound.union([source.id])) }
        switch strategy(for: source.id, mine.sorted().map { conjuncts[$0] }, bound) {
        case .lookup: rank = 0
        case .hash(_, let equalities): rank = equalities.isEmpty ? 3 : 1
        case .access: rank = 3
        }
      }
      if rank < best?.rank ?? .max { best = (rank, place) }
    }
    return best?.place
  }

  private func strategy(
    for source: SourceID, _ conditions: [ExpressionNode], _ bound: Set<SourceID>
  )
    -> SourceStep.Strategy
  {
    var equalities: [SourceStep.Equality] = []
    var byColumn: [Int: ExpressionNode] = [:]
    var isConnected = Set<Int>()
    for condition in conditions {
      guard case .comparison(.equal, let left, let right) = condition else { continue }
      for (own, other) in [(left, right), (right, left)] {
        guard own.freeSources == [source], !other.freeSources.contains(source), !own.hasSubquery, !other.hasSubquery
        else { continue }
        let isLiteral = other.freeSources.isEmpty
        if !isLiteral { equalities.append(SourceStep.Equality(own: own, other: other)) }
        if case .column(_, let position) = own, byColumn[position] == nil || !isLiteral {
          if case .literal(let value) = other, value.type != source.schema.columns[position].type { continue }
          byColumn[position] = other
          if isLiteral { isConnected.remove(position) } else { isConnected.insert(position) }
        }
      }
    }
    var best: (index: IndexReference, columns: Int)?
    for index in [IndexReference(primaryKeyOf: source.schema)] + indexes(source.schema).map({ IndexReference($0) }) {
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
    let own = conditions.filter { $0.freeSources == [source] && !$0.hasSubquery }
    return .hash(planner(source, own).plan(), equalities: equalities)
  }
}

extension PlannedAccess {
  var isCovering: Bool {
    if case .covering = path { true } else { false }
  }
}
