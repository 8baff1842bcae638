// SPDX-License-Identifier: Apache-2.0

/// Chooses how the rows of one source are found.
struct AccessPlanner {
  let source: SourceID
  /// The conjuncts that are about this source alone.
  let conjuncts: [ExpressionNode]
  /// The columns that the query needs of the source; nil for all.
  let needed: PositionSet?
  /// The order that is wanted; nil when it does not matter.
  let order: OrderRequest?
  /// The number of rows that are enough, when the order holds and nothing is filtered later.
  let limit: Int?
  /// The primary key and the indexes that may be used.
  let ways: [IndexReference]
  /// Whether somebody wants to know why other indexes are not used.
  let explains: Bool
  /// What each conjunct says about a column. It is asked for with each index, and a list of values is sorted for it.
  private let said: [(position: Int, constraint: ColumnConstraint, isExact: Bool)?]

  init(
    source: SourceID, conjuncts: [ExpressionNode], needed: PositionSet?, order: OrderRequest?, limit: Int?,
    ways: [IndexReference], explains: Bool
  ) {
    self.source = source
    self.conjuncts = conjuncts
    self.needed = needed
    self.order = order
    self.limit = limit
    self.ways = ways
    self.explains = explains
    said = conjuncts.map { ColumnConstraint.of($0, source: source) }
  }

  /// The path with the lowest cost; of equals the one declared first.
  func plan() -> PlannedAccess {
    let constraints = ColumnConstraints(said)
    if constraints.excludeEachOther {
      return PlannedAccess(
        path: .nothing, answered: PositionSet(conjuncts.indices), estimate: 0, cost: 0, isOrdered: true)
    }
    var best: PlannedAccess?
    var rejected: [(index: String, reason: Rejection)] = []
    func consider(_ candidate: PlannedAccess, _ title: String) {
      guard let current = best else {
        best = candidate
        return
      }
      let isBetter = candidate.cost < current.cost
      if explains {
        rejected.append(
          isBetter
            ? (self.title(current.path), .cost(current.cost, than: title, isMore: true))
            : (title, .cost(candidate.cost, than: self.title(current.path), isMore: false)))
      }
      if isBetter { best = candidate }
    }
    var accesses: [IndexAccess] = []
    for way in ways {
      let isPrimary = way.name == nil
      func reject() {
        guard explains else { return }
        rejected.append((way.title, .noCondition(column: source.schema.columns[way.columns[0]].name)))
      }
      // Such an index is the whole table by a detour.
      if !isPrimary, order == nil, !constraints.constrain(way.columns[0]), !isCovering(way) {
        reject()
        continue
      }
      let access = IndexAccess(way, constraints)
      let candidate = planned(access, constraints)
      let isWhole = access.pointColumns == 0 && access.ranges == [.all]
      if !isPrimary, isWhole, !candidate.isCovering, !candidate.isOrdered || order == nil {
        reject()
      } else {
        consider(candidate, way.title)
      }
      if !isPrimary { accesses.append(access) }
    }
    // The indexes of an intersection begin with different columns.
    if constraints.count > 1, let candidate = intersection(accesses) { consider(candidate, "intersection") }
    if let candidate = union() { consider(candidate, "union") }
    guard var result = best else {
      return PlannedAccess(path: .nothing, answered: .empty, estimate: 0, cost: 0, isOrdered: false)
    }
    if rejected.isEmpty { return result }
    let title = title(result.path)
    rejected.removeAll { $0.index == title }
    result.rejected = rejected
    return result
  }

  private func title(_ path: AccessPath) -> String {
    switch path {
    case .nothing: "nothing"
    case .keys: "primary key"
    case .index(let access, _), .covering(let access, _): access.index.title
    case .union: "union"
    case .intersection: "intersection"
    }
  }

  /// The part of the rows that fulfil the conjuncts that a path does not answer.
  private func selectivity(without answered: PositionSet) -> Double {
    var result = 1.0
    for place in conjuncts.indices where !answered.contains(place) {
      result *= said[place]?.constraint.selectivity ?? CostModel.condition
    }
    return max(result, 0.0001)
  }

  private func planned(_ access: IndexAccess, _ constraints: ColumnConstraints) -> PlannedAccess {
    let direction = order.flatMap { $0.direction(access, constraints, source.schema) }
    let isOrdered = order == nil || direction != nil || access.estimate == 0
    let (access, isBehindMarker) = order?.narrowed(access, constraints, source.schema) ?? (access, false)
    let answered = isBehindMarker ? access.answered.union(markerConjuncts) : access.answered
    let isWhole = answered.count == conjuncts.count
    var read = access.estimate
    let selectivity = isWhole ? 1 : selectivity(without: answered)
    if let limit, isOrdered { read = min(read, Double(limit) / selectivity) }
    let yield = read * selectivity
    if access.isKeys, access.ranges.count > 1 || direction == nil || order == nil {
      let keys = access.ranges.map(\.lower)
      let isSorted = direction != nil || order == nil || keys.count == 1
      return PlannedAccess(
        path: .keys(direction == .backward ? keys.reversed() : keys), answered: access.answered,
        estimate: Double(keys.count),
        cost: Double(keys.count) + (isSorted ? 0 : Double(keys.count) * CostModel.sorting),
        isOrdered: isSorted)
    }
    var cost = read
    let isCovering = isCovering(access.index)
    if isCovering { cost *= CostModel.entry }
    if !isOrdered { cost += yield * CostModel.sorting }
    let path: AccessPath =
      isCovering
      ? .covering(access, direction: direction ?? .forward) : .index(access, direction: direction ?? .forward)
    return PlannedAccess(
      path: path, answered: answered, estimate: yield, cost: cost, isOrdered: isOrdered)
  }

  /// The conjuncts that leave only the rows behind the marker.
  private var markerConjuncts: PositionSet {
    PositionSet(conjuncts.indices.filter { if case .isBehind = conjuncts[$0] { true } else { false } })
  }

  /// Whether the entries of the index hold all columns that the query needs.
  private func isCovering(_ index: IndexReference) -> Bool {
    guard let needed, index.name != nil else { return false }
    return needed.allSatisfy { index.columns.contains($0) || source.schema.primaryKey.contains($0) }
  }

  /// Two indexes whose ranges are both wide, so that reading the entries of both and the rows in both is less.
  private func intersection(_ accesses: [IndexAccess]) -> PlannedAccess? {
    let candidates = accesses.filter { $0.ranges != [.all] && !$0.ranges.isEmpty }
    guard candidates.count > 1 else { return nil }
    var best: PlannedAccess?
    for (place, first) in candidates.enumerated() {
      for second in candidates[(place + 1)...] {
        let columns = Set(first.index.columns.prefix(first.pointColumns + 1))
        guard columns.isDisjoint(with: second.index.columns.prefix(second.pointColumns + 1)) else { continue }
        let answered = first.answered.union(second.answered)
        let rows = first.estimate * second.estimate / CostModel.tableRows
        var cost = CostModel.roundTrip + (first.estimate + second.estimate) * CostModel.entry + rows
        let yield = rows * selectivity(without: answered)
        if order != nil { cost += yield * CostModel.sorting }
        if cost < best?.cost ?? .infinity {
          best = PlannedAccess(
            path: .intersection(first, second), answered: answered, estimate: yield, cost: cost,
            isOrdered: order == nil)
        }
      }
    }
    return best
  }

  /// A disjunction whose branches all have an index.
  private func union() -> PlannedAccess? {
    var best: PlannedAccess?
    for (place, node) in conjuncts.enumerated() {
      guard case .or(let parts) = node else { continue }
      var branches: [IndexAccess] = []
      var isWhole = true
      for part in parts {
        let conditions = part.conjuncts
        let constraints = ColumnConstraints(conditions.map { ColumnConstraint.of($0, source: source) })
        if constraints.excludeEachOther { continue }
        let access = ways.map { IndexAccess($0, constraints) }.filter { $0.ranges != [.all] }
          .min { $0.estimate < $1.estimate }
        guard let access else {
          branches = []
          break
        }
        if access.answered.count < conditions.count { isWhole = false }
        branches.append(access)
      }
      if branches.isEmpty { continue }
      let answered = isWhole ? PositionSet(place) : .empty
      let read = branches.reduce(0) { $0 + $1.estimate }
      let yield = read * selectivity(without: PositionSet(place))
      var cost = read
      if order != nil { cost += yield * CostModel.sorting }
      if cost < best?.cost ?? .infinity {
        best = PlannedAccess(
          path: .union(branches), answered: answered, estimate: yield, cost: cost, isOrdered: order == nil)
      }
    }
    return best
  }
}
